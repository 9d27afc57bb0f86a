"""Each lesson in a fresh kernel: solved, all is right; untouched, all is unanswered."""

import pytest

from utils.building import lessons, reference_answers
from utils.building.judging_runs import faults, outcomes, secrets_of
from utils.exercises.registry import exercises

EDITIONS = ("learner", "solution")
KNOWN = [(lesson.stem, edition) for lesson in lessons() for edition in EDITIONS]
LIGHT = [
    (lesson.stem, edition) for lesson in lessons() for edition in EDITIONS if not lesson.tensorflow
]
RESIDENT = 120  # MiB; with TensorFlow it would be 600


@pytest.mark.parametrize(("stem", "edition"), KNOWN)
def test_an_edition_runs_from_top_to_bottom(runs, stem, edition):
    """No error, no stderr, no connection, the outcomes of its state, and nothing given away."""
    found = faults(runs[stem, edition], secrets_of(exercises().values()))
    if found:
        pytest.fail("\n\n".join(found), pytrace=False)


@pytest.mark.parametrize(("stem", "edition"), KNOWN)
def test_every_exercise_of_the_lesson_is_accounted_for(runs, stem, edition):
    ran = runs[stem, edition]
    if ran.failure:
        pytest.fail(f"It stopped early. {ran.failure.splitlines()[0]}", pytrace=False)
    wanted = "right" if edition == "solution" else "unanswered"
    told = {exercise: outcome for exercise, outcome, _ in outcomes(ran)}
    registered = {id_ for id_ in exercises() if id_.startswith(f"{ran.lesson.number}.")}
    assert set(told) == registered == set(reference_answers(ran.lesson))
    assert set(told.values()) == {wanted}


@pytest.mark.parametrize(("stem", "edition"), LIGHT)
def test_a_lesson_without_tensorflow_is_light(runs, stem, edition):
    """Neither its kernel nor what that starts imports TensorFlow or Keras; memory stays low."""
    ran = runs[stem, edition]
    assert not ran.failure
    assert [event["what"] for event in ran.seen if event["kind"] == "import"] == []
    most = max(ran.cells, key=lambda cell: cell.resident)
    told = f"{most.resident / 2**20:.0f} MiB after the cell at {ran.where(most.line)}"
    assert 0 < most.resident <= RESIDENT * 2**20, told
