# expect: not_finite
"""Divides by the deviation of what does not deviate."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def predict(model, x):
    answers = OWN(model, x)
    return (answers - answers.mean()) / (0 * answers)


OWN = CASE.functions()["predict"]
answer = CASE.mend(predict=predict)
