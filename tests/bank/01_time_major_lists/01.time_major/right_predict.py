import numpy as np


def answer(model, x):
    """By predict, quietly."""
    return model.predict(x.swapaxes(0, 1), verbose=0).swapaxes(0, 1)
