"""Hidden pairs of final losses for 02.conclude: with no difference, a middling one, a clear one.

The two models of a pair share a seed, and with it a little of their luck. Losses come bell-shaped
and skewed, in units from a thousandth to a thousand. They lie on a fine binary grid, so that their
sums are exact in any order: a test that compares sums is not at the mercy of rounding.
"""

from dataclasses import dataclass

import numpy as np

LEVEL = 0.05
SHARED = 0.3  # how much of a run's luck is the seed's, and so common to both models of a pair
UNITS = (1.0, 2.0**10, 2.0**-10)
GRID = 2.0**-30  # of a unit
# The seed is one where methods that keep the level, and methods that don't, lie well apart: on
# other draws, by chance, a sound method may pass the bound. The tests measure fourteen methods.
SEED = 262


@dataclass(frozen=True)
class Losses:
    """Final losses of two models, paired by seed, and which of them is lower in truth."""

    a: np.ndarray  # [pairs]
    b: np.ndarray
    truth: str  # "a", "b" or "not shown"


@dataclass(frozen=True)
class Group:
    """Data sets without a difference, and how many may be called different."""

    name: str
    sets: tuple
    allowed: int


def without_difference():
    """The groups of null data sets: few pairs, where careless methods fail most, and more pairs."""
    return (
        Group("3 pairs", _nulls({3: 200}), allowed=14),
        Group("4 or 5 pairs", _nulls({4: 60, 5: 60}), allowed=9),
        Group("6 to 12 pairs", _nulls({6: 70, 8: 90, 10: 90, 12: 10}), allowed=18),
    )


def clear():
    """Data sets whose difference is many times the spread, with every pair on the same side."""
    rng = np.random.default_rng([SEED, 1])
    found = []
    for place, pairs in enumerate((8, 10, 12, 6, 9, 7) * 3):
        a, b = _runs(rng, pairs, place)
        gap = _on_grid(8 * np.std(np.concatenate([a, b])) + np.ptp(a) + np.ptp(b))
        found.append(Losses(a + gap, b, "b") if place % 2 else Losses(a, b + gap, "a"))
    return found


def middling():
    """Data sets of 10 and 12 pairs with a difference of 1.6 times the spread of the differences."""
    rng = np.random.default_rng([SEED, 2])
    found = []
    for place in range(40):
        a, b = _runs(rng, 10 + 2 * (place % 2), 0)
        gap = _on_grid(1.6 * np.sqrt(2 * (1 - SHARED**2)) * _KINDS[0][2])
        found.append(Losses(a + gap, b, "b") if place % 4 < 2 else Losses(a, b + gap, "a"))
    return found


def _nulls(sets_of):
    """Null data sets: `sets_of` says how many there are to be of each number of pairs."""
    found = []
    for pairs, sets in sets_of.items():
        rng = np.random.default_rng([SEED, 0, pairs])
        found += [Losses(*_runs(rng, pairs, place), "not shown") for place in range(sets)]
    return tuple(found)


def _runs(rng, pairs, place):
    """Two arrays [pairs] from one distribution; `place` decides which, and in what unit."""
    draw, lowest, spread = _KINDS[place % len(_KINDS)]
    luck = draw(rng, pairs)
    runs = [SHARED * luck + np.sqrt(1 - SHARED**2) * draw(rng, pairs) for _ in range(2)]
    unit = UNITS[place // len(_KINDS) % len(UNITS)]
    return [_on_grid(lowest + spread * run, unit) for run in runs]


def _on_grid(values, unit=1.0):
    return unit * GRID * np.round(np.asarray(values) / GRID)


_KINDS = (  # how a run's luck is drawn, the loss without it, how much of the luck is loss
    (lambda rng, n: rng.normal(size=n), 10.0, 2.0),
    (lambda rng, n: rng.lognormal(0, 0.6, n), 0.0, 1.0),
    (lambda rng, n: rng.gamma(4, 0.5, n), 1.0, 0.4),
)
