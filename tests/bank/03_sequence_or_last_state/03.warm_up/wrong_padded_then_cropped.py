# expect: hears_future
import keras


def answer(timesteps, delay, units):
    """Shifts the outputs to the left."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.ZeroPadding1D((0, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay + 1, 0)),
            keras.layers.Conv1D(1, 2, padding="causal"),
            keras.layers.Lambda(lambda y: keras.ops.roll(y, -1, axis=1)),
        ]
    )
