# expect: raised
import keras
from keras import ops


class Attributes(keras.Model):
    def __init__(self, batch, streams, units):
        super().__init__()
        self.sizes = batch, streams, units
        self.lstm = keras.layers.LSTM(units, return_sequences=True, return_state=True)
        self.reset_state()

    def call(self, x):
        batch, streams, units = self.sizes
        rows = ops.reshape(x, (batch * streams, -1, x.shape[-1]))
        y, h, c = self.lstm(rows, initial_state=self.state[0])
        self.state[0] = [h, c]
        return ops.reshape(y, (batch, streams, -1, units))

    def reset_state(self):
        self.state = [None]


def answer(batch, streams, timesteps, features, units):
    """States that a graph knows nothing of."""
    return Attributes(batch, streams, units)
