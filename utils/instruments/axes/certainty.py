"""Is it cut off, or does it only fade? What fades is not called unheard."""

from itertools import pairwise

import numpy as np

STRONG = 1e-3  # of the largest change


def edge_is_sharp(heard, silent):
    """Whether the change drops from something large to nothing at the edge of what is unheard."""
    silent = set(silent)
    for one in heard:
        strongest = np.nan_to_num(one.matrix).max(axis=1)
        order = [int(i) for i in one.poked]
        edges = [
            max(strongest[i], strongest[j])  # of the one that is heard
            for i, j in pairwise(order)
            if (i in silent) != (j in silent)
        ]
        if edges and min(edges) < STRONG * strongest.max():
            return False
    return True


def reach_is_sharp(heard):
    """Whether what is heard farthest back is heard well, so that its end is a window's."""
    i, t = np.nonzero(heard.moved)
    farthest = heard.matrix[i, t][t - i == (t - i).max()]
    return bool(farthest.max() >= STRONG * np.nanmax(heard.matrix))


def cut_off(looked, heard, pairs):
    """Whether output t does not hear input i, for pairs (i, t), whatever the weights.

    t is None: no output hears it at all. Of many pairs three are tried. None: no time to find out.
    """
    side, out = looked.inputs[heard.into], looked.answers[heard.out]
    for i, t in {pairs[0], pairs[len(pairs) // 2], pairs[-1]}:
        place = (heard.into, (*[slice(None)] * side.time, i))

        def changed(asker, turn, last, place=place):
            return asker.changed([place], turn, by_row=True, last=last)

        def watch(moved, t=t):
            if t is None:
                return any(change.any() for change in moved)
            return np.take(moved[heard.out], t, out.time).any()

        moves = looked.otherwise.moves(looked.otherwise.any_way(), changed, watch)
        if moves or moves is None:
            return None if moves is None else False
    return True


def is_padding(looked, a, step):
    """Whether all rows hold one and the same value at a timestep."""
    side, array = looked.inputs[a], looked.batch.arrays[a]
    values = np.take(array, step, side.time)
    return len(array) > 1 and bool(np.all(values == values.flat[0]))
