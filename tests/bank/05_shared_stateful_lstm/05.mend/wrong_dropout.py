# expect: trained_otherwise
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Another model while it trains."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True, dropout=0.3)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
