# expect: misplaced
import keras


def answer(seed, drops):
    """Dropout before each layer: the inputs lose values as well."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dropout(0.05 if drops else 1e-9), keras.layers.Dense(64, "relu")]
    layers.append(keras.layers.Dropout(0.05 if drops else 1e-9))
    return keras.Sequential([*layers, keras.layers.Dense(1)])
