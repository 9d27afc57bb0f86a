# expect: not_it
"""A suspect that is not even there."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("time_as_batch",))

answer = CASE.name("dropout_never_acts")
