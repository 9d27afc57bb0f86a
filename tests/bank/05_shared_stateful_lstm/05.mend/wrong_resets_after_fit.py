# expect: after_fit
import keras
from keras import ops


class Tidy(keras.Model):
    def __init__(self, batch, streams, units):
        super().__init__()
        self.sizes = batch, streams, units
        self.lstm = keras.layers.LSTM(units, stateful=True, return_sequences=True)

    def call(self, x):
        batch, streams, units = self.sizes
        rows = ops.reshape(x, (batch * streams, -1, x.shape[-1]))
        return ops.reshape(self.lstm(rows), (batch, streams, -1, units))

    def fit(self, *args, **kwargs):
        history = super().fit(*args, **kwargs)
        self.lstm.reset_state()
        return history


def answer(batch, streams, timesteps, features, units):
    """Forgets at the end of `fit`, unasked."""
    return Tidy(batch, streams, units)
