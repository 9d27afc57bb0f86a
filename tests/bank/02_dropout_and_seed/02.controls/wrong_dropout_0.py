# expect: arms_differ
import keras


def answer(seed, drops):
    """Dropout(0) draws no seed, so the later kernels get other ones."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 0)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
