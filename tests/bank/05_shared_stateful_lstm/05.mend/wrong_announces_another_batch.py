# expect: other_input
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Built for twice the batch that it is given; the reshape hides it."""
    x = keras.Input(batch_shape=(2 * batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
