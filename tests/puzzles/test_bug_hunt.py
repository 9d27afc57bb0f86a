"""The hunt's programs as texts: every case compiles, is the same each time, and hides its answer."""

import pytest

from utils.puzzles import bug_hunt as puzzle


@pytest.mark.parametrize("number", range(5))
def test_a_case_is_the_same_each_time(number):
    one, other = puzzle.case(number), puzzle.case(number)
    assert (one.code, one.symptom, one.title) == (other.code, other.symptom, other.title)


def test_an_unknown_level_gets_a_sentence():
    with pytest.raises(ValueError, match="expected 1, 2 or 3"):
        puzzle.case(3, level=4)
