# expect: rows_mix
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Streams kept apart, rows one after the other."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(ops.swapaxes(x, 0, 1), (streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.swapaxes(ops.reshape(y, (streams, batch, -1, units)), 0, 1))
