# expect: rate
import keras


def answer(seed, drops):
    """The rate of other people's models."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.5 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
