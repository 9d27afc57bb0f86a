import keras
from keras import layers, ops


class Kept(keras.Model):
    def __init__(self, batch, streams, units):
        super().__init__()
        self.sizes = batch, streams, units
        self.lstm = layers.LSTM(units, return_sequences=True, return_state=True)
        shape = 2, batch * streams, units
        self.kept = self.add_weight(shape, "zeros", trainable=False, name="kept")

    def call(self, x):
        batch, streams, units = self.sizes
        rows = ops.reshape(x, (batch * streams, -1, ops.shape(x)[-1]))
        y, h, c = self.lstm(rows, initial_state=[self.kept[0], self.kept[1]])
        self.kept.assign(ops.stack([h, c]))
        return ops.reshape(y, (batch, streams, -1, units))

    def reset_state(self):
        self.kept.assign(ops.zeros_like(self.kept))


def answer(batch, streams, timesteps, features, units):
    """The states are the model's, and it resets them itself."""
    return Kept(batch, streams, units)
