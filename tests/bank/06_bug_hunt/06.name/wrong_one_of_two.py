# expect: half_right
"""One of two faults, and one that is none."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

spare = [cause for cause in CASE.causes if cause not in CASE._planted]
answer = CASE.name(CASE._planted[1], spare[0])
