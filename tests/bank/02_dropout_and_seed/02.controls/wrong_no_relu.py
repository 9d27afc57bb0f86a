# expect: not_relu
import keras


def answer(seed, drops):
    """Four linear layers are one."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
