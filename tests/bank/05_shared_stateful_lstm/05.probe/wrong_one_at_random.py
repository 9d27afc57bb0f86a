# expect: unsteady
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Right for a while."""

    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])

    answer.calls = getattr(answer, "calls", 0) + 1
    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((two_chunks(poked) != calm).any(axis=(0, 1, 3, 4)))
    puzzle.reset(model)
    return np.array(heard) ^ (answer.calls > 12)
