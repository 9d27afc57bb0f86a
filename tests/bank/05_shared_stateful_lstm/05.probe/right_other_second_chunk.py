import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """The chunk after it is another one, twice as long; zeros and ones are returned."""
    after = np.concatenate([x, -x], axis=2)
    heard = np.zeros([x.shape[1]] * 2, int)
    for j in range(len(heard)):
        answers = []
        for amount in (0, 2):
            puzzle.reset(model)
            poked = x.copy()
            poked[:, j] += amount
            answers.append([np.array(model(poked)), np.array(model(after))])
        for a, b in zip(*answers):
            heard[j] |= np.any(a != b, axis=(0, 2, 3))
    puzzle.reset(model)
    return heard
