# expect: short_reach
import keras


def answer(timesteps, delay, units):
    """Two steps back, whatever the delay; too few."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Conv1D(units, 2, padding="causal", activation="tanh"),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
