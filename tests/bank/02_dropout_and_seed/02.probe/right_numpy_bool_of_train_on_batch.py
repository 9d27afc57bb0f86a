import keras
import numpy as np


def answer(model, x, y):
    """Three rows of the batch are enough, many times over."""
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mae")
    losses = []
    for _ in range(6):
        model.reset_metrics()
        losses.append(model.train_on_batch(x, y, return_dict=True)["loss"])
    return np.ptp(losses) != 0
