# expect: poor
"""The other one of the two features."""

import re

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("feature_unheard",))

CODE = re.sub(r"\[[^\]]*:1\]", "[..., 1:2]", CASE.code)
answer = CASE.mend(**CASE.functions(CODE))
