"""Two faults, in no order."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

answer = CASE.name(set(CASE._planted))
