# expect: nothing_trains
import keras


def answer(timesteps, delay, units):
    """Nothing to learn with."""
    model = keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
            keras.layers.Cropping1D((delay, 0)),
        ]
    )
    model.trainable = False
    return model
