import keras


def answer(model, x):
    """In the words of keras.ops."""
    outputs = model.predict(keras.ops.swapaxes(x, 0, 1), batch_size=2, verbose=0)
    return keras.ops.swapaxes(outputs, 0, 1)
