# expect: arms_differ
import keras


def answer(seed, drops):
    """No Dropout, no seed drawn."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers.append(keras.layers.Dense(64, "relu"))
        if drops:
            layers.append(keras.layers.Dropout(0.05))
    return keras.Sequential([*layers, keras.layers.Dense(1)])
