"""What the tests of the exercises share: judging many answers at once, and their report."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from types import ModuleType

import cloudpickle
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
    """`judge_all(exercise, answers)`: the rulings, two at a time, in the answers' order.

    An answer that names TensorFlow is judged where it is loaded, whatever the exercise says: there
    it trains bit for bit as elsewhere (test_tensorflow.py), and dozens need not import it.
    """

    def judge(exercise, answer):
        if not exercise.tensorflow and names_tensorflow(answer):
            exercise = replace(exercise, tensorflow=True)
        return running.run(exercise, answer)

    def judge_all(exercise, answers):
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(partial(judge, exercise), answers))

    return judge_all


def names_tensorflow(answer):
    try:
        packed = cloudpickle.dumps(answer)
    except Exception:
        return False  # its ruling says so
    return b"keras" in packed or b"tensorflow" in packed
