# expect: varies
"""The flag has moved from the layer to the question."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("dropout_in_predict",) and "sum(axis=1)" in one.code
)


def predict(model, x):
    return model(x, training=True)


CODE = CASE.code.replace(", training=True)", ")")
answer = CASE.mend(**CASE.functions(CODE) | {"predict": predict})
