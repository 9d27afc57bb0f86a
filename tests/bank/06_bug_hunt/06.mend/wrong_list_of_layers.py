# expect: no_model
"""Layers, and no model."""

import keras

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def build():
    return [keras.layers.LSTM(8, return_sequences=True), keras.layers.Dense(1)]


answer = CASE.mend(build=build)
