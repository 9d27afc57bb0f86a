import keras
from keras import layers


def answer(batch, streams, timesteps, features, units):
    """The cell has the weights, each RNN has a state."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    cell, outputs = layers.LSTMCell(units), []
    for k in range(streams):
        y = layers.RNN(cell, stateful=True, return_sequences=True)(x[:, k])
        outputs.append(keras.ops.expand_dims(y, 1))
    return keras.Model(x, layers.Concatenate(axis=1)(outputs))
