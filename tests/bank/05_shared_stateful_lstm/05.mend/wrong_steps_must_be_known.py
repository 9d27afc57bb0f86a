# expect: raised
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Folds with `timesteps`, which may be None."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, timesteps, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, timesteps, units)))
