# expect: shape
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """One output for a whole chunk."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, units)))
