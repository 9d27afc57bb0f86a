# expect: state_dropped
"""What is never kept need not be reset."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("state_not_reset",))

CODE = CASE.code
CODE = CODE.replace("initial_state=[self.h, self.c]", "initial_state=None")
answer = CASE.mend(**CASE.functions(CODE))
