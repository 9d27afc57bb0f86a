# expect: nothing_used
import keras


def answer(kernel, bias, W, b):
    """The right layers with weights of Keras' own."""
    return keras.Sequential(
        [
            keras.Input((len(b), 1)),
            keras.layers.LSTM(len(W)),
            keras.layers.Dense(len(b)),
        ]
    )
