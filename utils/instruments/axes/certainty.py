"""Is it cut off, or does it only fade? What fades is not called unheard."""

import numpy as np

from .otherwise import redrawn

STRONG = 1e-3  # of the largest change
REDRAWS = 2
ROUNDS = 8


def edge_is_sharp(heard, silent):
    """Whether the change drops from something large to nothing at the edge of what is unheard."""
    silent = set(silent)
    for one in heard:
        matrix = np.nan_to_num(one.matrix)
        strongest = matrix.max(axis=1)
        edges = [
            strongest[i]
            for i in one.poked
            if i not in silent
            and (_next(one.poked, i, 1) in silent or _next(one.poked, i, -1) in silent)
        ]
        if edges and min(edges) < STRONG * strongest.max(initial=0):
            return False
    return True


def reach_is_sharp(heard):
    """Whether what is heard farthest back is heard well, so that its end is a window's."""
    i, t = np.nonzero(heard.moved)
    farthest = heard.matrix[i, t][t - i == (t - i).max()]
    return bool(farthest.max() >= STRONG * np.nanmax(heard.matrix))


def cut_off(looked, heard, pairs):
    """Whether no output hears these inputs, pairs (i, t), with these weights or with others.

    t is None: no output at all.
    """
    side, out = looked.inputs[heard.into], looked.answers[heard.out]
    askers = [looked.asker]
    if looked.model is not None:
        askers += [
            looked.asker.with_calls(
                [redrawn(call, looked.model, seed) for call in looked.asker.calls]
            )
            for seed in range(REDRAWS)
        ]
    some = [pairs[k] for k in {0, len(pairs) // 2, len(pairs) - 1}]
    for asker in askers:
        for turn in range(max(ROUNDS, len(asker.calls))):
            for i, t in some:
                place = (heard.into, (*[slice(None)] * side.time, i))
                moved = asker.moved(
                    asker.changed([place], turn, by_row=True, last=turn >= ROUNDS // 2), turn
                )
                if moved is None:
                    continue
                if t is None:
                    if any(change.any() for change in moved):
                        return False
                elif np.take(moved[heard.out], t, out.time).any():
                    return False
    return True


def is_padding(looked, a, step):
    """Whether all rows hold one and the same value at a timestep."""
    side, array = looked.inputs[a], looked.batch.arrays[a]
    values = np.take(array, step, side.time)
    return len(array) > 1 and bool(np.all(values == values.flat[0]))


def _next(poked, i, way):
    """The next timestep that was poked, before or after this one."""
    at = np.flatnonzero(poked == i)[0] + way
    return poked[at] if 0 <= at < len(poked) else None
