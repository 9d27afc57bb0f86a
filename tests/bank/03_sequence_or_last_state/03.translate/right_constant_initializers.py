import keras
import numpy as np


def answer(kernel, bias, W, b):
    """Every weight by its initialiser, unrolled, with an idle Dropout."""
    constant = keras.initializers.Constant
    units, timesteps = W.shape

    def ordered(a):
        i, c, f, o = np.split(a, 4, axis=-1)
        return np.concatenate([i, f, c, o], axis=-1)

    lstm = keras.layers.LSTM(
        units,
        unroll=True,
        kernel_initializer=constant(ordered(kernel[:1])),
        recurrent_initializer=constant(ordered(kernel[1:])),
        bias_initializer=constant(ordered(bias) + np.repeat([0, 1, 0, 0], units)),
        unit_forget_bias=False,
    )
    return keras.Sequential(
        [
            keras.Input((timesteps, 1)),
            lstm,
            keras.layers.Dropout(0.5),
            keras.layers.Dense(
                timesteps, kernel_initializer=constant(W), bias_initializer=constant(b)
            ),
        ]
    )
