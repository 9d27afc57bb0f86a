# expect: no_such_case
"""A number that there is not."""

from utils.puzzles import bug_hunt as puzzle

answer = puzzle.Answer(-1, 1, None, {"build": len})
