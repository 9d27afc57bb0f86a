# expect: misplaced
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """In with the streams first, out with the rows first."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(ops.swapaxes(x, 0, 1), (streams * batch, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
