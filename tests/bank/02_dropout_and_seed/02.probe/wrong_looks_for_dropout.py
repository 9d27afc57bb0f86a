# expect: counts_layers
import keras


def answer(model, x, y):
    """Is there a Dropout?"""
    model(x[:2])
    return any(isinstance(one, keras.layers.Dropout) and one.rate > 0 for one in model._flatten_layers())
