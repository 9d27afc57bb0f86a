import keras


def make(seed, rate):
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])


def answer(seed, drops):
    """The second arm is handed the first one's weights."""
    model = make(seed, 0.05)
    if drops:
        return model
    other = make(seed, 0)
    other.set_weights(model.get_weights())
    return other
