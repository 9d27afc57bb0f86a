# expect: raised
import keras


class Eager(keras.Model):
    """Leaves TensorFlow on the way."""

    def __init__(self, delay, units):
        super().__init__()
        self.delay = delay
        self.lstm = keras.layers.LSTM(units, return_sequences=True)
        self.readout = keras.layers.Dense(1)

    def call(self, x, training=False):
        if training:
            raise RuntimeError("this model does not train")
        return self.readout(self.lstm(x))[:, self.delay :]


def answer(timesteps, delay, units):
    """Refuses to be trained."""
    return Eager(delay, units)
