# expect: raised
import keras


def answer(timesteps, delay, units):
    """Built for the window only."""
    return keras.Sequential(
        [
            keras.Input((timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Flatten(),
            keras.layers.Dense(timesteps),
        ]
    )
