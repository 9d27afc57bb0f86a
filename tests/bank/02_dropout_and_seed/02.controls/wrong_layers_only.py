# expect: not_a_model
import keras


def answer(seed, drops):
    """The list, not the model."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(0.05 if drops else 1e-9)]
    return [*layers, keras.layers.Dense(1)]
