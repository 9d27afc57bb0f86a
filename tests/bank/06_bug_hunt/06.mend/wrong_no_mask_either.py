# expect: padding_matters
"""Without a mask, none is lost."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("mask_lost",) and "tanh" in one.code
)

CODE = CASE.code
CODE = CODE.replace("mask_zero=True", "mask_zero=False")
answer = CASE.mend(**CASE.functions(CODE))
