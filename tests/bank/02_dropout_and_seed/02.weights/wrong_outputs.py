# expect: by_outputs
import numpy as np


def answer(a, b):
    """Compares what comes out."""
    x = np.random.default_rng(0).normal(size=(32, 6)).astype("float32")
    if a.count_params() != b.count_params():
        return False
    out_a, out_b = np.array(a(x)), np.array(b(x))
    return out_a.shape == out_b.shape and np.abs(out_a - out_b).max() < 1e-3
