# expect: unsteady_model
import keras


class Restless(keras.Model):
    """Drops outside of training as well."""

    def __init__(self, units, timesteps):
        super().__init__()
        self.lstm, self.dense = keras.layers.LSTM(units), keras.layers.Dense(timesteps)
        self.drop = keras.layers.Dropout(0.5)

    def call(self, x):
        return self.dense(self.drop(self.lstm(x), training=True))


def answer(kernel, bias, W, b):
    """Noise that nobody asked for."""
    return Restless(*W.shape)
