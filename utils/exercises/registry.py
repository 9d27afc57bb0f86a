"""Finds the exercises and predictions of all checks modules, and refuses faulty ones."""

import pkgutil
import string
from functools import cache
from importlib import import_module

from utils.exercises import checks
from utils.exercises.messages import FRAME


@cache
def exercises():
    """All exercises by id, in the lessons' order; raises ValueError that lists every fault."""
    found = _collect("EXERCISES")
    _refuse(fault for exercise in found.values() for fault in faults(exercise))
    return found


@cache
def predictions():
    """All predictions by id, in the lessons' order; raises ValueError that lists every fault."""
    found = _collect("PREDICTIONS")
    _refuse(fault for prediction in found.values() for fault in faults_of_prediction(prediction))
    return found


def faults(exercise):
    """What is wrong with an exercise's texts: a list of sentences, empty if all is well."""
    found = []
    if len(exercise.hints) < 3:
        found.append(f"{exercise.id} has {len(exercise.hints)} hints; a ladder has three or more.")
    rungs = [*exercise.hints, *exercise.hints_for.values()]
    if not all(rung.strip() for rung in rungs):
        found.append(f"{exercise.id} has an empty hint.")
    for key in exercise.hints_for:
        if key not in exercise.messages and key not in FRAME:
            found.append(f"{exercise.id} has a hint for {key!r}, which is no message of it.")
    for key, text in {**exercise.messages, "explanation": exercise.explanation}.items():
        if not text.strip():
            found.append(f"{exercise.id}: the text of {key!r} is empty.")
        try:
            list(string.Formatter().parse(text))
        except ValueError as error:
            found.append(f"{exercise.id}: the text of {key!r} is no template ({error}).")
    if not exercise.task.strip():
        found.append(f"{exercise.id} has no task.")
    return found


def faults_of_prediction(prediction):
    """What is wrong with a prediction: a list of sentences, empty if all is well."""
    found = []
    if len(prediction.choices) < 2:
        found.append(f"{prediction.id} has fewer than two choices.")
    if prediction.choices.keys() != prediction.evidence.keys():
        found.append(f"{prediction.id}: every choice needs its evidence, and the other way round.")
    texts = [prediction.question, *prediction.choices.values(), *prediction.evidence.values()]
    if not all(text.strip() for text in texts):
        found.append(f"{prediction.id} has an empty text.")
    return found


def _collect(name):
    every = []
    for module in pkgutil.iter_modules(checks.__path__):
        every += getattr(import_module(f"{checks.__name__}.{module.name}"), name, ())
    found = {thing.id: thing for thing in sorted(every, key=lambda thing: thing.id.split(".")[0])}
    if len(found) < len(every):
        ids = [thing.id for thing in every]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        _refuse([f"More than one of {name} is called {', '.join(twice)}."])
    return found


def _refuse(faults):
    listed = list(faults)
    if listed:
        raise ValueError("\n".join(listed))
