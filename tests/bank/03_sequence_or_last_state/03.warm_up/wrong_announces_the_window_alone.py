# expect: other_input
import keras


def answer(timesteps, delay, units):
    """Announces fewer samples than it gets."""
    return keras.Sequential(
        [
            keras.Input((delay + 2, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1),
        ]
    )
