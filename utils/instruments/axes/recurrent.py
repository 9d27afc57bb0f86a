"""Recurrent layers that get one timestep: their recurrent weights never act."""

import sys
from contextlib import contextmanager
from functools import wraps

import numpy as np

from ..report import FAULT, QUESTION, Finding
from ..state import layers_of


def judge_recurrence(looked):
    """Findings, facts, and what was not looked at."""
    if looked.model is None:
        return [], [], []
    keras = sys.modules["keras"]
    layers = [layer for layer in layers_of(looked.model) if isinstance(layer, keras.layers.RNN)]
    if not layers:
        return [], [], []
    with _calls_of(layers) as calls:
        looked.model(looked.batch.nest, training=False)
    called = [layer for layer in layers if calls[id(layer)]]
    idle = [layer for layer in called if _is_idle(layer, calls[id(layer)])]
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
    if layer.stateful or not all(length == 1 and not carries for length, carries in calls):
        return False
    states = sys.modules["keras"].tree.flatten(layer.get_initial_state(1))
    return not any(np.asarray(state).any() for state in states)


@contextmanager
def _calls_of(layers):
    """Inside, each layer notes its calls: id -> [(timesteps, whether a state was handed in)]."""
    calls = {id(layer): [] for layer in layers}

    def noting(layer):
        own = layer.call

        @wraps(own)
        def call(sequences, *states, **named):
            carries = bool(states) or named.get("initial_state") is not None
            calls[id(layer)].append((sequences.shape[1], carries))
            return own(sequences, *states, **named)

        return call

    own = [vars(layer).get("call") for layer in layers]
    try:
        for layer in layers:
            vars(layer)["call"] = noting(layer)
        yield calls
    finally:
        for layer, before in zip(layers, own, strict=True):
            if before is None:
                vars(layer).pop("call", None)
            else:
                vars(layer)["call"] = before
