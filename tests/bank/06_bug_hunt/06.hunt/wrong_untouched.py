# expect: unanswered
"""The stub."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

answer = CASE.answer(..., build=...)
