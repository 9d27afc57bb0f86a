# expect: losses
"""The history as Keras gives it."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(
    one
    for one in map(puzzle.case, range(200))
    if one._planted == ("future_heard",) and 'padding="same"' in one.code
)

CODE = CASE.code
CODE = CODE.replace('padding="same"', 'padding="causal"')
answer = CASE.mend(**CASE.functions(CODE))


def train(model, x, y):
    model.compile("adam", "mse")
    return model.fit(x, y, epochs=1, verbose=0).history


answer.functions["train"] = train
