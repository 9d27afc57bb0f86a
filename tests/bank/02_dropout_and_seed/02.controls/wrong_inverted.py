# expect: inverted
import keras


def answer(seed, drops):
    """The wrong way round."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(1e-9 if drops else 0.05)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
