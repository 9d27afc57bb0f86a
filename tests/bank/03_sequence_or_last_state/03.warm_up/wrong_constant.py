# expect: hears_nothing
import keras


def answer(timesteps, delay, units):
    """A bias for each step."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Lambda(lambda h: 0 * h),
            keras.layers.Dense(1),
        ]
    )
