# expect: one_too_many
"""Two that have to do with Dropout."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("dropout_never_acts",))

answer = CASE.name("dropout_never_acts", "dropout_in_predict")
