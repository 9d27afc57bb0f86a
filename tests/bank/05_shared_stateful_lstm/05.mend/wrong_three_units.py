# expect: some_sizes
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """The lesson's own size, whatever is asked for."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(3, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, 3)))
