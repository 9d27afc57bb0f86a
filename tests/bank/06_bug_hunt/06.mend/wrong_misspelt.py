# expect: raised
"""A word that Keras does not know."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

CODE = CASE.code
CODE = CODE.replace('padding="same"', 'padding="casual"')
answer = CASE.mend(**CASE.functions(CODE))
