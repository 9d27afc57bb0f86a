# expect: gate_order
import keras


def answer(kernel, bias, W, b):
    """The shapes fit."""
    lstm, dense = keras.layers.LSTM(W.shape[0]), keras.layers.Dense(W.shape[1])
    model = keras.Sequential([keras.Input((W.shape[1], 1)), lstm, dense])
    lstm.set_weights([kernel[:1], kernel[1:], bias])
    dense.set_weights([W, b])
    return model
