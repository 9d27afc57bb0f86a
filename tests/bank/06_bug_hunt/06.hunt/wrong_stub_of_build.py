# expect: unanswered
"""Named, and not mended yet."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def build():
    return ...


answer = CASE.answer("future_heard", build=build)
