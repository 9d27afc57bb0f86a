"""Every edition of every lesson, run once a session, two at a time; and the time table."""

import pytest

from utils.building import lessons
from utils.building.catalogue import read_lesson
from utils.building.running import run, run_all, time_table

RUNS = pytest.StashKey[dict]()
EDITIONS = ("learner", "solution")
HEADER = """\
# ---
# jupyter:
#   course:
#     minutes: 5
#     summary: A lesson for a test.
#     tensorflow: false
#     title: For a test
#     workshop: 5
# ---

"""


@pytest.fixture(scope="session")
def runs(pytestconfig, tmp_path_factory):
    """{(stem, edition): Run} of the whole course."""
    jobs = [(lesson, edition) for lesson in lessons() for edition in EDITIONS]
    pytestconfig.stash[RUNS] = run_all(jobs, tmp_path_factory.mktemp("kernels"))
    return pytestconfig.stash[RUNS]


def pytest_terminal_summary(terminalreporter, config):
    told = config.stash.get(RUNS, {})
    if told:
        terminalreporter.section("notebooks")
        for line in time_table(told.values()):
            terminalreporter.write_line(line)


@pytest.fixture
def lesson_of(tmp_path):
    """A function: the text of cells → a lesson in a course of its own."""

    def make(body, stem="07_for_a_test", header=HEADER):
        path = tmp_path / "course" / "lessons" / f"{stem}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / "notebooks").mkdir(exist_ok=True)
        path.write_text(header + body, encoding="utf-8", newline="\n")
        return read_lesson(path)

    return make


@pytest.fixture
def run_edition(tmp_path):
    """A function: run an edition of a lesson, its kernel's files in this test's folder."""

    def make(lesson, edition="solution", **limits):
        return run(lesson, edition, tmp_path / f"kernel-{lesson.stem}-{edition}", **limits)

    return make
