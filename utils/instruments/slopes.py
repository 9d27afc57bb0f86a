"""How steep a loss is along a line, by central differences, and how far that can be trusted.

The error of a difference has two parts. What is cut off the series shrinks with the step: it shows
as a change from one step to another. The loss's own rounding grows as 1 / step: it is measured,
since a function may compute in float32 whatever it returns (Moré and Wild, Estimating Computational
Noise, SIAM J. Sci. Comput. 33, 2011).
"""

from dataclasses import dataclass
from math import comb

import numpy as np

ORDER = 6  # of the differences that leave nothing of a smooth function but its rounding errors
POINTS = 12  # on a line, beside each other
MEDIAN = 0.6745  # of the sizes of normal numbers, in standard deviations
DEVIATIONS = 8  # of the rounding error, beyond which a difference of two losses is none
STEADY = 0.3  # of an error, by which it may change with the step and count as the same
SHRINKS = 0.5  # how far a gap between the two sides may shrink otherwise than the step
JUMPS = 2.0  # a gap that grows like this, as the step shrinks, is a jump
HALF, SINGLE = 11, 24  # bits that float16 and float32 have
ROUND = 20  # bits, within which a number may be a round one
MANY = 16  # different numbers, which are not all round by chance


@dataclass(frozen=True)
class Slope:
    """The slope along a line, against what the gradients say it is."""

    expected: float  # by the gradients
    found: float  # by the difference that can be trusted most; NaN: by none
    bound: float  # how far that may be off, by truncation and round-off
    rounding: float  # the part of round-off in it
    delta: float  # the step it was found with
    kind: str  # "smooth", "kink" or "jump": then there is no one slope
    steady: bool  # whether a step of another length finds the gradient off by the same

    @property
    def apart(self):
        """How far the gradient is from what was found."""
        return abs(self.found - self.expected)

    @property
    def off(self):
        """Whether the gradient is not what was found, beyond doubt."""
        return self.kind == "smooth" and self.steady and self.apart > self.bound

    @property
    def on_edge(self):
        """Whether there is no one slope here that the gradient could be compared with."""
        return self.kind != "smooth" and self.apart > self.bound

    @property
    def blunt(self):
        """Whether an error of a hundredth could not be seen, where there is anything to see."""
        if self.expected == 0 and self.apart <= self.bound < np.inf:
            return False
        return not self.bound <= max(abs(self.found), abs(self.expected)) / 100


@dataclass(frozen=True)
class Differences:
    """What steps of several lengths along one line gave, each [deltas], from the longest on."""

    deltas: np.ndarray
    spans: np.ndarray  # between the two points, in the unit of the slope
    expected: np.ndarray  # the slope between them, by the gradients
    residuals: np.ndarray  # the slope that was found, less the expected one
    gaps: np.ndarray  # how much steeper the far half is than the near one
    sizes: np.ndarray  # of the losses

    def best(self, noise, eps, rounding):
        """The Slope of the step with the least bound.

        noise: the rounding error of a loss, eps: that of its digits. rounding: of the gradients.
        """
        half = np.abs(self.spans) / 2
        shaken = DEVIATIONS * np.maximum(noise, eps * self.sizes) / half
        bounds = np.nan_to_num(self._changes(shaken) + shaken, nan=np.inf, posinf=np.inf)
        k = int(np.argmin(bounds))
        expected, delta = float(self.expected[k]), float(self.deltas[k])
        if not np.isfinite(bounds[k]):
            return Slope(expected, float("nan"), np.inf, np.inf, delta, "smooth", False)
        found = expected + float(self.residuals[k])
        noise = float(shaken[k]) + rounding
        bound = float(bounds[k]) + rounding
        return Slope(
            expected, found, bound, noise, delta, self._kind(k, shaken[k]), self._steady(k)
        )

    def _steady(self, k):
        """Whether steps of other lengths find a like residual, and the shortest ones no smaller.

        Those find none if the loss has many waves within the longer steps. A difference of exactly
        0 is no sign of that: the step may be lost in rounding.
        """
        residuals = np.abs(self.residuals)
        other = k + 1 if k + 1 < len(residuals) else k - 1
        gone = len(residuals) > k + 2 and max(residuals[-2:]) < residuals[k] / 10
        if gone and abs(self.expected[k]) > residuals[k] / 10:
            return False
        return abs(self.residuals[other] - self.residuals[k]) < STEADY * residuals[k]

    def _changes(self, shaken):
        """How far each slope is from that of the next longer step, and from all of shorter ones.

        A step over many waves of a function finds their mean slope, again and again.
        """
        changes = np.abs(np.diff(self.residuals, prepend=np.nan))
        shorter = np.abs(np.diff(self.residuals, append=np.nan)) * 1.25  # where no longer one is
        changes = np.where(np.isnan(changes), shorter, changes)
        for k, here in enumerate(self.residuals):
            beyond = np.abs(self.residuals[k + 1 :] - here) - shaken[k + 1 :]
            changes[k] = np.maximum(changes[k], np.fmax.reduce(beyond, initial=0.0))
        return changes

    def _kind(self, k, shaken):
        """Whether the gap between both sides shrinks as the step does, which it does if smooth."""
        gaps, steps = np.abs(self.gaps), np.abs(self.deltas)
        if not gaps[k] > 2 * shaken:
            return "smooth"
        seen = slice(max(0, k - 2), max(2, k + 1))
        shrink = gaps[seen][1:] / gaps[seen][:-1]
        asked = steps[seen][1:] / steps[seen][:-1]
        if np.all(np.abs(shrink / asked - 1) < SHRINKS):
            return "smooth"
        return "jump" if shrink[-1] > JUMPS else "kink"


def precision(values):
    """The eps of the numbers that these came from: of float32, say, if none needs more bits."""
    values = np.unique(np.abs(np.asarray(values, float).ravel()))
    mantissas, _ = np.frexp(values[np.isfinite(values) & (values > 0)])
    whole = int(np.bitwise_or.reduce((mantissas * 2.0**53).astype(np.int64), initial=0))
    bits = 53 - ((whole & -whole).bit_length() - 1) if whole else 0
    if ROUND < bits <= SINGLE or (0 < bits <= SINGLE and len(mantissas) >= MANY):
        return 2.0 ** (1 - (SINGLE if bits > HALF else bits))
    return 2.0**-52  # that of Python's own numbers; a few round ones say nothing


def noise_of(loss_along, lines, spacings):
    """The standard deviation of the rounding errors of a loss.

    loss_along: from a line and a step along it to a loss. spacings: of the points, the narrow one
    first, which is taken unless they are too close together for the loss's digits. All points lie
    on one side of where a line begins, since there may be a kink.
    """
    for spacing in spacings:
        losses = [[loss_along(line, (k + 1) * spacing) for k in range(POINTS)] for line in lines]
        finite = [line for line in losses if np.isfinite(line).all()]
        if finite and all(len({*line}) == POINTS for line in finite):
            break
    return float(np.median([_differences(line) for line in finite])) if finite else 0.0


def _differences(losses):
    """What is left of each, as a standard deviation."""
    weights = [(-1) ** k * comb(ORDER, k) for k in range(ORDER + 1)]
    left = np.abs(np.convolve(losses, weights, "valid")) / np.sqrt(comb(2 * ORDER, ORDER))
    return left / MEDIAN


def norm(values):
    """The Euclidean norm, of very large and very small numbers, too."""
    values = np.abs(values)
    largest = values.max(initial=0)
    if not 0 < largest < np.inf:
        return float(largest)
    return float(largest * np.linalg.norm(values / largest))
