"""Recurrent layers that get one timestep: their recurrent weights never act."""

import sys
from contextlib import ExitStack, contextmanager
from functools import wraps

import numpy as np

from ..report import FAULT, QUESTION, Finding
from ..state import layers_of


def judge_recurrence(looked):
    """Findings, facts, and what was not looked at."""
    called = [layer for layer, calls in looked.recurrence if calls]
    idle = [layer for layer, calls in looked.recurrence if calls and _is_idle(layer, calls)]
    if not idle:
        return [], [], []
    names = ", ".join(f"“{layer.name}”" for layer in idle)
    words = (
        f"{names} get{'s' if len(idle) == 1 else ''} sequences of one timestep and no state: "
        "nothing is carried from step to step, and the recurrent weights never act. Axis 1 of what "
        "a recurrent layer gets is time."
    )
    if len(idle) < len(called) and _repeats_once(looked.model):
        return [], [words], []  # as a decoder does that is asked for one step of several
    level = FAULT if len(idle) == len(called) else QUESTION
    return [Finding("one timestep", words, level)], [], []


def _repeats_once(model):
    repeats = sys.modules["keras"].layers.RepeatVector
    return any(isinstance(layer, repeats) and layer.n == 1 for layer in layers_of(model))


def _is_idle(layer, calls):
    """Whether each of its calls gave it one timestep, and a state of zeros."""
    if layer.stateful or any(shape[1:2] != (1,) or carries for shape, carries in calls):
        return False
    states = sys.modules["keras"].tree.flatten(layer.get_initial_state(1))
    return not any(np.asarray(state).any() for state in states)


@contextmanager
def recurrence_noted(model):
    """Inside, each recurrent layer notes its calls: [(layer, [(shape, whether given a state)])].

    model: None for a plain callable, of which nothing is known.
    """
    keras = sys.modules.get("keras")
    layers = [] if model is None else layers_of(model)
    layers = [layer for layer in layers if isinstance(layer, keras.layers.RNN)]
    noted = [(layer, []) for layer in layers]
    with ExitStack() as stack:
        for layer, calls in noted:

            def note(sequences, states, calls=calls):
                calls.append((tuple(getattr(sequences, "shape", ())), states is not None))
                return sequences

            stack.enter_context(sees_what_it_gets(layer, note))
        yield noted


@contextmanager
def sees_what_it_gets(layer, see):
    """Inside, a recurrent layer gets what see(sequences, states) returns in place of sequences."""
    before, own = vars(layer).get("call"), layer.call

    @wraps(own)
    def call(*given, **named):
        states = given[1] if len(given) > 1 else named.get("initial_state")
        if given:
            return own(see(given[0], states), *given[1:], **named)
        (name, sequences), *rest = named.items()
        return own(**{name: see(sequences, states)}, **dict(rest))

    try:
        vars(layer)["call"] = call
        yield
    finally:
        if before is None:
            vars(layer).pop("call", None)
        else:
            vars(layer)["call"] = before
