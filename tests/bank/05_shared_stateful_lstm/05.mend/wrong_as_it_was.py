# expect: leaks
import keras
from keras import layers, ops


def answer(batch, streams, timesteps, features, units):
    """The question's own graph."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    lstm = layers.LSTM(units, stateful=True, return_sequences=True)
    outputs = [ops.expand_dims(lstm(x[:, k]), axis=1) for k in range(streams)]
    return keras.Model(x, layers.Concatenate(axis=1)(outputs))
