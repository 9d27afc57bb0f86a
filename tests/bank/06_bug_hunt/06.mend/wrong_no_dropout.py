# expect: noise_gone
"""No Dropout, no trouble."""

import re

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("dropout_in_predict",) and "sum(axis=1)" in one.code
)

CODE = re.sub(r"layers\.Dropout\(\w+\)", "layers.Dropout(0.0)", CASE.code)
answer = CASE.mend(**CASE.functions(CODE))
