# expect: identical
import numpy as np

T = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365}
T |= {8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201}


def answer(a, b):
    """A t-test whose last branch catches 0/0."""
    d = a - b
    with np.errstate(all="ignore"):
        t = d.mean() / (d.std(ddof=1) / np.sqrt(len(d)))
    if abs(t) < T[len(d) - 1]:
        return "not shown"
    return "a" if t < 0 else "b"
