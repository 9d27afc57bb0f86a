# expect: hears_future
"""Hears one step of the future only."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

CODE = CASE.code
CODE = CODE.replace(', 3, padding="same"', ', 2, padding="same"')
CODE = CODE.replace(', 5, padding="same"', ', 2, padding="same"')
answer = CASE.mend(**CASE.functions(CODE))
