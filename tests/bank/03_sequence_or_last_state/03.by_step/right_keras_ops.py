import keras


def answer(outputs, targets):
    """A tensor comes back."""
    outputs = keras.ops.reshape(outputs, targets.shape)
    return keras.ops.mean(keras.ops.square(targets - outputs), axis=0)
