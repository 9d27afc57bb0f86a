# expect: unknown_cause
"""Nearly a key."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("broadcast_loss",))

answer = CASE.name("broadcasted_los")
