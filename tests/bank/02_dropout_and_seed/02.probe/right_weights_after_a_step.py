import keras
import numpy as np


def answer(model, x, y):
    """Two steps of plain SGD from one start: do they end at the same weights?"""
    model.compile(keras.optimizers.SGD(0.01), "mse")
    model(x[:2])
    start, ends = model.get_weights(), []
    for _ in range(2):
        model.set_weights(start)
        model.train_on_batch(x, y)
        ends.append(model.get_weights())
    return not all(np.array_equal(a, b) for a, b in zip(*ends))
