import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Stream by stream, with a small limit, in a list of lists."""

    def run(first):
        puzzle.reset(model)
        return np.asarray(model(first)), np.asarray(model(x))

    streams = range(x.shape[1])
    calm, heard = run(x), []
    for j in streams:
        poked = x.copy()
        poked[:, j] = poked[:, j] + 0.3
        now = run(poked)
        heard.append([])
        for i in streams:
            gaps = [np.abs(a[:, i] - b[:, i]).max() for a, b in zip(now, calm)]
            heard[j].append(bool(max(gaps) > 1e-6))
    puzzle.reset(model)
    return heard
