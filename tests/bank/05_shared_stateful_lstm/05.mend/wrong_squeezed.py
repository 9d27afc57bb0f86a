# expect: some_sizes
import keras
from keras import ops


class Squeezes(keras.Model):
    def __init__(self, batch, streams, units):
        super().__init__()
        self.sizes = batch, streams, units
        self.lstm = keras.layers.LSTM(units, stateful=True, return_sequences=True)

    def call(self, x):
        batch, streams, units = self.sizes
        rows = ops.reshape(x, (batch * streams, -1, x.shape[-1]))
        return ops.squeeze(ops.reshape(self.lstm(rows), (batch, streams, -1, units)))


def answer(batch, streams, timesteps, features, units):
    """Takes away the axis of a batch of one."""
    return Squeezes(batch, streams, units)
