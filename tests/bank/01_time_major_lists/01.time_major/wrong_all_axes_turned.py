# expect: raised
import numpy as np


def answer(model, x):
    """.T turns all three axes."""
    return np.asarray(model(x.T)).T
