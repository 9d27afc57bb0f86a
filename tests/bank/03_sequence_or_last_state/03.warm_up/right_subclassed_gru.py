import keras


class Listener(keras.Model):
    """Listens first."""

    def __init__(self, delay, units):
        super().__init__()
        self.delay = delay
        self.gru = keras.layers.GRU(units, return_sequences=True)
        self.readout = keras.layers.TimeDistributed(keras.layers.Dense(1))

    def call(self, x):
        return self.readout(self.gru(x))[:, self.delay :, 0]


def answer(timesteps, delay, units):
    """A subclass with a GRU; the last axis is taken off."""
    return Listener(delay, units)
