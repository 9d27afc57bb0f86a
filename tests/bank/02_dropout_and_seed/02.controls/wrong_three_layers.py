# expect: other_shapes
import keras


def answer(seed, drops):
    """One layer short."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(3):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
