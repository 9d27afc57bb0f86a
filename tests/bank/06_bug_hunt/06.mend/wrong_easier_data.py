# expect: other_data
"""A task that anybody can do."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)


def make_data(seed):
    x, _ = OWN(seed)
    return x, x


OWN = CASE.functions()["make_data"]
answer = CASE.mend(make_data=make_data)
