# expect: warm_up_unheard
import keras


def answer(timesteps, delay, units):
    """Drops the warm-up before anybody has heard it."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
        ]
    )
