# expect: wrong_end
import keras


def answer(timesteps, delay, units):
    """Drops the last outputs."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((0, delay)),
            keras.layers.Dense(1),
        ]
    )
