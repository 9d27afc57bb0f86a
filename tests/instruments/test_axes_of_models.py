"""Who hears whom is found along every axis, and nothing is found where nothing is wrong."""

import keras
import numpy as np
import pytest

from utils.instruments.axes import axes

L, S = keras.layers, keras.Sequential
RNG = np.random.default_rng(0)
X = RNG.normal(size=(8, 10, 3)).astype("float32")
FIRST = X[:, :, :1]


class Mixes(L.Layer):
    def call(self, x):
        return x - keras.ops.mean(x, axis=0, keepdims=True)


FAULTY = {
    "batch mean": (lambda: S([Mixes(), L.LSTM(4), L.Dense(1)]), X, None, "samples hear each other"),
    "softmax over one": (
        lambda: S([L.LSTM(4), L.Dense(1, activation="softmax")]),
        X,
        None,
        "answers are constant",
    ),
    "one timestep": (lambda: S([L.Reshape((1, 30)), L.LSTM(4)]), X, None, "one timestep"),
    "not turned round": (
        lambda: S([L.LSTM(4, return_sequences=True, go_backwards=True), L.Dense(1)]),
        X,
        None,
        "runs backwards",
    ),
    "next step from both sides": (
        lambda: S([L.Bidirectional(L.LSTM(4, return_sequences=True)), L.Dense(1)]),
        X,
        np.roll(FIRST, -1, axis=1),
        "hears the future",
    ),
    "window too short": (
        lambda: S([L.Conv1D(4, 3, padding="causal"), L.Dense(1)]),
        X,
        np.roll(FIRST, 4, axis=1),
        "does not hear what is asked",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_wrong_is_found_and_nothing_else(name):
    build, x, y, finding = FAULTY[name]
    assert axes(build(), x, y).findings == (finding,)
