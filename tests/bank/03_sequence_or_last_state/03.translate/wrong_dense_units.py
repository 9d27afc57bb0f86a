# expect: shape
import keras


def answer(kernel, bias, W, b):
    """An output for each unit."""
    lstm = keras.layers.LSTM(len(W))
    return keras.Sequential([keras.Input((len(b), 1)), lstm, keras.layers.Dense(len(W) + 1)])
