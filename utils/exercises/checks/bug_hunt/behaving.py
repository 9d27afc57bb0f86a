"""Runs the four functions of a program that a learner has changed, and asks how it behaves."""

import linecache
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from utils.exercises.calling import as_array, guarded
from utils.exercises.checks.bug_hunt.answers import code
from utils.exercises.checks.bug_hunt.comparing import as_in_cells, same_program
from utils.exercises.exercise import NotYet, not_yet, right
from utils.exercises.models import ask
from utils.exercises.questions import number

WHEN = {
    "make_data": "`make_data(seed)` was called",
    "build": "`build()` was called",
    "train": "`train(model, x, y)` was called",
    "predict": "`predict(model, x)` was called",
}


def behaviour(case, functions):
    """The verdict on a case's program with these functions in the place of its own.

    NotYet for what a function does that has nothing to do with the fault, such as raising.
    """
    if not functions:
        raise NotYet("no_function")
    own, in_cells = case.functions(), as_in_cells(case.code)
    if all(
        same_program(function, own[name]) or same_program(function, in_cells.get(name))
        for name, function in functions.items()
    ):
        return not_yet("untouched", names=code(functions))
    program = {name: Watched(name, function) for name, function in (own | functions).items()}
    with _quoted(), guarded("your program was run and asked"):
        failed = next(iter(case._behaves(program)), None)
    if failed is None:
        return right()
    message, facts = failed
    return not_yet(message, **_in_words(facts))


@dataclass(frozen=True)
class Watched:
    """One of the four functions: whatever it does ends in a usable result or in a NotYet."""

    name: str
    function: Any

    def __call__(self, *args):
        given = WHEN[self.name]
        before = [arg.tobytes() if type(arg) is np.ndarray else None for arg in args]
        result = ask(partial(self.function, *args), given=given)
        for which, arg, bytes_before in zip(("model", "x", "y"), args, before, strict=False):
            if bytes_before is not None and arg.tobytes() != bytes_before:
                raise NotYet("changed_arguments", which=f"`{which}`", given=given)
        if self.name == "predict":
            _must_be_numbers(result)
        return result


@contextmanager
def _quoted():
    """Adds the line to the facts of an error, while there is somebody who knows the program."""
    try:
        yield
    except NotYet as stop:
        facts = stop.verdict.facts
        if facts.get("lineno"):
            facts["line"] = linecache.getline(facts["file"], facts["lineno"]).strip()
        raise


def _must_be_numbers(answers):
    """Raises NotYet unless answers are numbers; whether they are finite, the case asks itself."""
    try:
        as_array(answers, "the result of `predict`")
    except NotYet as stop:
        if stop.verdict.message != "not_finite":
            raise


def _in_words(facts):
    """The facts of a complaint as its text wants them."""
    words = dict(facts)
    if "difference" in words:
        apart = words.pop("difference")
        deviations = f"{number(apart, 2)} standard deviations of the answers"
        words["apart"] = deviations if np.isfinite(apart) else "their shape"
    if "rows" in words:
        words["rows"] = "A row" if words["rows"] == 1 else f"A batch of {words['rows']} rows"
    for name in ("score", "wanted", "rate", "loss", "floor"):
        if isinstance(words.get(name), float):
            words[name] = number(words[name], 2)
    return words
