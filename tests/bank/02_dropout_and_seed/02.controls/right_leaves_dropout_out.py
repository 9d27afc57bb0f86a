import keras


def answer(seed, drops):
    """Without Dropout layers in the second arm; functional."""
    x = inputs = keras.Input((51,))
    for k in range(4):
        init = keras.initializers.GlorotUniform(seed=seed * 10 + k)
        x = keras.layers.Dense(64, kernel_initializer=init)(x)
        x = keras.layers.ReLU()(x)
        if drops:
            x = keras.layers.Dropout(0.05, seed=seed * 10 + 5 + k)(x)
    init = keras.initializers.GlorotUniform(seed=seed * 10 + 4)
    return keras.Model(inputs, keras.layers.Dense(1, kernel_initializer=init)(x))
