"""The table of a case whose faults are mended one by one; its numbers are run by the lesson."""

from types import SimpleNamespace

import pytest

from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt.one_by_one import one_by_one


@pytest.fixture
def trained(monkeypatch):
    """The programs that would be trained; each scores the number of lines that it has."""
    texts = []

    def functions(case, code=None):
        texts.append(code)
        return {}

    def run(case, functions=None, seed=0):
        lines = len(texts[-1].splitlines())
        return SimpleNamespace(losses=(9.0, 0.125), score=lines, seconds=0.0)

    monkeypatch.setattr(puzzle.Case, "functions", functions)
    monkeypatch.setattr(puzzle.Case, "run", run)
    return texts


@pytest.mark.parametrize(("level", "programs"), [(1, 2), (3, 4)])
def test_every_way_of_mending_is_trained_once(trained, level, programs):
    case = puzzle.case(4, level)
    table = one_by_one(case)
    assert len({*trained}) == len(trained) == len(table.rows) == programs
    assert trained[0] == case.code and trained[-1] == case._reference
    assert table.rows[0][0] == "nothing"
    assert all(key in table.rows[-1][0] for key in case._planted)
    assert {row[1] for row in table.rows} == {"0.125"}


def test_something_else_than_a_case_gets_a_sentence():
    with pytest.raises(TypeError, match="expected a case"):
        one_by_one(4)
