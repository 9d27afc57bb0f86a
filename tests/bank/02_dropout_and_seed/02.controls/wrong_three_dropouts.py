# expect: no_dropout_there
import keras


def answer(seed, drops):
    """Dropout between the hidden layers, not after the last."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51]), keras.layers.Dense(64, "relu")]
    for _ in range(3):
        layers += [keras.layers.Dropout(0.05 if drops else 1e-9), keras.layers.Dense(64, "relu")]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
