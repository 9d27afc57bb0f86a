# expect: same_mask
import keras


def answer(seed, drops):
    """Kernels of their own, one mask for all."""
    layers = [keras.Input([51])]
    for k in range(4):
        start = keras.initializers.GlorotUniform(seed=10 * seed + k)
        layers.append(keras.layers.Dense(64, "relu", kernel_initializer=start))
        layers.append(keras.layers.Dropout(0.05 if drops else 0, seed=seed))
    start = keras.initializers.GlorotUniform(seed=10 * seed + 4)
    return keras.Sequential([*layers, keras.layers.Dense(1, kernel_initializer=start)])
