# expect: one_feature
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Pokes one number of each step."""

    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])

    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j, :, 0] += 1
        heard.append((two_chunks(poked) != calm).any(axis=(0, 1, 3, 4)))
    puzzle.reset(model)
    return np.array(heard)
