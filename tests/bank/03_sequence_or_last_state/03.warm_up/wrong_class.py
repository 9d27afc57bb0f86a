# expect: not_a_model
import keras


def answer(timesteps, delay, units):
    """A layer."""
    return keras.layers.LSTM(units, return_sequences=True)
