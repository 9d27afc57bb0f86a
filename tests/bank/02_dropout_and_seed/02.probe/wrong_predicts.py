# expect: always_no
import numpy as np


def answer(model, x, y):
    """predict never drops."""
    return bool(np.any(model.predict_on_batch(x) != model.predict_on_batch(x)))
