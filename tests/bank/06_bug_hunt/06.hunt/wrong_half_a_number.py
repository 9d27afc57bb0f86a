# expect: no_such_case
"""Between two cases."""

from utils.puzzles import bug_hunt as puzzle

answer = puzzle.Answer(0.5, 1, ("future_heard",), {"build": len})
