# expect: helper_alone
"""The loss that was mended, without the function that uses it."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(10, level=3)


def custom_loss(y_true, y_pred):
    return (y_true - y_pred) ** 2


answer = CASE.mend(custom_loss=custom_loss)
