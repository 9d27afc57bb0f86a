# expect: hears_everything
import keras


def answer(timesteps, delay, units):
    """A cure for another patient."""
    lstm = keras.layers.LSTM(units, return_sequences=True)
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.Bidirectional(lstm),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
