"""The pattern of a branch that went backwards and was not turned round."""

import numpy as np

FEWEST = 4  # outputs that show it
STRONG = 1e-3  # of the largest change: an edge that fades is none


def runs_backwards(heard):
    """A sentence with {out} and {into}, or None.

    Output t of such a branch hears the inputs from T - 1 - t on: what it hears begins one step
    earlier with each output. Beside a branch that runs forwards there is a gap between the two,
    which closes from both sides. A convolution around it widens what is heard by a constant.
    """
    if not heard.square or len(heard.poked) < len(heard.matrix):
        return None
    moved, steps = heard.moved, len(heard.matrix)
    strong = STRONG * heard.matrix.max()
    gaps = []
    for t in range(steps):
        silent = np.flatnonzero(~moved[:, t])
        if not len(silent):
            continue
        first, last = silent[0], silent[-1]
        if len(silent) != last - first + 1 or last == steps - 1:
            return None  # not one gap with something heard behind it
        gaps.append((t, first, last, heard.matrix[last + 1, t]))
    if len(gaps) < FEWEST or gaps[0][0] != 0:
        return None
    t, first, last, edge = map(np.array, zip(*gaps, strict=True))
    width = steps - 2 - last[0]  # by which what is around it widens what is heard
    falls = np.array_equal(last + t, np.full(len(t), last[0])) and np.all(edge >= strong)
    if not falls or not 0 <= width < steps // 2 or not np.array_equal(t, np.arange(len(t))):
        return None
    alone = not first.any()
    beside = np.array_equal(first - t, np.full(len(t), first[0]))
    if not (alone or beside):
        return None
    if alone and t[-1] < last[0]:
        return None
    what = "" if alone else ", beside what it hears up to its own time"
    return (
        "{out} hears {into} from the end: timestep 0 hears it from "
        f"{last[0] + 1} on, and each later one from one step earlier{what}. A branch went backwards "
        "and was not turned round, so that its outputs stand in the wrong order."
    )
