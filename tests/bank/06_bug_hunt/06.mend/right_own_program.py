"""Another model, another optimizer, and other ways to train it and to ask it."""

import keras
import numpy as np

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("mask_lost",))


def build():
    tokens = keras.Input((None,), dtype="int32")
    h = keras.layers.Embedding(20, 6)(tokens)
    both = keras.layers.Bidirectional(keras.layers.GRU(12))
    h = both(h, mask=keras.ops.not_equal(tokens, 0))
    return keras.Model(tokens, keras.layers.Dense(1, activation="sigmoid")(h))


def train(model, x, y):
    model.compile(keras.optimizers.RMSprop(0.02), "binary_crossentropy")
    return np.array(model.fit(x, y, epochs=15, verbose=0).history["loss"])


def predict(model, x):
    return model(x)


answer = CASE.mend(build=build, train=train, predict=predict)
