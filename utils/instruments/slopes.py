"""How steep a loss is along a direction, by central differences, and how far that can be trusted.

The error of a difference has two parts. What is cut off the series shrinks with the step: it shows
as the change from one step to the next smaller one. The loss's own rounding grows as 1 / step: it
is measured, since a function may compute in float32 whatever it returns (Moré and Wild, Estimating
Computational Noise, SIAM J. Sci. Comput. 33, 2011).
"""

from dataclasses import dataclass
from math import comb

import numpy as np

ORDER = 6  # of the differences that leave nothing of a smooth function but its rounding errors
POINTS = 9
RAYS = 3
DEVIATIONS = 8  # of the rounding error, beyond which a difference of two losses is none
STEADY = 0.8  # a gap between the two sides that shrinks no more than that with the step is a kink
JUMPS = 2.0  # and one that grows like this is a jump


@dataclass(frozen=True)
class Slope:
    """The slope along one direction, against what the gradient says it is."""

    expected: float  # by the gradient
    found: float  # by the difference that can be trusted most; NaN: none can
    bound: float  # how far that may be off, by truncation and round-off
    delta: float  # the step it was found with
    kind: str  # "smooth", "kink" or "jump"
    slack: float = 0.0  # at a kink, any slope between those of the two sides will do

    @property
    def apart(self):
        """How far the gradient is from what was found."""
        return abs(self.found - self.expected)

    @property
    def off(self):
        """Whether the gradient is not what was found, beyond doubt."""
        return self.apart > self.bound + self.slack

    @property
    def blunt(self):
        """Whether an error of a hundredth could not be seen."""
        return not self.bound <= max(abs(self.found), abs(self.expected)) / 100

    @property
    def on_edge(self):
        """Whether there is no one slope here that the gradient could be compared with."""
        return self.kind != "smooth" and not self.off and self.apart > self.bound


def precision(values):
    """The eps of the numbers that these came from: of float32, say, if none needs more digits."""
    mantissas, _ = np.frexp(np.asarray(values, float))
    whole = (np.abs(mantissas[np.isfinite(mantissas)]) * 2.0**53).astype(np.int64)
    lowest = np.bitwise_or.reduce(whole) if len(whole) else 1  # its last bit that is set
    unused = (int(lowest) & -int(lowest)).bit_length() - 1 if lowest else 52
    return 2.0 ** (unused - 52)


def noise_of(loss_along, lines, spacing):
    """The standard deviation of the rounding errors of a loss.

    loss_along: from a line and a step along it to a loss. All points lie on one side of where the
    line begins, since there may be a kink.
    """
    weights = [(-1) ** k * comb(ORDER, k) for k in range(ORDER + 1)]
    seen = []
    for line in lines:
        losses = [loss_along(line, (k + 1) * spacing) for k in range(POINTS)]
        with np.errstate(invalid="ignore", over="ignore"):
            rough = np.convolve(losses, weights, "valid")  # the difference, at several places
        seen.append(np.sqrt(np.mean(rough**2) / comb(2 * ORDER, ORDER)))
    finite = [s for s in seen if np.isfinite(s)]
    return float(np.median(finite)) if finite else 0.0


@dataclass(frozen=True)
class Differences:
    """What steps of several lengths along one direction gave."""

    deltas: np.ndarray  # [deltas], falling
    spans: np.ndarray  # [deltas] between the two points, in the unit of the slope
    expected: np.ndarray  # [deltas] the slope between them, by the gradient
    residuals: np.ndarray  # [deltas] the slope that was found, less the expected one
    gaps: np.ndarray  # [deltas] how much steeper the upper half is than the lower one

    def best(self, noise, rounding):
        """The Slope of the step with the least bound. noise: of a loss. rounding: of a slope."""
        half = self.spans / 2
        shaken = DEVIATIONS * noise / half
        change = np.abs(np.diff(self.residuals, prepend=np.nan))  # from the larger step before
        bounds = np.nan_to_num(change + shaken, nan=np.inf, posinf=np.inf)
        k = int(np.argmin(bounds))
        residual, expected = self.residuals[k], self.expected[k]
        if not np.isfinite(bounds[k]):
            return Slope(float(expected), float("nan"), np.inf, float(self.deltas[k]), "smooth")
        kind, slack, gap = "smooth", 0.0, abs(self.gaps[k])
        before = abs(self.gaps[k - 1])
        if gap > 2 * shaken[k] and gap > STEADY * before:
            kind, slack = ("jump" if gap > JUMPS * before else "kink"), gap / 2
        found, delta = float(expected + residual), float(self.deltas[k])
        return Slope(float(expected), found, float(bounds[k]) + rounding, delta, kind, float(slack))
