# expect: false_alarm
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Wherever there are as many rows as streams, the first axis is taken."""

    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])

    axis = 0 if x.shape[0] == x.shape[1] else 1
    others = tuple({0, 1, 2, 3, 4} - {axis + 1})
    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((two_chunks(poked) != calm).any(axis=others))
    puzzle.reset(model)
    return np.array(heard)
