# expect: counts_layers
import keras


def answer(model, x, y):
    """Is there a Dropout?"""
    model(x[:2])
    noisy = [one for one in model._flatten_layers() if isinstance(one, keras.layers.Dropout)]
    return any(one.rate > 0 for one in noisy)
