"""The registry finds what the checks modules declare, and refuses what is faulty."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from utils.exercises import messages, overview, registry
from utils.exercises.exercise import not_yet


def test_every_lesson_s_exercises_and_predictions_are_found():
    assert "00.causal" in registry.exercises()
    assert "00.future" in registry.predictions()
    assert list(registry.exercises()) == sorted(registry.exercises(), key=lambda name: name[:2])


CAUSAL, FUTURE = registry.exercises()["00.causal"], registry.predictions()["00.future"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"hints": ("a", "b")}, "2 hints"),
        ({"hints": ("a", " ", "c")}, "empty hint"),
        ({"hints_for": {"no_such": "x"}}, "'no_such', which is no message"),
        ({"hints_for": {"hears_future": ""}}, "empty hint"),
        ({"explanation": ""}, "'explanation' is empty"),
        ({"explanation": "{"}, "'explanation' is no template"),
        ({"task": ""}, "no task"),
    ],
)
def test_a_fault_in_an_exercise_is_named(change, part):
    (fault,) = registry.faults(replace(CAUSAL, **change))
    assert part in fault and "00.causal" in fault


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"choices": {"a": "x"}, "evidence": {"a": "y"}}, "fewer than two"),
        ({"evidence": {"a": "y"}}, "needs its evidence"),
        ({"question": " "}, "empty text"),
    ],
)
def test_a_fault_in_a_prediction_is_named(change, part):
    (fault,) = registry.faults_of_prediction(replace(FUTURE, **change))
    assert part in fault


def test_an_id_used_twice_is_refused(monkeypatch):
    twice = SimpleNamespace(EXERCISES=(CAUSAL, CAUSAL))
    monkeypatch.setattr(registry, "import_module", lambda _: twice)
    with pytest.raises(ValueError, match=r"More than one of EXERCISES is called 00\.causal"):
        registry.exercises.__wrapped__()


def test_every_message_of_the_frame_can_be_worded_and_has_its_parts():
    facts = dict.fromkeys(
        [
            "given",
            "error",
            "text",
            "got",
            "expected",
            "what",
            "which",
            "bad",
            "total",
            "where",
            "reason",
            "how",
            "wanted",
            "name",
            "asked",
        ],
        "x",
    )
    for name in messages.FRAME:
        text = messages.words(replace(CAUSAL, messages={}), not_yet(name, **facts))
        assert "{" not in text and len(text.split(". ")) >= 2, name
        assert "!" not in text, name


@pytest.mark.parametrize("exercise", registry.exercises().values(), ids=lambda one: one.id)
def test_the_texts_keep_the_course_s_voice(exercise):
    texts = [*exercise.messages.values(), *exercise.hints, *exercise.hints_for.values()]
    for text in [*texts, exercise.explanation, exercise.task]:
        words = set(text.lower().replace(",", " ").replace(".", " ").split())
        assert not words & {"simply", "obviously"}, text
        assert "!" not in text.replace("!=", ""), text


def test_to_import_the_exercises_loads_nothing_heavy_and_starts_nothing():
    program = (
        "import sys, utils.exercises as e\n"
        "heavy = {'tensorflow', 'keras', 'ipywidgets', 'IPython', 'matplotlib'} & {*sys.modules}\n"
        "assert not heavy, heavy\n"
        "assert e.running._server.process is None\n"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_progress_and_map_name_every_exercise_and_lesson(capsys):
    overview.progress()
    overview.course_map()
    shown = capsys.readouterr().out
    assert all(name in shown for name in registry.exercises())
    assert "0 of 1 right" in shown and "Start here" in shown
