"""Keras keeps the state, and the rest of the program stays."""

import re

import keras

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("state_not_reset",))


class Memory(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.rnn = keras.layers.GRU(24, stateful=True, return_sequences=True)

    def build(self, shape):
        self.rnn.build(shape)

    def call(self, x):
        return self.rnn(x)

    def reset_state(self):
        self.rnn.reset_state()


FUNCTIONS = CASE.functions()
FUNCTIONS["build"].__globals__[re.search(r"class (\w+)\(layers", CASE.code)[1]] = Memory
answer = CASE.mend(build=FUNCTIONS["build"])
