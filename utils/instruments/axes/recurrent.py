"""Recurrent layers that get one timestep: their recurrent weights never act."""

import sys
from contextlib import contextmanager

from ..report import Finding
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
    idle = [
        layer
        for layer in layers
        if calls[id(layer)]
        and not layer.stateful
        and all(length == 1 and not carries for length, carries in calls[id(layer)])
    ]
    if not idle:
        return [], [], []
    names = ", ".join(f"“{layer.name}”" for layer in idle)
    words = (
        f"{names} get{'s' if len(idle) == 1 else ''} sequences of one timestep and no state: "
        "nothing is carried from step to step, and the recurrent weights never act. Axis 1 of what "
        "a recurrent layer gets is time."
    )
    return [Finding("one timestep", words)], [], []


@contextmanager
def _calls_of(layers):
    """Inside, each layer notes its calls: id -> [(timesteps, whether a state was handed in)]."""
    calls = {id(layer): [] for layer in layers}

    def noting(layer):
        own = layer.call

        def call(sequences, initial_state=None, **rest):
            calls[id(layer)].append((sequences.shape[1], initial_state is not None))
            return own(sequences, initial_state=initial_state, **rest)

        return call

    try:
        for layer in layers:
            vars(layer)["call"] = noting(layer)
        yield calls
    finally:
        for layer in layers:
            vars(layer).pop("call", None)
