"""What the judges share that ask an answer several questions."""

from dataclasses import dataclass

import pytest

from utils.exercises import questions
from utils.exercises.exercise import NotYet, not_yet, right


@dataclass(frozen=True)
class Size:
    n: int

    def words(self):
        return f"size {self.n}"


SIZES = [Size(n) for n in range(1, 5)]


def judged(answer, size):
    """By what the answer, a function, makes of a size: True is right, a text the message."""
    said = answer(size.n)
    if said is True:
        return right()
    if said == "changed_library":
        raise NotYet(said, name="math.pi")
    if said == "raised":
        raise NotYet(said, error="ValueError", text="no", given="called")
    return not_yet(said, at=size.words())


def in_part(answer):
    return questions.some_sizes(
        questions.verdicts(judged, answer, SIZES), lambda verdict: f"{verdict.message} there"
    )


def test_the_first_wrong_one_counts():
    found = questions.verdicts(judged, lambda n: n < 3 or "odd", SIZES)
    size, finding = questions.first_wrong(found)
    assert (size.n, finding.message, finding.facts) == (3, "odd", {"at": "size 3"})
    assert questions.first_wrong({SIZES[0]: right()}) == (None, None)


def test_who_is_right_in_part_is_told_where():
    verdict = in_part(lambda n: n in (1, 4) or "odd")
    assert verdict.message == "some_sizes"
    assert verdict.facts == {"good": "size 1; size 4", "bad": "size 2", "finding": "odd there"}
    assert in_part(lambda n: n != 2 or "raised") is None, "an error speaks for itself"
    assert in_part(lambda n: "odd") is None and in_part(lambda n: True) is None


def test_what_holds_for_all_questions_ends_the_asking():
    with pytest.raises(NotYet) as stop:
        questions.verdicts(judged, lambda n: n < 3 or "changed_library", SIZES)
    assert stop.value.verdict.message == "changed_library"


def test_after_enough_wrong_ones_the_rest_is_not_asked():
    asked = []
    questions.verdicts(judged, lambda n: asked.append(n) or "odd", SIZES, enough=2)
    assert asked == [1, 2]


def test_who_counts_calls_is_unsteady():
    asked = []

    def answer(n):
        asked.append(n)
        return len(asked) <= len(SIZES) or "odd"

    with pytest.raises(NotYet) as stop:
        questions.verdicts(judged, answer, SIZES)
    assert stop.value.verdict.message == "unsteady"
    assert len(asked) == len(SIZES) + 1


def test_listed_numbers_read_well():
    assert questions.listed([], "input", "inputs") == "no input"
    assert questions.listed([3], "input", "inputs") == "input 3"
    assert questions.listed([4, 2, 3], "input", "inputs") == "inputs 2 to 4"
    assert questions.listed([0, 2], "input", "inputs") == "inputs 0 and 2"
    assert (
        questions.listed(range(0, 20, 2), "input", "inputs") == "inputs 0, 2, 4, … 18 (10 of them)"
    )
