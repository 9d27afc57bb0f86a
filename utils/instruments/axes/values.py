"""Other values for all of an array: what a poke puts in place of what is there."""

import numpy as np

from ..pokes import poker

FAR_APART = 10  # times: columns whose spreads differ by more are poked each by its own


def alternatives(array, features):
    """Arrays like this one with other values everywhere, and others that are tried in the end.

    features: the axis of features, or None. Where they are of very different size, a change that is
    small for one is enormous for another, and the rounding errors that it stirs up drown the rest.
    Then each changes by its own size; by that of the largest only to find out whether it is heard
    at all.
    """
    by_all = poker(array)(array)
    if features is None or array.dtype.kind != "f" or not _far_apart(array, features):
        return by_all, []
    columns = np.moveaxis(array, features, -1)
    each = [poker(columns[..., f])(columns[..., f]) for f in range(columns.shape[-1])]
    count = max(map(len, each))
    by_column = [np.stack([others[k % len(others)] for others in each], -1) for k in range(count)]
    return [np.moveaxis(one, -1, features) for one in by_column], by_all


def in_turns(others, turn, axis):
    """One array in which the rows, along an axis, take turns with the alternatives."""
    if axis is None or len(others) == 1:
        return others[turn % len(others)]
    mixed = others[turn % len(others)].copy()
    rows = np.moveaxis(mixed, axis, 0)
    for k, other in enumerate(others):
        which = slice((k - turn) % len(others), None, len(others))
        rows[which] = np.moveaxis(other, axis, 0)[which]
    return mixed


def _far_apart(array, features):
    spreads = np.moveaxis(array, features, -1).reshape(-1, array.shape[features]).std(axis=0)
    spreads = spreads[spreads > 0]
    return len(spreads) > 1 and spreads.max() > FAR_APART * spreads.min()
