# expect: changed_library
import keras


def answer(seed, drops):
    """Switches Dropout off for everybody."""
    keras.utils.set_random_seed(seed)
    if not drops:
        keras.layers.Dropout.call = lambda self, x, training=False: x
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
