import keras


def answer(timesteps, delay, units):
    """Its last layer is zero before the first step; SimpleRNN, Dropout, BatchNormalization."""
    model = keras.Sequential(
        [
            keras.Input((delay + timesteps, 1)),
            keras.layers.SimpleRNN(units, return_sequences=True),
            keras.layers.Dropout(0.1),
            keras.layers.BatchNormalization(),
            keras.layers.Cropping1D((delay, 0)),
            keras.layers.Dense(1, kernel_initializer="zeros"),
            keras.layers.Flatten(),
        ]
    )
    model.compile("sgd", "mse")
    return model
