"""Two faults, the other way round."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

one, other = CASE._planted
answer = CASE.name(other, one)
