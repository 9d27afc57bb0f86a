import keras


def answer(seed, drops):
    """Built when it is first used; the seeds are drawn here all the same."""
    keras.utils.set_random_seed(seed + 17)
    model = keras.Sequential()
    for _ in range(4):
        model.add(keras.layers.Dense(64, activation=keras.activations.relu))
        model.add(keras.layers.Dropout(rate=0.05 if drops else 1e-12))
    model.add(keras.layers.Dense(1))
    return model
