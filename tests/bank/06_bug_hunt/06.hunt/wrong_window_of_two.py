# expect: program_not_yet
"""The right thought, half done."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

CODE = CASE.code
CODE = CODE.replace(', 3, padding="same"', ', 2, padding="same"')
CODE = CODE.replace(', 5, padding="same"', ', 2, padding="same"')
answer = CASE.answer("future_heard", **CASE.functions(CODE))
