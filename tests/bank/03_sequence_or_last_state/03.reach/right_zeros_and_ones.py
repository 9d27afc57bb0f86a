import numpy as np


def answer(moved, delay, sine):
    """1 for yes and 0 for no."""
    padded = np.vstack([np.zeros((delay, len(moved)), int), moved.astype(int)])
    own = np.array([padded[t, t] for t in range(len(moved))])
    enough = (moved.astype(int).sum(axis=0) >= 3).astype(int)
    return np.maximum(own, enough) if sine else own
