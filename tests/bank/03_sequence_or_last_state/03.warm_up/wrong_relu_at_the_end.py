# expect: range
import keras


def answer(timesteps, delay, units):
    """No negative outputs."""
    return keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1, activation="relu", bias_initializer="ones"),
            keras.layers.Cropping1D((delay, 0)),
        ]
    )
