import keras


def answer(stream, labels, batch, timesteps):
    """In the words of keras.ops."""
    inputs = keras.ops.swapaxes(keras.ops.reshape(stream, (batch, timesteps, 1)), 0, 1)
    targets = keras.ops.transpose(keras.ops.reshape(labels, (batch, timesteps)))
    return keras.ops.unstack(inputs), targets
