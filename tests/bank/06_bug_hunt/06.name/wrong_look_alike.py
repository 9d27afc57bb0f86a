# expect: near
"""Rows hear each other, but not in an order."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one for one in map(puzzle.case, range(200)) if one._planted == ("samples_hear_each_other",)
)

answer = CASE.name("time_as_batch")
