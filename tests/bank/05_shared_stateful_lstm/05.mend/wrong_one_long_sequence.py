# expect: leaks
import keras
from keras import layers, ops


def answer(batch, streams, timesteps, features, units):
    """Folds the streams into time instead of into the batch."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    long = ops.reshape(x, (batch, -1, features))
    y = layers.LSTM(units, stateful=True, return_sequences=True)(long)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
