# expect: hears_everything
import keras


def answer(timesteps, delay, units):
    """Hears it all, then speaks."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units),
            keras.layers.RepeatVector(timesteps),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
        ]
    )
