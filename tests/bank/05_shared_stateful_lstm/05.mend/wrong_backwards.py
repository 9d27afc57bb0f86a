# expect: hears_later
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Reads each chunk from its end."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    lstm = keras.layers.LSTM(units, stateful=True, return_sequences=True, go_backwards=True)
    y = ops.flip(lstm(rows), axis=1)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
