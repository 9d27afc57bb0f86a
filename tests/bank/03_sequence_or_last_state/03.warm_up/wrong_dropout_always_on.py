# expect: unsteady_model
import keras


class Restless(keras.Model):
    """Drops outside of training as well."""

    def __init__(self, delay, units):
        super().__init__()
        self.delay = delay
        self.lstm = keras.layers.LSTM(units, return_sequences=True)
        self.drop, self.readout = keras.layers.Dropout(0.2), keras.layers.Dense(1)

    def call(self, x):
        return self.readout(self.drop(self.lstm(x), training=True))[:, self.delay :]


def answer(timesteps, delay, units):
    """Noise that nobody asked for."""
    return Restless(delay, units)
