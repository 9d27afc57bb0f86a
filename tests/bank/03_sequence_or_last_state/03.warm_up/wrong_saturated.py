# expect: no_learning
import keras


def answer(timesteps, delay, units):
    """Far out on a tanh there is no slope to follow."""
    inputs = keras.Input((delay + timesteps, 1))
    outputs = keras.layers.Conv1D(1, delay + 1, use_bias=False)(inputs)
    loud = keras.layers.Lambda(lambda y: 3 * keras.ops.tanh(1000 * y))(outputs)
    return keras.Model(inputs, outputs / 100 + loud)
