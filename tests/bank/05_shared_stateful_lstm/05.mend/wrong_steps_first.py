# expect: streams_mix
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """The axes turned before they are folded: the LSTM reads across streams."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(ops.swapaxes(x, 1, 2), (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.swapaxes(ops.reshape(y, (batch, -1, streams, units)), 1, 2))
