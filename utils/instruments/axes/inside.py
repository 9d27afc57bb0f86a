"""Layers that go backwards, deep inside: are their outputs turned round on the way to the answer?

Where everything is heard everywhere, the input can't tell. So what such a layer is given is poked.
"""

import sys
from time import perf_counter

import numpy as np

from ..report import Finding
from ..state import layers_of
from .asking import Asker
from .backwards import runs_backwards
from .layout import Side
from .recurrent import sees_what_it_gets
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
    for layer, shape in _backwards(looked)[:MOST]:
        for heard in _heard_through(looked, layer, shape):
            words = runs_backwards(heard)
            if words:
                name = looked.answers[heard.out].name
                said = words.format(out=name[0].upper() + name[1:], into=f"“{layer.name}”")
                found.append(Finding("runs backwards", said.replace("hears it", "hears its input")))
    return found, [], []


def _backwards(looked):
    """Recurrent layers that go backwards and return a sequence, and the shape of what they get.

    Not those that Keras turns round, and none that would carry a state from question to question.
    """
    keras = sys.modules["keras"]
    both = [w for w in layers_of(looked.model) if isinstance(w, keras.layers.Bidirectional)]
    turned = {id(wrapper.backward_layer) for wrapper in both}
    stateful = any(layer.stateful for layer, _ in looked.recurrence)
    if keras.backend.backend() != "tensorflow" or stateful:
        return []
    return [
        (layer, calls[-1][0])
        for layer, calls in looked.recurrence
        if calls
        and layer.go_backwards
        and layer.return_sequences
        and id(layer) not in turned
        and len(calls[-1][0]) > 2
        and None not in calls[-1][0][1:]
    ]


def _heard_through(looked, layer, shape):
    """A Heard for each answer, of what the layer is given; none where it can't be followed."""
    import tensorflow as tf

    x, added, times = looked.batch.nest, [], []

    def see(sequences, _):
        times.append(sequences)
        return sequences + tf.cast(added[0], sequences.dtype)

    @tf.function
    def answer(difference):
        added[:], times[:] = [difference], []
        return looked.model(x, training=False)

    nothing = np.zeros((looked.batch.rows, *shape[1:]), "float32")
    with sees_what_it_gets(layer, see):
        try:
            answer(nothing)  # traced, so that this does not count
        except Exception:  # it is not given a row for each row of the batch
            return []
        if len(times) != 1:
            return []
        side = Side("x", nothing.shape, 0, 1)
        asker = Asker([answer], [nothing], lambda a: a[0], [side], perf_counter() + SECONDS)
        asker.prepare()
        if not asker.steady:
            return []
        return along_time(asker, [side], looked.answers)
