# expect: wrong_end
import keras


def answer(timesteps, delay, units):
    """One too early."""
    inputs = keras.Input((delay + timesteps, 1))
    states = keras.layers.LSTM(units, return_sequences=True)(inputs)
    return keras.Model(inputs, keras.layers.Dense(1)(states[:, delay - 1 : -1]))
