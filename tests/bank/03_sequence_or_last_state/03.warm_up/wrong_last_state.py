# expect: hears_everything
import keras


def answer(timesteps, delay, units):
    """Model (c)."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units),
            keras.layers.Dense(timesteps),
        ]
    )
