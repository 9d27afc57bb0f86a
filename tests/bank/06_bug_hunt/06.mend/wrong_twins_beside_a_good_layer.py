# expect: still_found
"""The twins stay, and others learn the task."""

import keras

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("twin_units",) and "binary" in one.code
)


class Both(keras.Model):
    """A layer of twins, and another one that does the work."""

    def __init__(self):
        super().__init__()
        alike = keras.initializers.Constant(0.1)
        options = {"kernel_initializer": alike, "recurrent_initializer": alike}
        self.twins = keras.layers.LSTM(4, return_sequences=True, **options)
        self.rnn = keras.layers.LSTM(24, return_sequences=True)
        self.head = keras.layers.Dense(1, activation="sigmoid")
        self.twin_head = keras.layers.Dense(1, kernel_initializer=alike)

    def call(self, x):
        return self.head(keras.ops.concatenate([self.rnn(x), self.twin_head(self.twins(x))], -1))


def train(model, x, y):
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
    return model.fit(x, y, batch_size=32, epochs=25, verbose=0).history["loss"]


def predict(model, x):
    return model.predict(x, verbose=0)


answer = CASE.mend(build=Both, train=train, predict=predict)
