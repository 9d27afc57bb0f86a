# expect: not_it
"""The usual suspect."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("state_not_carried",))

answer = CASE.name("no_gradient")
