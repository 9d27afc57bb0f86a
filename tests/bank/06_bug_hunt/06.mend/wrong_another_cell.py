# expect: order_matters
"""Another layer that runs along the batch."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("time_as_batch",) and "GRU" in one.code
)

CODE = CASE.code
CODE = CODE.replace("layers.GRU(", "layers.LSTM(")
answer = CASE.mend(**CASE.functions(CODE))
