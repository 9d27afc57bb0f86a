# expect: this_chunk_only
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Looks at the next chunk, after a reset."""

    def run(first):
        outputs = []
        for chunk in (first, x):
            puzzle.reset(model)
            outputs.append(model(chunk))
        return np.stack(outputs)

    calm, heard = run(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((run(poked) != calm).any(axis=(0, 1, 3, 4)))
    puzzle.reset(model)
    return np.array(heard)
