# expect: cause_not_yet
"""Mended for another reason."""

import re

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("padding_in_loss",))

REAL = "keras.ops.cast(x > 0, each.dtype)"
MEAN = f"keras.ops.sum(each * {REAL}) / keras.ops.sum({REAL})"
CODE = re.sub(r"\w+\.(reduce_)?mean\(each\)", MEAN, CASE.code)
answer = CASE.answer("off_by_one", **CASE.functions(CODE))
