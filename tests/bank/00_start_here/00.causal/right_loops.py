import numpy as np


def answer(x, window):
    result = np.zeros(len(x))
    for t in range(len(x)):
        total, count = 0.0, 0
        for back in range(window):
            if t - back >= 0:
                total += x[t - back]
                count += 1
        result[t] = total / count
    return result
