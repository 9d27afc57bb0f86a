# expect: per_step
import keras


def answer(kernel, bias, W, b):
    """Model (a) of the question."""
    lstm = keras.layers.LSTM(len(W), return_sequences=True)
    dense = keras.layers.Dense(1)
    return keras.Sequential(
        [
            keras.Input((W.shape[1], 1)),
            lstm,
            keras.layers.TimeDistributed(dense),
        ]
    )
