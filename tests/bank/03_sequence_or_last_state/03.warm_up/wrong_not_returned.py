# expect: returned_none
import keras


def answer(timesteps, delay, units):
    """Builds it and keeps it."""
    keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
