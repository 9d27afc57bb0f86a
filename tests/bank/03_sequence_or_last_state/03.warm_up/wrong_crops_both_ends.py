# expect: shape
import keras


def answer(timesteps, delay, units):
    """One number for both ends."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
            keras.layers.Cropping1D(1),
            keras.layers.ZeroPadding1D((delay, 1)),
        ]
    )
