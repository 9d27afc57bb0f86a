# expect: still_drops
import keras


def answer(seed, drops):
    """Both arms drop."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
