"""Two faults, named and mended."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(0, level=3)

answer = CASE.answer(*CASE._planted, **CASE.functions(CASE._reference))
