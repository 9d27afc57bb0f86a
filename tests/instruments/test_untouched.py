"""Layers held by an object that Keras does not look into: answered by and put back like others."""

import keras
import numpy as np
import pytest

from utils import influence
from utils.instruments.untouched import untouched

X = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")


class Encoder:
    """No Keras layer."""

    def __init__(self, hold):
        self.held = hold(keras.layers.Dense(3))
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        (layer,) = layers_in(self.held)
        return layer(x)


def layers_in(held):
    return held.values() if isinstance(held, dict) else held if isinstance(held, list) else [held]


class WithEncoder(keras.Model):
    def __init__(self, hold):
        super().__init__()
        self.encoder = Encoder(hold)

    def call(self, x):
        return self.encoder(x)


@pytest.fixture(params=["itself", "in a list", "in a dict"])
def model(request):
    holds = {"itself": lambda d: d, "in a list": lambda d: [d], "in a dict": lambda d: {"d": d}}
    return WithEncoder(holds[request.param])


def test_they_are_built_once_and_answer_alike(model):
    found = influence(model, X, inputs=0, outputs=0)
    assert found.deterministic  # not with new weights in every call
    assert np.array_equal(found.moved, np.eye(len(X), dtype=bool))
    (dense,) = layers_in(model.encoder.held)
    assert dense.built  # as any other layer that influence had to build


def test_a_model_left_untouched_leaves_them_unbuilt(model):
    (dense,) = layers_in(model.encoder.held)
    before = {**vars(dense)}
    with untouched(model):
        model(X)
        assert dense.built and model.encoder.calls
    assert vars(dense) == before and model.encoder.calls == 0
