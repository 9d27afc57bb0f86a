import numpy as np


def answer(model, x):
    """A list with an array for each step."""
    outputs = np.asarray(model.predict_on_batch(np.einsum("tbf->btf", x)))
    return [outputs[:, t] for t in range(len(x))]
