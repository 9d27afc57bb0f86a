# expect: range
import keras


def answer(timesteps, delay, units):
    """From 0 to 1."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1, activation="sigmoid"),
            keras.layers.Cropping1D((delay, 0)),
        ]
    )
