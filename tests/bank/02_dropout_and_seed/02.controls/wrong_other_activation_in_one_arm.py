# expect: other_function
import keras


def answer(seed, drops):
    """Two differences instead of one."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers.append(keras.layers.Dense(64, "relu" if drops else "elu"))
        layers.append(keras.layers.Dropout(0.05 if drops else 1e-9))
    return keras.Sequential([*layers, keras.layers.Dense(1)])
