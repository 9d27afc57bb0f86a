# expect: not_a_name
"""A place in the list."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("future_heard",))

answer = CASE.name(7)
