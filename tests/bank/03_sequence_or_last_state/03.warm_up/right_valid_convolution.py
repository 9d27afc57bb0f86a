import keras


def answer(timesteps, delay, units):
    """A convolution without padding eats the warm-up by itself."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Conv1D(units, delay + 1, activation="tanh"),
            keras.layers.Dense(1),
            keras.layers.Reshape((timesteps,)),
        ]
    )
