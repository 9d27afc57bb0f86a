# expect: changed_model
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Watches the loss of one step of training instead."""
    heard = []
    model.compile("sgd", "mse", run_eagerly=True)
    for j in range(x.shape[1]):
        puzzle.reset(model)
        poked = x.copy()
        poked[:, j] += 1
        before = np.asarray(model(x))
        model.train_on_batch(poked, 0 * before + 1)
        heard.append((np.asarray(model(x)) != before).any(axis=(0, 2, 3)))
    puzzle.reset(model)
    return np.array(heard)
