"""Steps away from the parameters, along single numbers and along directions through many."""

import time
from dataclasses import dataclass

import numpy as np

from .slopes import Differences, noise_of, norm, precision

SECONDS = 3.0  # for all steps, each of which calls the loss twice
WAITS = 4  # times as long as it computes: more than a busy machine lets a program wait
CALLS = 300, 40_000  # of the loss: at least, and at most
DIRECTIONS = 2  # through all parameters
AROUND = 3  # steps that are tried with each number, about the best one
ROUGH = 0.03  # of the range of all losses seen: noise of that size is no rounding error
CLOSE = 500  # units in the last place between two points: they are rounded anew
FAR = 1e4  # times the loss's own digits
ROUNDING = 64  # units in the last place of the largest gradient of an array


@dataclass(frozen=True)
class Line:
    """A direction: the arrays that change, which of their numbers, and in which shares."""

    parts: tuple  # of (array, flat numbers, shares of the step)
    number: int | None = None  # the one number that changes, if it is one


class Steps:
    """Differences of the loss along lines from the parameters, against its gradients."""

    def __init__(self, functions, gradient, deltas, jitter):
        self.functions, self.gradient, self.deltas = functions, gradient, deltas
        self.start = functions.start
        self.sizes = [max(1.0, float(np.abs(a).max(initial=0))) for a in self.start]
        self.rng = np.random.default_rng(0)
        arrays = [a for a, array in enumerate(self.start) if array.size]
        self.whole = [self.through(arrays) for _ in range(DIRECTIONS)]
        self.here = functions.loss_at(self.start)
        measured = max(self._noise(), jitter)
        began = time.process_time(), time.perf_counter()
        self.curve = [self.along(line) for line in self.whole]
        self.calls = self._affordable(began)
        self.eps = max(precision(functions.seen), functions.loss_eps) / 2  # of a loss
        self.noise = max(measured, self.eps * abs(self.here), float(np.finfo(float).tiny))
        spread = float(np.ptp([loss for loss in functions.seen if np.isfinite(loss)]))
        self.rough = self.noise > max(ROUGH * spread, FAR * self.eps * abs(self.here))
        self.gradient_eps = max(precision(joined(gradient)), functions.gradient_eps)

    def _noise(self):
        """The rounding error of a loss, from points that are close to each other."""
        eps = max(precision(self.functions.seen), *(np.finfo(a.dtype).eps for a in self.start))
        narrow = max(1e-8, CLOSE * eps)
        return noise_of(self._loss_along, self.whole, (narrow, max(narrow, np.cbrt(eps))))

    def _affordable(self, began):
        """How many calls of the loss the time allows, at the pace of the curve.

        That is the pace of this process, so that a busy machine does not change what is looked at;
        unless the loss waits for something else.
        """
        now = time.process_time(), time.perf_counter()
        computed, waited = (end - start for start, end in zip(began, now, strict=True))
        per_call = max(computed, waited / WAITS) / (2 * len(self.deltas) * len(self.whole))
        return int(np.clip(SECONDS / max(per_call, 1e-9), *CALLS))

    @property
    def calls_left(self):
        """How many calls of the loss the time still allows."""
        return self.calls - len(self.functions.seen)

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
        return Differences(np.asarray(deltas), *np.transpose([self._at(line, d) for d in deltas]))

    def slope(self, line, differences):
        """What they say of the slope along the line."""
        return differences.best(self.noise, self.eps, self._rounding(line))

    def _rounding(self, line):
        """What the gradients' own rounding makes of the slope along a line."""
        sizes = [
            np.abs(self.gradient[a]).max()
            * (1.0 if line.number is not None else norm(shares * self.sizes[a]))
            for a, _, shares in line.parts
        ]
        return float(ROUNDING * self.gradient_eps * np.sum(sizes))

    def _loss_along(self, line, delta):
        return self.functions.loss_near(self._moved(line, delta)[0])

    def _at(self, line, delta):
        """The span of two steps, the expected slope, its residual, the gap, and the losses' size.

        The second step is the first one back, as far as the numbers' own digits allow.
        """
        up, forward = self._moved(line, delta)
        down, backward = self._moved(line, -delta, forward)
        above, below = self.functions.loss_near(up), self.functions.loss_near(down)
        there, back = (
            sum(float(self.gradient[a].ravel()[numbers] @ moved) for a, numbers, moved in moves)
            for moves in (forward, backward)
        )
        span = 2 * delta
        if line.number is not None:
            span = float(forward[0][2][0] - backward[0][2][0])
        if not span:  # the step is lost in the rounding of the parameter
            return (np.nan,) * 5
        with np.errstate(all="ignore"):
            residual = ((above - below) - (there - back)) / span
            gap = (above - 2 * self.here + below) / (span / 2)
        return span, (there - back) / span, residual, gap, max(abs(above), abs(below))

    def _moved(self, line, delta, forth=None):
        """The parameters a step along a line, and how far each number has really moved."""
        arrays, moves = list(self.start), []
        for part, (a, numbers, shares) in enumerate(line.parts):
            new = self.start[a].copy()
            flat = new.reshape(-1)
            before = flat[numbers].astype(float)
            move = delta * shares * self.sizes[a] if forth is None else -forth[part][2]
            flat[numbers] = before + move
            moves.append((a, numbers, flat[numbers].astype(float) - before))
            arrays[a] = new
        return arrays, moves


def joined(arrays):
    """The numbers of several arrays, one after the other."""
    return np.concatenate([np.asarray(array, float).ravel() for array in arrays])
