# expect: masks_unseeded
import keras


def answer(seed, drops):
    """The question's middle stage: initialisers seeded, Dropout not."""
    layers = [keras.Input([51])]
    for k in range(4):
        start = keras.initializers.GlorotUniform(seed=10 * seed + k)
        layers.append(keras.layers.Dense(64, "relu", kernel_initializer=start))
        layers.append(keras.layers.Dropout(0.05 if drops else 0))
    start = keras.initializers.GlorotUniform(seed=10 * seed + 4)
    return keras.Sequential([*layers, keras.layers.Dense(1, kernel_initializer=start)])
