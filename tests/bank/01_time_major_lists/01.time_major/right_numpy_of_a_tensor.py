import numpy as np


def answer(model, x):
    """A Keras model returns a tensor, which has numpy()."""
    outputs = model(np.moveaxis(x, 1, 0), training=False).numpy()
    return np.moveaxis(outputs, 0, 1)
