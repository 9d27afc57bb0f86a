# expect: near
"""The loss does not mind the order of the targets."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("targets_unpaired",))

answer = CASE.name("broadcast_loss")
