"""How far an answer has moved, and how far it moves without a poke: by rounding, or by noise."""

import numpy as np

REPEATS = 3  # answers to one and the same input, to see whether they differ
NOISY_REPEATS = 30  # when they do differ
BEYOND_NOISE = 3  # times the largest difference among those: for normal noise, more than 5 sigma
ROUNDING = 8  # units in the last place
MEASURED = 32  # times the rounding errors that were measured: a poke stirs them up more
SHAKES = 3  # measurements of them at each of two points; in one of them an error may be 0


def difference(before, after):
    """How far each number has moved, exactly for whole numbers; infinite if it is now no number."""
    if before.dtype == after.dtype and before.dtype.kind in "biu":
        low, high = np.minimum(before, after), np.maximum(before, after)
        return (high.astype(np.uint64) - low.astype(np.uint64)).astype(float)  # modulo 2**64
    wide = np.result_type(before, after, np.float64)
    with np.errstate(invalid="ignore", over="ignore"):  # infinite - infinite
        moved = np.abs(after.astype(wide) - before.astype(wide))
    return np.where(np.isnan(moved), np.inf, moved)


def own_changes(ask, x, elsewhere):
    """For each number of the answer the change that means nothing, and whether it was steady.

    ask: from questions and their names to pairs of answers, to x and to the question. x: a list of
    arrays, as is elsewhere, which is x with everything poked at once.
    """

    def answers(questions):
        return list(ask(questions, ["for x as it is, or nearly"] * len(questions)))

    pairs = answers([x] * REPEATS)
    base, noise = pairs[0][0], _largest(pairs)
    if all(np.all(n <= limit) for n, limit in zip(noise, _of_largest(base), strict=True)):
        return _rounding(answers, x, elsewhere, base), True
    noise = [BEYOND_NOISE * n for n in _largest(answers([x] * NOISY_REPEATS))]
    return [np.maximum(*both) for both in zip(noise, _of_largest(base), strict=True)], False


def _rounding(ask, x, elsewhere, base):
    """What each number of the answer may move by when nothing that it depends on was poked.

    Often that is nothing: the same operations on the same numbers give the same bits. But one may
    be computed through others, as a moving average is through running sums, and then it moves by
    their rounding errors, whatever its own size. These are measured: from f(p) - 2 f(p+d) + f(p+2d)
    with a small d the influence of the input drops out, and rounding errors stay. A jump at p would
    look like an enormous one: beyond half of the digits it is not believed. Where nothing can be
    measured, the largest number of the same array stands for those that this one comes from.
    """
    eps = max(map(_eps, [*x, *base]))
    rng = np.random.default_rng(0)
    points = [point for point in (x, elsewhere) if any(_eps(a) and a.any() for a in point)]
    if not points:  # codes and switches have no neighbours
        return _of_largest(base)
    questions = []
    for point in points:
        questions.append(point)
        for _ in range(SHAKES):
            # Away from zero, and a zero stays: int(2 - d) would be 1.
            d = [np.sqrt(eps) / 4 * rng.uniform(1, 2, a.shape) for a in point]
            questions += [_grown(point, d, 1), _grown(point, d, 2)]
    try:
        answers = [after for _, after in ask(questions)]
    except (RuntimeError, TypeError, ValueError):  # a model that takes certain numbers only
        return _of_largest(base)
    limits = []
    for y, *seen in zip(base, *answers, strict=True):
        size = np.abs([y, *seen])
        size = np.where(np.isfinite(size), size, 0.0)
        left = [
            _second(seen[p], seen[p + k], seen[p + k + 1])
            for p in range(0, len(seen), 1 + 2 * SHAKES)
            for k in range(1, 2 * SHAKES, 2)
        ]
        own, half = ROUNDING * _eps(y) * size.max(axis=0), np.sqrt(eps) * size.max(initial=0)
        measured = np.minimum(MEASURED * np.max(left, axis=0), half) if _eps(y) else 0.0
        limits.append(np.maximum(own, measured))
    return limits


def _grown(arrays, d, times):
    with np.errstate(over="ignore"):
        return [
            (a * (1 + times * share)).astype(a.dtype) if _eps(a) else a
            for a, share in zip(arrays, d, strict=True)
        ]


def _second(*three):
    """|first - 2 second + third|"""
    first, second, third = (np.asarray(y, np.result_type(y, np.float64)) for y in three)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.nan_to_num(np.abs(first - 2 * second + third), nan=0.0)


def _largest(pairs):
    """The largest difference of each number in pairs of answers."""
    differences = [list(map(difference, before, after)) for before, after in pairs]
    return [np.max(of_one, axis=0) for of_one in zip(*differences, strict=True)]


def _of_largest(answer):
    """The rounding errors to be expected of the largest number of each array, for all of it."""
    return [np.full(y.shape, ROUNDING * _eps(y) * np.abs(y).max(initial=0)) for y in answer]


def _eps(array):
    return float(np.finfo(array.dtype).eps) if array.dtype.kind in "fc" else 0.0
