# expect: nothing_trains
import keras


def answer(timesteps, delay, units):
    """Two decimals, and no gradient."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Lambda(lambda y: keras.ops.round(100 * y) / 100),
        ]
    )
