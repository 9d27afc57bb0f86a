"""What the tests of the exercises share: judging many answers at once, and their report."""

from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest

from utils.exercises import running

REPORT = pytest.StashKey[dict]()


def pytest_configure(config):
    config.stash[REPORT] = {}


def pytest_terminal_summary(terminalreporter, config):
    """Prints what the bank's and the mutants' tests have found, whether they passed or not."""
    for title, lines in sorted(config.stash[REPORT].items()):
        terminalreporter.section(title, sep="-")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def report(request):
    """`report(title, lines)` puts a section beneath the tests' results."""
    return request.config.stash[REPORT].__setitem__


@pytest.fixture(scope="session")
def load():
    """`load(source, file)`: the names that an answer's source defines, as in a notebook."""

    def load(source, file="<answer>"):
        module = ModuleType("__main__")  # so that its functions travel by value
        exec(compile(source, str(file), "exec"), vars(module))
        return vars(module)

    return load


@pytest.fixture(scope="session")
def judge_all():
    """`judge_all(exercise, answers)`: the rulings, two at a time, in the answers' order."""

    def judge_all(exercise, answers):
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda answer: running.run(exercise, answer), answers))

    return judge_all
