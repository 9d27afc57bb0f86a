import numpy as np


def answer(model, x):
    """A call to build the model, and another to use it."""
    model(x[:1])
    return model.predict(x.transpose(1, 0, 2)).transpose(1, 0, 2)
