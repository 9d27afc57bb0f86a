# expect: no_such_case
"""A level that there is not."""

from utils.puzzles import bug_hunt as puzzle

answer = puzzle.Answer(3, 4, ("future_heard",), {})
