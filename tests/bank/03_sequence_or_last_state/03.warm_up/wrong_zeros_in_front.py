# expect: deaf_outputs
import keras


def answer(timesteps, delay, units):
    """Zeros for what it thinks it cannot know."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
            keras.layers.Cropping1D((delay + 1, 0)),
            keras.layers.ZeroPadding1D((1, 0)),
        ]
    )
