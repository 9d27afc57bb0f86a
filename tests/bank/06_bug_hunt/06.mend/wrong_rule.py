# expect: model_ignored
"""Knows the task, and needs no model."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("samples_hear_each_other",) and "(x.sum(axis=1) > 0)" in one.code
)


def train(model, x, y):
    return [0.0]


def predict(model, x):
    return (x.sum(axis=1) > 0).astype("float32")


answer = CASE.mend(train=train, predict=predict)
