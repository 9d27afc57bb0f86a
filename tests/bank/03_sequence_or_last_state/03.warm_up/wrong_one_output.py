# expect: one_step
import keras


def answer(timesteps, delay, units):
    """The last state and one number."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units),
            keras.layers.Dense(1),
        ]
    )
