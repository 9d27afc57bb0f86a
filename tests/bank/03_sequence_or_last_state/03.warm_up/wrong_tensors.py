# expect: not_a_model
import keras


def answer(timesteps, delay, units):
    """The output and not the model."""
    inputs = keras.Input((delay + timesteps, 1))
    states = keras.layers.LSTM(units, return_sequences=True)(inputs)
    return keras.layers.Dense(1)(states[:, delay:])
