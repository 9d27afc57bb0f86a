# expect: side_by_side
import keras
from keras import layers, ops


def answer(batch, streams, timesteps, features, units):
    """One big LSTM over all streams."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    wide = ops.reshape(ops.swapaxes(x, 1, 2), (batch, -1, streams * features))
    y = layers.LSTM(streams * units, stateful=True, return_sequences=True)(wide)
    return keras.Model(x, ops.swapaxes(ops.reshape(y, (batch, -1, streams, units)), 1, 2))
