import keras
import numpy as np


class Losses(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.seen = []

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(logs["loss"])


def answer(model, x, y):
    """A callback hears four epochs in small batches, always in the same order."""
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.0), loss="mean_squared_error")
    losses = Losses()
    model.fit(x, y, epochs=4, shuffle=False, verbose=0, callbacks=[losses])
    return np.std(losses.seen) > 1e-7
