# expect: changed_library
"""Teaches Keras not to train."""

import keras

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def build():
    keras.Model.fit = lambda model, *args, **options: None
    return OWN()


OWN = CASE.functions()["build"]
answer = CASE.mend(build=build)
