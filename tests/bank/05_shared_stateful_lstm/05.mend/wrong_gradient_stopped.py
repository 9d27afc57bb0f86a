# expect: no_training
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Right in `predict`, deaf in `fit`."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.stop_gradient(ops.reshape(y, (batch, streams, -1, units))))
