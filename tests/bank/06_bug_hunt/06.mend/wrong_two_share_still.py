# expect: streams_mixed
"""The first two streams share a layer still."""

import re

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("streams_share_state",) and "[rnn] * " in one.code
)

OWN = re.search(r"rnn = (.+)", CASE.code)[1]
CODE = re.sub(r"\[rnn\] \* (\w+)", rf"[rnn, rnn, *({OWN} for _ in range(2, \1))]", CASE.code)
answer = CASE.mend(**CASE.functions(CODE))
