"""Layers that go backwards, deep inside: are their outputs turned round on the way to the answer?

Where everything is heard everywhere, the input can't tell. So what such a layer is given is poked.
"""

import sys
from contextlib import contextmanager
from time import perf_counter

import numpy as np

from ..report import Finding
from ..state import layers_of
from .asking import Asker
from .backwards import runs_backwards
from .layout import Side
from .timesteps import along_time

MOST = 3  # layers
SECONDS = 0.5  # for each


def judge_inside(looked):
    """Findings, facts, and what was not looked at."""
    if looked.model is None or not any(side.time is not None for side in looked.answers):
        return [], [], []
    if any(shift.turned for shift in looked.shifts):  # the targets are turned round, too
        return [], [], []
    found = []
    for layer in _backwards(looked.model)[:MOST]:
        for heard in _heard_through(looked, layer):
            words = runs_backwards(heard)
            if words:
                name = looked.answers[heard.out].name
                said = words.format(out=name[0].upper() + name[1:], into=f"“{layer.name}”")
                found.append(Finding("runs backwards", said.replace("hears it", "hears its input")))
    return found, [], []


def _backwards(model):
    """Recurrent layers that go backwards and return a sequence, not those that Keras turns."""
    keras = sys.modules["keras"]
    layers = layers_of(model)
    turned = {
        id(layer.backward_layer)
        for layer in layers
        if isinstance(layer, keras.layers.Bidirectional)
    }
    if keras.backend.backend() != "tensorflow" or any(
        getattr(layer, "stateful", False) for layer in layers
    ):
        return []
    return [
        layer
        for layer in layers
        if isinstance(layer, keras.layers.RNN)
        and layer.go_backwards
        and layer.return_sequences
        and id(layer) not in turned
    ]


def _heard_through(looked, layer):
    """A Heard for each answer, of what the layer is given; none where it can't be followed."""
    import tensorflow as tf

    x = looked.batch.nest
    with _added_to(layer) as (added, shapes):
        try:
            looked.model(x, training=False)
        except Exception:  # the asker has told
            return []
        if len(shapes) != 1 or len(shapes[0]) < 3:
            return []

        @tf.function
        def answer(difference):
            added[:] = [difference]
            try:
                return looked.model(x, training=False)
            finally:
                added.clear()

        nothing = np.zeros(shapes[0], "float32")
        side = Side("x", nothing.shape, 0, 1)
        asker = Asker([answer], [nothing], lambda arrays: arrays[0], 0.0)
        answer(nothing)  # traced, so that this does not count
        asker.ends = perf_counter() + SECONDS
        asker.prepare()
        return along_time(asker, [side], looked.answers) if asker.steady else []


@contextmanager
def _added_to(layer):
    """Inside, what stands in a list is added to what the layer is given; and the shapes of that."""
    added, shapes, before = [], [], vars(layer).get("call")
    own = layer.call

    def call(sequences, *states, **named):
        shapes.append(tuple(sequences.shape))
        for difference in added:
            import tensorflow as tf

            sequences = sequences + tf.cast(difference, sequences.dtype)
        return own(sequences, *states, **named)

    try:
        vars(layer)["call"] = call
        yield added, shapes
    finally:
        if before is None:
            vars(layer).pop("call", None)
        else:
            vars(layer)["call"] = before
