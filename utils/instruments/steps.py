"""Steps away from the parameters, along single numbers and along directions through many."""

import time
from dataclasses import dataclass

import numpy as np

from .slopes import POINTS, RAYS, Differences, noise_of, precision

SECONDS = 3.0  # for all steps, each of which calls the loss twice
CALLS = 400, 40_000  # of the loss: at least, and at most
DIRECTIONS = 3  # through all parameters
AROUND = 4  # steps that are tried with each number, about the best one
AGAIN = 40  # numbers that are tried with all steps, if they are off or can't be told
ROUNDING = 64  # units in the last place of the largest gradient of an array


@dataclass(frozen=True)
class Line:
    """A direction: the arrays that change, which of their numbers, and in which shares."""

    parts: tuple  # of (array, flat numbers, shares of the step)
    number: int | None = None  # the one number that changes, if it is one


class Steps:
    """Differences of the loss along lines from the parameters, against its gradients."""

    def __init__(self, functions, gradient, deltas):
        self.functions, self.gradient, self.deltas = functions, gradient, deltas
        self.start = functions.start
        self.sizes = [max(1.0, float(np.abs(a).max(initial=0))) for a in self.start]
        self.rng = np.random.default_rng(0)
        arrays = range(len(self.start))
        self.whole = [self.through(arrays) for _ in range(max(DIRECTIONS, RAYS))]
        began = time.perf_counter()
        self.here = functions.loss_at(self.start)
        self.noise = self._noise()
        self.per_call = (time.perf_counter() - began) / (1 + RAYS * POINTS)
        self.eps = precision(np.concatenate([g.ravel() for g in gradient]))

    @property
    def calls(self):
        """How many calls of the loss the time allows."""
        return int(np.clip(SECONDS / max(self.per_call, 1e-9), *CALLS))

    def through(self, arrays):
        """A random line through all numbers of some arrays; no two of its shares are equal."""
        parts = []
        for a in arrays:
            size = self.start[a].size
            shares = self.rng.uniform(0.5, 1.5, size) * self.rng.choice([-1, 1], size)
            parts.append((a, np.arange(size), shares))
        return Line(tuple(parts))

    def single(self, a, number):
        """The line along one number of one array."""
        return Line(((a, np.array([number]), np.ones(1)),), number)

    def along(self, line, deltas=None):
        """Differences of the loss with steps of these lengths along a line."""
        deltas = self.deltas if deltas is None else deltas
        rows = [self._at(line, delta) for delta in deltas]
        return Differences(np.asarray(deltas), *np.transpose(rows))

    def rounding(self, line):
        """What the gradients' own rounding makes of the slope along a line."""
        largest = [
            np.abs(self.gradient[a]).max()
            * (1.0 if line.number is not None else np.linalg.norm(self._lengths(a, shares)))
            for a, _, shares in line.parts
            if len(shares)
        ]
        return float(ROUNDING * self.eps * np.sum(largest))

    def _lengths(self, a, shares):
        return shares * self.sizes[a]

    def _at(self, line, delta):
        """The span of two steps, the expected slope, the residual and the gap between the sides."""
        up, forward = self._moved(line, delta)
        down, backward = self._moved(line, -delta)
        above, below = self.functions.loss_at(up), self.functions.loss_at(down)
        there, back = (
            sum(float(self.gradient[a].ravel()[numbers] @ moved) for a, numbers, moved in by)
            for by in (forward, backward)
        )
        span = 2 * delta
        if line.number is not None:
            span = float(forward[0][2][0] - backward[0][2][0])
        if not span:  # the step is lost in the rounding of the parameter
            return np.nan, np.nan, np.nan, np.nan
        with np.errstate(invalid="ignore", over="ignore"):
            residual = ((above - below) - (there - back)) / span
            gap = ((above - self.here - there) - (self.here - below + back)) / (span / 2)
        return span, (there - back) / span, residual, gap

    def _moved(self, line, delta):
        """The parameters a step along a line, and how far each number has really moved."""
        arrays, moves = list(self.start), []
        for a, numbers, shares in line.parts:
            new = self.start[a].copy()
            flat = new.reshape(-1)
            before = flat[numbers].astype(float)
            flat[numbers] = before + delta * self._lengths(a, shares)
            moves.append((a, numbers, flat[numbers].astype(float) - before))
            arrays[a] = new
        return arrays, moves

    def _noise(self):
        """The rounding error of a loss: as measured, and no less than its digits allow."""
        eps = max(np.finfo(array.dtype).eps for array in self.start)
        before = len(self.functions.seen)

        def loss_along(line, delta):
            return self.functions.loss_at(self._moved(line, delta)[0])

        measured = noise_of(loss_along, self.whole[:RAYS], float(np.cbrt(eps)))
        seen = np.array(self.functions.seen[before:])
        seen = seen[np.isfinite(seen)]
        digits = precision(seen) * np.abs([*seen, self.here]).max() / 2
        return max(measured, float(digits), float(np.finfo(float).tiny))
