# expect: kernels_alike
import keras


def answer(seed, drops):
    """As in the question: the same seed in all of them."""
    layers = [keras.Input([51])]
    for _ in range(4):
        start = keras.initializers.GlorotUniform(seed=seed)
        layers.append(keras.layers.Dense(64, "relu", kernel_initializer=start))
        layers.append(keras.layers.Dropout(0.05 if drops else 1e-9, seed=seed))
    start = keras.initializers.GlorotUniform(seed=seed)
    return keras.Sequential([*layers, keras.layers.Dense(1, kernel_initializer=start)])
