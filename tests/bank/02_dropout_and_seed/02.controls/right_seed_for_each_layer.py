import keras


def answer(seed, drops):
    """Each layer has a seed of its own, so Dropout(0) does no harm."""
    layers = []
    for k in range(4):
        start = keras.initializers.GlorotUniform(seed=1000 * seed + 2 * k)
        layers.append(keras.layers.Dense(64, activation="relu", kernel_initializer=start))
        layers.append(keras.layers.Dropout(0.05 if drops else 0.0, seed=1000 * seed + 2 * k + 1))
    start = keras.initializers.GlorotUniform(seed=1000 * seed + 99)
    layers.append(keras.layers.Dense(1, kernel_initializer=start))
    return keras.Sequential([keras.Input((51,)), *layers])
