import keras


def answer(timesteps, delay, units):
    """A sine stays between -1 and 1, and so does tanh."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True, unroll=True),
            keras.layers.Dense(1, activation="tanh"),
            keras.layers.Cropping1D((delay, 0)),
        ]
    )
