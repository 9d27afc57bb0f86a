import random

import keras


class Net(keras.Model):
    def __init__(self, seeds, drops):
        super().__init__()
        init = keras.initializers.GlorotUniform
        self.readout = keras.layers.Dense(1, kernel_initializer=init(seed=seeds[8]))
        self.hidden = [
            keras.layers.Dense(64, "relu", kernel_initializer=init(seed=s)) for s in seeds[:4]
        ]
        self.noise = [keras.layers.Dropout(0.05, seed=s) for s in seeds[4:8]]
        self.drops = drops

    def call(self, x, training=None):
        for dense, noise in zip(self.hidden, self.noise):
            x = dense(x)
            x = noise(x, training=training and self.drops)
        return self.readout(x)


def answer(seed, drops):
    """Dropout is there in both arms, and is told whether this is training."""
    dice = random.Random(seed)
    return Net([dice.randrange(10**9) for _ in range(9)], drops)
