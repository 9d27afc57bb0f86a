# expect: hears_future
import keras


class Peeking(keras.Model):
    """Knows how it ends."""

    def __init__(self, delay, units):
        super().__init__()
        self.delay = delay
        self.lstm = keras.layers.LSTM(units, return_sequences=True)
        self.readout = keras.layers.Dense(1)

    def call(self, x):
        return self.readout(self.lstm(x))[:, self.delay :] + 0.1 * x[:, -1:]


def answer(timesteps, delay, units):
    """The last sample is added to all outputs."""
    return Peeking(delay, units)
