# expect: not_an_answer
"""The case, and no answer."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("future_heard",))

answer = CASE
