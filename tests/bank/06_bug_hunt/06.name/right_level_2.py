"""Among things that look suspicious; with blanks around it."""

from utils.puzzles import bug_hunt as puzzle

CASE = puzzle.case(5, level=2)

(cause,) = CASE._planted
answer = CASE.name(f" {cause} ")
