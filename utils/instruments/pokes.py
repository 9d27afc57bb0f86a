"""What to poke with: other values for one place of an input, of its own kind and size."""

import numpy as np

SMALL = 0.1  # of the input's standard deviation


def poker(array, poke=None):
    """A function from the values at one place of `array` to a list of others to try there.

    Some models are blind to some pokes: an even function to a change of sign, a relu to anything
    below zero. So there are a small poke up and down, and the largest and the smallest value that
    occur. Where nothing else occurs there are 0 and 1, and twice the value unless it is a 1, for
    the models that wait for a large step. Whole numbers may be codes, so they stay among those that
    occur, and floats that are whole numbers stay within their range. `poke` names others instead.
    """
    if poke is not None:
        return lambda old: _named(poke(old.copy()), old)
    if array.dtype == bool:
        return lambda old: [~old]
    around = _codes(array) if array.dtype.kind in "iu" else _sizes(array)
    low, high = array.min(), array.max()
    far = [low, high]
    if low == high and array.dtype.kind in "fc":
        far += [0, 1] if low in (0, 1) else [0, 1, 2 * low]

    def others(old):
        return _others([*around(old), *(np.full_like(old, value) for value in far)], old)

    return others


def _sizes(array):
    """A little more and a little less, for numbers that stand for a size."""
    step = SMALL * (float(np.std(array)) or float(abs(array).max()) or 1.0)
    low, high = array.min(), array.max()
    whole = low < high and bool(np.all(array == np.round(array)))

    def around(old):
        # Not the same for all features, or their difference would not notice.
        steps = step * np.linspace(1, 1.5, old.size).reshape(old.shape)
        up, down = (old + steps).astype(old.dtype), (old - steps).astype(old.dtype)
        return (np.minimum(up, high), np.maximum(down, low)) if whole else (up, down)

    return around


def _codes(array):
    """The next smaller and the next larger number that occurs; if one only, one less, one more."""
    occurring, limits = np.unique(array), np.iinfo(array.dtype)

    def around(old):
        if len(occurring) == 1:
            return np.maximum(old, limits.min + 1) - 1, np.minimum(old, limits.max - 1) + 1
        at = np.searchsorted(occurring, old)
        last = len(occurring) - 1
        return occurring[np.maximum(at - 1, 0)], occurring[np.minimum(at + 1, last)]

    return around


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
        if np.asarray(value).dtype.kind not in "biufc":
            raise ValueError(f"poke returned {value!r}; expected numbers.")
    returned = [np.asarray(value).tolist() for value in values]
    try:
        different = _others([np.asarray(value, old.dtype) for value in values], old)
    except OverflowError:
        raise ValueError(f"poke returned {returned}, too large for {old.dtype}.") from None
    if not different:
        raise ValueError(
            f"poke left {old.tolist()} as it is: its {returned} is the same as {old.dtype}, "
            "which is what x holds; a poke has to change the value."
        )
    return different
