# expect: everything
"""The whole list."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("mask_lost",))

answer = CASE.name(*CASE.causes)
