# expect: only_itself
import numpy as np

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """What it was told in the lesson: a mended model is diagonal."""
    puzzle.reset(model)
    return np.eye(x.shape[1])
