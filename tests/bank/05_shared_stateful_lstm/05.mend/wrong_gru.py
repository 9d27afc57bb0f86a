# expect: other_weights
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Another cell."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.GRU(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
