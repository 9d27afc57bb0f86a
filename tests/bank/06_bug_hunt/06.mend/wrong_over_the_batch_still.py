# expect: batch_matters
"""No softmax any more, and the same axis."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("samples_hear_each_other",) and "softmax" in one.code
)

CODE = CASE.code
CODE = CODE.replace(
    "ops.softmax(self.score(h), axis=0)",
    "ops.tanh(self.score(h) - ops.mean(self.score(h), axis=0))",
)
answer = CASE.mend(**CASE.functions(CODE))
