# expect: all_steps
import keras


def answer(timesteps, delay, units):
    """Drops nothing."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
        ]
    )
