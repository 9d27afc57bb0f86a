# expect: unknown_cause
"""The right thought in words of one's own."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("dropout_never_acts",))

answer = CASE.name("dropout is off in training")
