# expect: one_sided
import numpy as np

ONE_TAIL = {2: 2.92, 3: 2.353, 4: 2.132, 5: 2.015, 7: 1.895, 9: 1.833, 11: 1.796, 6: 1.943, 8: 1.86}


def answer(a, b):
    """The wrong column of the table of t."""
    d = a - b
    t = d.mean() / (d.std(ddof=1) / np.sqrt(len(d)))
    return "not shown" if abs(t) < ONE_TAIL[len(d) - 1] else ("a" if t < 0 else "b")
