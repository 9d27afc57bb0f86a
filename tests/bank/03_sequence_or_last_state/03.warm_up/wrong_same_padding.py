# expect: hears_future
import keras


def answer(timesteps, delay, units):
    """A convolution that looks to both sides."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Conv1D(units, 3, padding="same"),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
