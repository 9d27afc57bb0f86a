# expect: next_chunk_only
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """The first output is thrown away."""

    def run(first):
        puzzle.reset(model)
        model(first)
        return np.asarray(model(x))

    calm, heard = run(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((run(poked) != calm).any(axis=(0, 2, 3)))
    puzzle.reset(model)
    return np.array(heard)
