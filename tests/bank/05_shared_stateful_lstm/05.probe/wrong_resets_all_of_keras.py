# expect: changed_library
import keras
import numpy as np


def answer(model, x):
    """Makes every LSTM of the process forget at each call."""
    keras.layers.LSTM.stateful = False
    heard = []
    return np.eye(x.shape[1], dtype=bool)
