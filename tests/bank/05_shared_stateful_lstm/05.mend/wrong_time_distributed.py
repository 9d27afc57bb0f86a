# expect: leaks
import keras
from keras import layers


def answer(batch, streams, timesteps, features, units):
    """Wrapped, and called on one stream after the other all the same."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    lstm = layers.LSTM(units, stateful=True, return_sequences=True)
    return keras.Model(x, layers.TimeDistributed(lstm)(x))
