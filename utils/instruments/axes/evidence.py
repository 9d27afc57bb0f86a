"""What the data prove: are the targets the input itself, some timesteps earlier or later?"""

from dataclasses import dataclass

import numpy as np

NATS = 25.0  # beyond the candidates that were tried: chance would agree once in e**25
MOST_PAIRS = 64  # of a feature of x and one of y
MOST_ROWS, MOST_STEPS = 64, 200  # that are compared, and by which they are shifted
FEWEST_STEPS = 3  # that overlap


@dataclass(frozen=True)
class Shift:
    """y[:, t] is x[:, t + ahead] wherever both exist, and at no other shift."""

    into: int
    out: int
    ahead: int  # negative: y repeats what was before
    feature: int | None  # of x; None: all of them
    turned: bool = False  # y[:, t] is x[:, T - 1 - t] instead


def shifts(inputs, arrays, answers, targets):
    """A Shift for each pair of an input and a target of which one repeats the other."""
    found = []
    if len(targets) != len(answers):  # it is not known which is whose
        return found
    for k, target in enumerate(targets):
        for a, (side, array) in enumerate(zip(inputs, arrays, strict=True)):
            if side.time is None or answers[k].time is None:
                continue
            shift = _shift(_rows_first(array, side), _rows_first(target, side), a, k)
            if shift is not None:
                found.append(shift)
    return found


def _rows_first(array, side):
    """[rows, timesteps, features] of an input or its targets."""
    if array.ndim < 2:
        return None
    if side.time == 0 and side.batch == 1:
        array = np.swapaxes(array, 0, 1)
    return array.reshape(*array.shape[:2], -1)


def _shift(x, y, a, k):
    if x is None or y is None or x.shape[:2] != y.shape[:2] or x.shape[1] <= FEWEST_STEPS:
        return None
    x, y = _as_codes(x[:MOST_ROWS], y[:MOST_ROWS])
    wide, of_y = x.shape[2], y.shape[2]
    pairs = [(f, u) for f in range(wide) for u in range(of_y)]
    if len(pairs) > MOST_PAIRS:
        pairs = [(f, f) for f in range(min(wide, of_y))]
    candidates = len(pairs) * 2 * x.shape[1]
    found = {}  # (ahead, turned) -> a feature of x
    for f, u in pairs:
        for key in _agreements(x[:, :, f], y[:, :, u], NATS + np.log(candidates)):
            found.setdefault(key, f)
    if len(found) == 2:  # np.roll puts at one end what it takes from the other
        near, far = sorted(found, key=lambda key: abs(key[0]))
        if abs(near[0] - far[0]) == x.shape[1] and abs(near[0]) < abs(far[0]):
            del found[far]
    if len(found) > 1 and all(ahead >= 1 for ahead, _ in found):  # several steps ahead at once
        found = {min(found): found[min(found)]}
    if len(found) != 1:  # none, or several: then it is not known which is meant
        return None
    (((ahead, turned), feature),) = found.items()
    return Shift(a, k, ahead, feature if wide > 1 else None, turned)


def _agreements(x, y, needed):
    """(ahead, turned) of each shift at which y [rows, timesteps] repeats x beyond all chance."""
    steps = x.shape[1]
    near = _near(x, y)
    alike = _alike(x, y, near)
    if not alike < 1:
        return
    enough = needed / -np.log(max(alike, 1e-6))
    farthest = min(steps - FEWEST_STEPS, MOST_STEPS)
    for ahead in range(-farthest, farthest + 1):
        of_x = x[:, max(0, ahead) : steps + min(0, ahead)]
        of_y = y[:, max(0, -ahead) : steps - max(0, ahead)]
        if of_x.size < enough or np.abs(of_x[0] - of_y[0]).max() > near:
            continue
        if (np.abs(of_x - of_y) <= near).all():
            yield ahead, False
    if x.size >= enough and (np.abs(x[:, ::-1] - y) <= near).all():
        yield 0, True


def _near(x, y):
    """Up to this, two numbers are the same."""
    eps = max(np.finfo(a.dtype).eps if a.dtype.kind == "f" else 0.0 for a in (x, y))
    return 4 * eps * max(np.abs(x).max(), np.abs(y).max())


def _alike(x, y, near):
    """How often a number of x and one of y, taken at random, are the same."""
    rng = np.random.default_rng(0)
    one, other = (rng.choice(np.ravel(a), 4000) for a in (x, y))
    return float(np.mean(np.abs(one - other) <= near))


def _as_codes(x, y):
    """Numbers against numbers: what is written one-hot on one side is counted on both."""
    x, y = (a.astype(np.float64) if a.dtype.kind in "biu" else a for a in (x, y))
    if x.shape[2] == 1 < y.shape[2] and _is_one_hot(y):
        return x, y.argmax(axis=2)[:, :, None].astype(float)
    if y.shape[2] == 1 < x.shape[2] and _is_one_hot(x):
        return x.argmax(axis=2)[:, :, None].astype(float), y
    return x, y


def _is_one_hot(a):
    return bool(((a == 0) | (a == 1)).all() and (a.sum(axis=2) == 1).all())
