# expect: some_sizes
import keras


def answer(timesteps, delay, units):
    """The last outputs, but the wrong number of them where there are more."""
    inputs = keras.Input((delay + timesteps, 1))
    states = keras.layers.LSTM(units, return_sequences=True)(inputs)
    outputs = keras.layers.Dense(1)(states)
    return keras.Model(inputs, outputs[:, 2 : timesteps + 2])
