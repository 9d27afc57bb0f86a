# expect: counts_layers
import keras


def answer(model, x, y):
    """Is there a Dropout among the outer layers?"""
    layers = list(model.layers)
    return any(isinstance(one, keras.layers.Dropout) for one in layers)
