# expect: other_step
import keras


def answer(timesteps, delay, units):
    """The last input is dropped, the others stay where they are."""
    inputs = keras.Input((delay + timesteps, 1))
    heard = keras.layers.Cropping1D((0, 1))(inputs)
    heard = keras.layers.ZeroPadding1D((0, 1))(heard)
    states = keras.layers.LSTM(units, return_sequences=True)(heard)
    return keras.Model(inputs, keras.layers.Dense(1)(states)[:, delay:])
