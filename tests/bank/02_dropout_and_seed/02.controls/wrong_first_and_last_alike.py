# expect: kernels_alike
import keras


def answer(seed, drops):
    """Hidden layers count their seeds, the readout starts again."""
    def start(k):
        return keras.initializers.GlorotUniform(seed=10 * seed + k)

    layers = [keras.Input([51])]
    for k in range(4):
        layers.append(keras.layers.Dense(64, "relu", kernel_initializer=start(k)))
        layers.append(keras.layers.Dropout(0.05 if drops else 1e-9, seed=10 * seed + k))
    return keras.Sequential([*layers, keras.layers.Dense(1, kernel_initializer=start(0))])
