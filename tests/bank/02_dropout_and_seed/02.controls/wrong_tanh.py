# expect: not_relu
import keras


def answer(seed, drops):
    """Another activation in the last hidden layer."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for k in range(4):
        layers += [keras.layers.Dense(64, "relu" if k < 3 else "tanh")]
        layers += [keras.layers.Dropout(0.05 if drops else 1e-9)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
