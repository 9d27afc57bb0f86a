"""The same model with other weights: is something unheard by construction, or only as it stands?"""

import sys

import numpy as np

A_LITTLE = 0.01  # of the size of a weight matrix
OF_ZEROS = 0.05  # the size that is taken for a matrix of zeros
REDRAWS = 3


def a_little_changed(call, model):
    """Answers as `call` with every weight moved by a hundredth, as a step of training would."""
    rng = np.random.default_rng(0)

    def moved(value):
        size = float(np.sqrt(np.mean(np.square(value, dtype=float)))) or OF_ZEROS
        return value + A_LITTLE * size * rng.standard_normal(value.shape)

    return _with(call, [(v, moved(np.asarray(v, np.float32))) for v in _weights(model)])


def redrawn(call, model, seed):
    """Answers as `call` with every trainable weight drawn anew, as if it had just been built."""
    rng = np.random.default_rng(seed)

    def drawn(value):
        inside = max(1, int(np.prod(value.shape[:-1]))) if value.ndim > 1 else 1
        return rng.standard_normal(value.shape) / np.sqrt(inside)

    return _with(call, [(v, drawn(np.asarray(v, np.float32))) for v in _weights(model)])


def _with(call, values):
    """`call` puts the weights back after it has answered, so they are set for each call."""

    def answer(x):
        for variable, value in values:
            variable.assign(value)
        return call(x)

    return answer


def _weights(model):
    keras = sys.modules["keras"]
    weights = [w for w in model.weights if keras.backend.is_float_dtype(w.dtype)]
    return [w for w in weights if w.trainable] or weights
