# expect: unsteady
import numpy as np


def answer(x, window):
    causal = [x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]
    return np.array(causal) + np.random.normal(size=len(x))
