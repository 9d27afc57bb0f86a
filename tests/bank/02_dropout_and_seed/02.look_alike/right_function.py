import keras


def answer(layers, input_shape=None):
    """No class at all."""
    model = keras.Sequential()
    if input_shape is not None:
        model.add(keras.Input(shape=input_shape))
    for layer in layers:
        model.add(layer)
    return model
