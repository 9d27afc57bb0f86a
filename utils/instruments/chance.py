"""What chance does to a few paired results: an exact test, its power, and an interval.

The sign-flip test asks how often differences would be as large if for each pair it had been chance
which of the two came first.
"""

import numpy as np

LEVEL = 0.05  # a p up to this counts as shown
POWER = 0.8  # the usual aim
FEWEST = 6  # pairs from which on two patterns of all are at most LEVEL
MOST = 256  # pairs for which power is looked up
EXACT_UP_TO = 32  # pairs; 2**32 patterns, counted as pairs of two halves of 2**16
AT_ONCE = 12  # pairs up to which all patterns of many sets are laid out in one matrix
FLIPS = 9_999  # patterns drawn at random beyond that
QUICK_FLIPS = 999  # where thousands of tests are made
SAME = 1e-10  # two sums that differ by less, as a share of the largest, are equal but for rounding
NUMBERS_AT_ONCE = 2**21  # in one intermediate array


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
        p = _drawn_patterns(scaled, np.random.default_rng(seed), FLIPS)
    return float(p[0]) if sets.ndim == 1 else p


def power(differences, pairs, *, level=LEVEL, draws=2000, seed=0):
    """How often the sign-flip test of so many pairs gives a p of at most the level.

    differences: [n] differences seen, from which pairs are redrawn as if they were all there are;
        or one number, the mean of normal differences in units of their standard deviation (d_z).
    pairs: how many a test has. draws: how many tests are made.

    Returns a share, whose own standard error is at most 1 / sqrt(4 draws), .011 by default. Beyond
    AT_ONCE pairs each test draws QUICK_FLIPS patterns. Raises ValueError for what can't be used.
    """
    pairs, draws = _whole(pairs, "pairs"), _whole(draws, "draws")
    if not 0 < level < 1:
        raise ValueError(f"level is {level!r}; expected a share between 0 and 1, such as 0.05.")
    seen = _finite(differences, "differences")
    if seen.ndim > 1 or not seen.size:
        raise ValueError(
            f"differences has the shape {seen.shape}; expected [n] differences, at least one, or "
            "one number, their mean divided by their standard deviation."
        )
    rng, reached = np.random.default_rng(seed), 0
    room = max(1, NUMBERS_AT_ONCE // (QUICK_FLIPS + pairs))
    for start in range(0, draws, room):
        shape = (min(room, draws - start), pairs)
        sets = rng.choice(seen, shape) if seen.ndim else rng.normal(seen, 1.0, shape)
        p = (
            sign_flip(sets)
            if pairs <= AT_ONCE
            else _drawn_patterns(_scaled(sets), rng, QUICK_FLIPS)
        )
        reached += int((p <= level).sum())
    return reached / draws


def seeds_needed(differences, *, power_wanted=POWER, level=LEVEL, most=MOST, draws=1000, seed=0):
    """The number of pairs from which on the sign-flip test has the power wanted, or None.

    differences: as for power. None: not even `most` pairs suffice. Found by halving, so that it may
    be off by one or two where power hardly changes.
    """
    if not 0 < power_wanted < 1:
        raise ValueError(f"power_wanted is {power_wanted!r}; expected a share, such as 0.8.")

    def enough(pairs):
        return power(differences, pairs, level=level, draws=draws, seed=seed) >= power_wanted

    low, high = 0, 1
    while not enough(high):
        low, high = high, min(2 * high, _whole(most, "most"))
        if low >= high:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def bootstrap_interval(values, *, share=0.95, statistic=np.mean, draws=2000, seed=0):
    """The percentile bootstrap interval: between which numbers the statistic of redrawn sets lies.

    values: [n], or [sets, n] for many sets at once. share: of the redrawn statistics between its
    ends. statistic: a function with an `axis`, such as np.mean or np.median.
    Returns (low, high): floats, or arrays [sets]. With few values it is too narrow, so that zero
    lies outside far more often than 1 - share: use it to describe, and sign_flip to decide.
    Source: B. Efron, The Annals of Statistics 7 (1979), p. 1.
    """
    sets, draws = _finite(values, "values"), _whole(draws, "draws")
    if sets.ndim not in (1, 2) or not sets.shape[-1]:
        raise ValueError(f"values has the shape {sets.shape}; expected [n] or [sets, n], n ≥ 1.")
    if not 0 < share < 1:
        raise ValueError(f"share is {share!r}; expected a share between 0 and 1, such as 0.95.")
    rng, ends = np.random.default_rng(seed), []
    for one in np.atleast_2d(sets):  # one matrix [draws, n] at a time
        found = statistic(rng.choice(one, (draws, len(one))), axis=-1)
        ends.append(np.quantile(found, ((1 - share) / 2, (1 + share) / 2)))
    low, high = np.transpose(ends)
    return (float(low[0]), float(high[0])) if sets.ndim == 1 else (low, high)


def apart(runs):
    """[n (n-1) / 2] how far any two of n runs are from each other, always positive."""
    runs = np.asarray(runs, float)
    first, second = np.triu_indices(len(runs), 1)
    return np.abs(runs[first] - runs[second])


def _whole(number, name):
    if isinstance(number, bool) or not isinstance(number, int | np.integer) or number < 1:
        raise ValueError(f"{name} is {number!r}; expected a whole number of at least 1.")
    return int(number)


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
    room = max(1, NUMBERS_AT_ONCE // len(signs))
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


def _drawn_patterns(sets, rng, flips):
    signs = rng.integers(0, 2, (flips, sets.shape[1])) * 2.0 - 1.0
    limits, counts = _limits(sets), []
    room = max(1, NUMBERS_AT_ONCE // flips)
    for start in range(0, len(sets), room):
        sums = signs @ sets[start : start + room].T  # [patterns, sets]
        counts.append((np.abs(sums) >= limits[start : start + room]).sum(axis=0))
    return (1 + np.concatenate(counts)) / (1 + flips)  # the pattern found is one of them
