# expect: raised
import keras


def answer(kernel, bias, W, b):
    """32 units and 25 steps."""
    lstm, dense = keras.layers.LSTM(32), keras.layers.Dense(25)
    model = keras.Sequential([keras.Input((25, 1)), lstm, dense])
    lstm.set_weights([kernel[:1], kernel[1:], bias])
    dense.set_weights([W, b])
    return model
