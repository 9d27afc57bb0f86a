# expect: shape
"""One answer for a whole series."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

CODE = CASE.code
CODE = CODE.replace("return_sequences=True", "return_sequences=False")
answer = CASE.mend(**CASE.functions(CODE))
