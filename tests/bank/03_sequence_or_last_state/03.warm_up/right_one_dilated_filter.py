import keras


def answer(timesteps, delay, units):
    """Two taps: its own sample and the wanted one."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Conv1D(1, 2, dilation_rate=delay, kernel_initializer="ones"),
        ]
    )
