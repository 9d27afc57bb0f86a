# expect: shape
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Forgets to unfold."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    return keras.Model(x, keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows))
