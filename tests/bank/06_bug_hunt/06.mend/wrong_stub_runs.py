# expect: unanswered
"""A function that is not written yet."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def build():
    """The stub, called."""
    return ...


answer = CASE.mend(build=build)
