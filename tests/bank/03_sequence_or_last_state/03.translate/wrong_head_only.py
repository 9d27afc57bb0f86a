# expect: recurrence_unused
import keras


def answer(kernel, bias, W, b):
    """Sets what is easy to set."""
    lstm, dense = keras.layers.LSTM(len(W)), keras.layers.Dense(len(b))
    model = keras.Sequential([keras.Input((len(b), 1)), lstm, dense])
    dense.set_weights([W, b])
    return model
