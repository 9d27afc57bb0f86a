# expect: fixed_layers
import keras
import numpy as np


def answer(a, b):
    """Dense layers of the outermost model."""

    def dense(model):
        layers = [one for one in model.layers if isinstance(one, keras.layers.Dense)]
        return [w for layer in layers for w in layer.get_weights()]

    ours, theirs = dense(a), dense(b)
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
