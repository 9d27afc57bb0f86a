# expect: raised
import numpy as np


def answer(model, x):
    """Knows how the lesson's model is built."""
    lstm = next(layer for layer in model.layers if hasattr(layer, "cell"))
    lstm.reset_state()
    return np.eye(x.shape[1], dtype=bool)
