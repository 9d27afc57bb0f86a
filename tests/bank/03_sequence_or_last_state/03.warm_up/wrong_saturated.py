# expect: no_learning
import keras


def answer(timesteps, delay, units):
    """Far out on a tanh there is no slope to follow."""
    inputs = keras.Input((delay + timesteps, 1))
    states = keras.layers.LSTM(units, return_sequences=True)(inputs)
    outputs = keras.layers.Dense(1)(states)[:, delay:]
    loud = keras.layers.Lambda(lambda y: 3 * keras.ops.tanh(1000 * y))(outputs)
    return keras.Model(inputs, outputs / 100 + loud)
