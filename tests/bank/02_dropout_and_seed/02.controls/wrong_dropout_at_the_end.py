# expect: misplaced
import keras


def answer(seed, drops):
    """One Dropout too many, on the output."""
    keras.utils.set_random_seed(seed)
    rate = 0.05 if drops else 1e-9
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(1), keras.layers.Dropout(rate)])
