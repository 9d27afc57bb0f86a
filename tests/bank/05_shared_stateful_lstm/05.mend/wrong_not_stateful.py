# expect: forgets
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Nobody hears anybody, nobody remembers."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
