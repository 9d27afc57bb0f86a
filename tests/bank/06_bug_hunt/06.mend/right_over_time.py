"""The softmax runs over time."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("samples_hear_each_other",) and "softmax" in one.code
)

CODE = CASE.code
CODE = CODE.replace("ops.softmax(self.score(h), axis=0)", "ops.softmax(self.score(h), axis=1)")
answer = CASE.mend(**CASE.functions(CODE))
