# expect: some_sizes
import keras


def answer(timesteps, delay, units):
    """Two steps back, whatever the delay; enough for the first."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Conv1D(units, 3, padding="causal", activation="tanh"),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
