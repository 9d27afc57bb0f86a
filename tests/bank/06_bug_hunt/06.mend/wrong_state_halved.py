# expect: state_left
"""Forgets the half of it."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("state_not_reset",))

CODE = CASE.code
CODE = CODE.replace(
    "        self.h.assign(ops.zeros_like(self.h))\n",
    "        self.h.assign(ops.zeros_like(self.h))\n        self.c.assign(0.5 * self.c)\n",
)
answer = CASE.mend(**CASE.functions(CODE))
