# expect: seed_ignored
import keras


def answer(seed, drops):
    """A constant where the argument belongs."""
    keras.utils.set_random_seed(1)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
