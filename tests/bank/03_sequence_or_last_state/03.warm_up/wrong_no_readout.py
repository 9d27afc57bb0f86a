# expect: shape
import keras


def answer(timesteps, delay, units):
    """The states themselves."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),
        ]
    )
