"""What to poke with: other values for one place of an input, of its own kind and size."""

import numpy as np

SMALL = 0.1  # of the input's standard deviation


def other_values(old, array, poke=None):
    """Values to try in place of `old`, which is a part of `array`; `poke` may name them.

    Some models are blind to some pokes: an even function to a change of sign, a relu to anything
    below zero. So there are a small poke up and down, and the largest and the smallest value that
    occur. Whole numbers may be codes, so they stay among those that occur, and floats that are
    whole numbers stay within their range.
    """
    if poke is not None:
        return _named(poke(old.copy()), old)
    low, high = array.min(), array.max()
    if array.dtype == bool:
        candidates = [~old]
    elif np.issubdtype(array.dtype, np.integer):
        below, above = _neighbours(old, array)
        candidates = [below, above, np.full_like(old, low), np.full_like(old, high)]
    else:
        step = SMALL * (float(np.std(array)) or float(abs(array).max()) or 1.0)
        # Not the same for all, or the difference of two features would not notice.
        step = step * np.linspace(1, 1.5, old.size).reshape(old.shape)
        up, down = (old + step).astype(old.dtype), (old - step).astype(old.dtype)
        if low < high and np.all(array == np.round(array)):
            up, down = np.minimum(up, high), np.maximum(down, low)
        candidates = [up, down, np.full_like(old, low), np.full_like(old, high)]
    return _others(candidates, old)


def _neighbours(old, array):
    """The next smaller and the next larger number that occurs, or one less and one more."""
    occurring = np.unique(array)
    if len(occurring) == 1:
        limits = np.iinfo(array.dtype)
        return np.maximum(old, limits.min + 1) - 1, np.minimum(old, limits.max - 1) + 1
    at = np.searchsorted(occurring, old)
    last = len(occurring) - 1
    return occurring[np.maximum(at - 1, 0)], occurring[np.minimum(at + 1, last)]


def _others(candidates, old):
    """Without those that change nothing, and without repetitions."""
    different = []
    for value in candidates:
        if not any(np.array_equal(value, known) for known in [old, *different]):
            different.append(value)
    return different


def _named(values, old):
    """What a caller's own poke returned, as a list of arrays like `old`."""
    values = values if isinstance(values, list) else [values]
    for value in values:
        if np.shape(value) != old.shape:
            raise ValueError(
                f"poke returned values of shape {np.shape(value)} in place of {old.shape}; "
                "expected the same shape, or a list of such values."
            )
    values = [np.asarray(value, old.dtype) for value in values]
    if not _others(values, old):
        raise ValueError(f"poke left {old.tolist()} as it is; a poke has to change the value.")
    return _others(values, old)
