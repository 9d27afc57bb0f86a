"""Is a difference between two models larger than that between two runs of the same one?

Results are paired by seed. The test is exact: it asks how often the differences would be as large
if for each seed it had been chance which of the two models came first.
"""

import numpy as np

LEVEL = 0.05  # a p up to this counts as shown
EXACT_UP_TO = 32  # pairs; 2**32 patterns, counted as pairs of two halves of 2**16
AT_ONCE = 12  # pairs up to which all patterns of many sets are laid out in one matrix
FLIPS = 9_999  # patterns drawn at random beyond that
SAME = 1e-10  # two sums that differ by less, as a share of the largest, are equal but for rounding


def sign_flip(differences, seed=0):
    """The p of the two-sided sign-flip test: is the mean of paired differences zero?

    differences: [pairs], or [sets, pairs] for many tests at once; finite numbers. Of all 2**pairs
    ways to give them signs, the share whose sum is at least as far from zero as the one found: a
    float, or [sets] of them. It cannot be below 2 / 2**pairs, which is more than .05 up to 5 pairs.
    Exact up to EXACT_UP_TO pairs. Beyond that FLIPS of the ways are drawn with the seed.

    Raises ValueError for no difference at all and for what is no finite number.
    Source: R. A. Fisher, The Design of Experiments (1935), section 21.
    """
    sets = _finite(differences, "differences")
    if sets.ndim not in (1, 2) or not sets.shape[-1]:
        raise ValueError(
            f"differences has the shape {sets.shape}; expected one difference a pair, [pairs], or "
            "[sets, pairs], and at least one pair."
        )
    scaled = _scaled(np.atleast_2d(sets))
    if sets.shape[-1] <= AT_ONCE:
        p = _all_patterns(scaled)
    elif sets.shape[-1] <= EXACT_UP_TO:
        p = np.array([_two_halves(one) for one in scaled])
    else:
        p = _drawn_patterns(scaled, seed)
    return float(p[0]) if sets.ndim == 1 else p


def _finite(values, name):
    """The values as floats; a sentence if they are no finite numbers."""
    try:
        array = np.asarray(values)
        if array.dtype.kind in "cOUSM" and array.size:
            raise ValueError
        array = array.astype(float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {values!r}; expected numbers.") from None
    if lost := int((~np.isfinite(array)).sum()):
        raise ValueError(
            f"{name} holds {lost} value{'s' if lost > 1 else ''} that {'are' if lost > 1 else 'is'}"
            " NaN or infinite. A run that diverged has no loss to compare; count such runs by "
            "themselves."
        )
    return array


def _scaled(sets):
    """[sets, pairs] with the largest between 1/2 and 1: no sum overflows; whole numbers stay so."""
    _, exponents = np.frexp(np.abs(sets).max(axis=1, keepdims=True))
    return np.ldexp(sets, -exponents)


def _limits(sets):
    """[sets] what a sum must reach to be as far from zero as the one found."""
    return np.abs(sets.sum(axis=1)) - SAME * np.abs(sets).sum(axis=1)


def _signs(n):
    """[2**n, n] of +1 and -1: every pattern once."""
    return 1.0 - 2.0 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)


def _all_patterns(sets):
    signs = _signs(sets.shape[1] - 1)  # the last sign stays: the other half mirrors this one
    limits, shares = _limits(sets), []
    room = max(1, 2**22 // len(signs))  # sets in one matrix of 32 MiB
    for start in range(0, len(sets), room):
        some = sets[start : start + room]
        sums = signs @ some[:, :-1].T + some[:, -1]  # [patterns, sets]
        shares.append((np.abs(sums) >= limits[start : start + room]).mean(axis=0))
    return np.concatenate(shares)


def _two_halves(differences):
    """The same for one set, from the sums of two halves: 2**(n/2) numbers in place of 2**n."""
    half = len(differences) // 2
    one = _signs(half) @ differences[:half]
    other = np.sort(_signs(len(differences) - half) @ differences[half:])
    limit = _limits(differences[None])[0]
    if limit <= 0:
        return 1.0
    above = len(other) - np.searchsorted(other, limit - one, side="left")
    below = np.searchsorted(other, -limit - one, side="right")
    return float((above.sum() + below.sum()) / (len(one) * len(other)))


def _drawn_patterns(sets, seed):
    rng = np.random.default_rng(seed)
    signs = rng.integers(0, 2, (FLIPS, sets.shape[1])) * 2.0 - 1.0
    limits = _limits(sets)
    counts = [(np.abs(signs @ one) >= limit).sum() for one, limit in zip(sets, limits, strict=True)]
    return (1 + np.array(counts)) / (1 + FLIPS)  # the pattern found is one of them
