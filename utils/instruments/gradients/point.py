"""Differences of what a step descends, along lines from one point, against the gradients there."""

from dataclasses import dataclass

import numpy as np

from ..slopes import norm
from ..steps import Line, Steps

DELTAS = 10.0 ** -np.arange(1, 2.6, 0.5)
LINES = 3  # through each variable that is in doubt
ENOUGH = 2  # of them, which have to be off
SLIGHT = 0.02  # of a slope, below which two are not called different
CONSTANT = 0.02  # by which factors differ that are the same
JITTER = 1e-4  # of a loss, by which it may differ when asked again


@dataclass(frozen=True)
class Doubt:
    """A variable whose gradient is not the slope that was found, along several lines."""

    name: str
    size: int
    expected: tuple[float, ...]  # by the gradient
    found: tuple[float, ...]  # by differences
    still: bool  # whether these are all 0, to rounding

    @property
    def factor(self):
        """found / expected, if it is the same along all lines; None if not."""
        if not all(self.expected):
            return None
        return common(np.divide(self.found, self.expected)) if self.size > 1 else None


class Point:
    """Parameters, the gradients there, and lines from there."""

    def __init__(self, retraced, arrays):
        self.names, self.trial = retraced.names, retraced.trial
        first, self.gradient = retraced.at(arrays)
        again, _ = retraced.at(arrays)
        jitter = abs(first - again)
        self.why_not = ""  # in words, if nothing can be compared here
        if not np.isfinite([first, again, *(norm(g) for g in self.gradient)]).all():
            self.why_not = "the loss or a gradient is not finite."
        elif jitter > JITTER * abs(first):
            self.why_not = (
                "the same step gives another loss each time: it draws numbers whose seeds can't "
                "be held."
            )
        else:
            self.steps = Steps(_Beginning(retraced, arrays), self.gradient, DELTAS, jitter)
            if self.steps.rough:
                self.why_not = (
                    "the loss is rough: points near to each other differ as much as far ones."
                )

    def look(self):
        """A line through each variable -> those that are off, how many were looked at, how many
        of these are too flat to tell."""
        order, slopes = self._order(), {}

        def one():
            slopes[order[0]] = self._slope(order[0])

        looked_at = self.trial.affords(len(order), one)
        slopes |= {a: self._slope(a) for a in order[1:looked_at]}
        off = [a for a, slope in slopes.items() if _is_off(slope)]
        return off, looked_at, sum(slope.blunt for slope in slopes.values())

    def doubt(self, a):
        """What several lines through one variable say -> Doubt; None unless most are off."""
        slopes = [slope for slope in (self._slope(a) for _ in range(LINES)) if _is_off(slope)]
        if len(slopes) < ENOUGH:
            return None
        return Doubt(
            self.names[a],
            self.gradient[a].size,
            tuple(slope.expected for slope in slopes),
            tuple(slope.found for slope in slopes),
            all(abs(slope.found) <= slope.bound for slope in slopes),
        )

    def _order(self):
        """All variables, at random; first those whose gradients are 0, as if by mistake."""
        order = np.random.default_rng(0).permutation(len(self.gradient))
        return sorted(map(int, order), key=lambda a: bool(self.gradient[a].any()))

    def _slope(self, a):
        """The Slope along a new random line through one variable, mostly along its gradient.

        There a loss changes most, so that rounding hides least.
        """
        rng, gradient = self.steps.rng, self.gradient[a].ravel()
        largest = np.abs(gradient).max(initial=0)
        line = self.steps.through([a])
        if largest > 0:
            ways = gradient / largest
            aside = np.sqrt(np.mean(ways**2)) * rng.choice([-1, 1], gradient.size)
            shares = ways * rng.uniform(0.5, 1.5, gradient.size) + aside
            line = Line(((a, np.arange(gradient.size), shares),))
        return self.steps.slope(line, self.steps.along(line))


class _Beginning:
    """The retraced step, with parameters of one's own to begin from, as `Steps` asks for it."""

    def __init__(self, retraced, start):
        self.start, self.seen = start, retraced.seen
        self.loss_at = self.loss_near = retraced.loss_at
        self.loss_eps = self.gradient_eps = 0.0


def common(factors):
    """The factor that all have in common, or None."""
    factors = np.asarray(factors)
    centre = float(np.median(factors))
    return centre if np.all(np.abs(factors - centre) <= CONSTANT * abs(centre)) else None


def _is_off(slope):
    size = max(abs(slope.found), abs(slope.expected))
    return slope.off and slope.apart > SLIGHT * size
