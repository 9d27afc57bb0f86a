# expect: no_cause
"""Empty brackets."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("future_heard",))

answer = CASE.name()
