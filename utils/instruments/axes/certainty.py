"""Is it cut off, or does it only fade? What fades is not called unheard."""

from itertools import pairwise

import numpy as np

STRONG = 1e-3  # of the largest change


def edge_is_sharp(heard, silent):
    """Whether the change drops from something large to nothing at the edge of what is unheard."""
    silent = set(silent)
    for one in heard:
        strongest = dict(zip(one.steps.tolist(), one.change.max(axis=1), strict=True))
        edges = [
            max(strongest[i], strongest[j])  # of the one that is heard
            for i, j in pairwise(strongest)
            if (i in silent) != (j in silent)
        ]
        if edges and min(edges) < STRONG * one.change.max():
            return False
    return True


def reach_is_sharp(heard):
    """Whether what is heard farthest back is heard well, so that its end is a window's."""
    i, t = heard.pairs
    farthest = heard.change[heard.moved][t - i == (t - i).max()]
    return bool(farthest.max() >= STRONG * heard.change.max())


def cut_off(looked, heard, steps, t=None):
    """Whether output t hears none of these inputs, whatever the weights; None: no time to find out.

    t is None: no output hears any of them.
    """
    side, out = looked.inputs[heard.into], looked.answers[heard.out]
    places = [(heard.into, (*[slice(None)] * side.time, i)) for i in steps]

    def watch(moved):
        if t is None:
            return any(change.any() for change in moved)
        return np.take(moved[heard.out], t, out.time).any()

    if t is None and any(looked.is_steep(*place) for place in places):  # by less than rounding
        return False
    others = looked.otherwise
    moves = others.moves(
        others.any_way(),
        lambda asker, turn, last: asker.changed(places, turn, by_row=True, last=last),
        watch,
    )
    return None if moves is None else not moves


def is_padding(looked, a, step):
    """Whether all rows hold one and the same value at a timestep."""
    side, array = looked.inputs[a], looked.batch.arrays[a]
    values = np.take(array, step, side.time)
    return len(array) > 1 and bool(np.all(values == values.flat[0]))
