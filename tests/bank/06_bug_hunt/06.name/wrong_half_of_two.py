# expect: one_missing
"""One of two faults."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

answer = CASE.name(CASE._planted[0])
