# expect: everything
"""Both faults, and two more to be on the safe side."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

spare = [cause for cause in CASE.causes if cause not in CASE._planted]
answer = CASE.name(*CASE._planted, *spare[:2])
