# expect: not_a_model
import keras


def answer(batch, streams, timesteps, features, units):
    """The layer without a model around it."""
    return keras.layers.LSTM(units, stateful=True, return_sequences=True)
