# expect: not_finite
import keras


def answer(timesteps, delay, units):
    """A logarithm of what may be negative."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
            keras.layers.Lambda(keras.ops.log),
        ]
    )
