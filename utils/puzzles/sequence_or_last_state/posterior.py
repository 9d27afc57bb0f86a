"""Where frequency and phase of a noisy sine may lie, after each sample: exact up to a fine grid.

For many random sines at once. The plane of phase and frequency is cut into boxes; those that the
samples rule out are dropped, and those that are left are cut finer as the samples ask for it.
"""

import numpy as np

from .signals import FREQUENCIES, SAMPLES_A_SECOND

DRAWS = 400  # random sines that the variances are averaged over
RULED_OUT = 20.0  # nats below the best box: one part in 10⁸
FINENESS = 1.2  # edge of a box, in standard deviations of the posterior along it


def variances(noise, longest, draws=DRAWS):
    """How uncertain earlier samples are: the mean posterior variance, [longest, longest].

    Entry [t, k] is about the noise-free sample k + 1 steps before the window's first, after samples
    0 to t of the window, which carry white noise of standard deviation `noise`.
    """
    low, high = (2 * np.pi * f / SAMPLES_A_SECOND for f in FREQUENCIES)  # radians a sample
    heard = _heard(noise, longest, draws, low, high)
    boxes = _Boxes.covering(draws, low, high)
    before = np.arange(1, longest + 1)
    result = np.empty((longest, longest))
    for t in range(longest):
        boxes = boxes.cut(heard[:, : t + 1], noise)
        result[t] = boxes.variance_of(heard[:, : t + 1], noise, before)
    return result


def _heard(noise, steps, draws, low, high):
    """Noisy samples of sines whose frequency and phase fill their ranges evenly: [draws, steps]."""
    rng = np.random.default_rng(0)
    even = np.mod(0.5 + np.outer(np.arange(draws), [0.7548776662466927, 0.5698402909980532]), 1)
    w, phase = low + (high - low) * even[:, :1], 2 * np.pi * even[:, 1:]  # the R2 sequence
    misread = rng.normal(0, noise, (steps, draws)).T  # the same first steps, however many there are
    return np.sin(phase + w * np.arange(steps)) + misread


class _Boxes:
    """Boxes of equal size in the plane of phase and frequency, of many draws: flat arrays."""

    def __init__(self, draw, phase, w, edges):
        self.draw, self.phase, self.w = draw, phase, w  # [boxes], sorted by draw; centres
        self.edges = edges  # in phase and in w

    @classmethod
    def covering(cls, draws, low, high, phases=64, ws=64):
        """All that is possible before the first sample."""
        phase = 2 * np.pi * (np.arange(phases) + 0.5) / phases
        w = low + (high - low) * (np.arange(ws) + 0.5) / ws
        phase, w = (np.tile(axis.ravel(), draws) for axis in np.meshgrid(phase, w))
        draw = np.repeat(np.arange(draws), phases * ws)
        return cls(draw, phase, w, (2 * np.pi / phases, (high - low) / ws))

    def cut(self, heard, noise):
        """Only the boxes that these samples allow, [draws, samples], as fine as they ask for."""
        lags = np.arange(heard.shape[1])
        fine = (  # the posterior's standard deviation along each axis, the other one held
            FINENESS * noise * np.sqrt(2 / len(lags)),
            FINENESS * noise * np.sqrt(2 / max(np.sum(lags**2), 1e-12)),
        )
        boxes = self._kept(heard, noise)
        while any(edge > wanted for edge, wanted in zip(boxes.edges, fine, strict=True)):
            for axis in (0, 1):
                if boxes.edges[axis] > fine[axis]:
                    boxes = boxes._halved(axis)
            boxes = boxes._kept(heard, noise)
        return boxes

    def variance_of(self, heard, noise, before):
        """The posterior variance of the samples `before` the first, averaged over draws."""
        likelihood = np.exp(self._log_likelihood(heard, noise))
        starts = self._starts()
        total = np.add.reduceat(likelihood, starts)  # [draws]

        def mean(values):
            return np.add.reduceat(likelihood * values, starts) / total

        result = []
        for k in before:
            value = np.sin(self.phase - k * self.w)
            result.append(np.mean(mean(value**2) - mean(value) ** 2))
        return np.array(result)

    def _log_likelihood(self, heard, noise, slack=False):
        """Up to a constant a draw, so that the best box has 0: at the centres, [boxes].

        slack: of the best point in each box, or somewhat more.
        """
        squares = np.zeros(len(self.draw))
        for t, samples in enumerate(heard.T):
            misses = np.abs(samples[self.draw] - np.sin(self.phase + t * self.w))
            if slack:  # no sine in the box is further than this from that of the centre
                misses = np.maximum(misses - (self.edges[0] + t * self.edges[1]) / 2, 0)
            squares += misses**2
        starts = self._starts()
        least = np.minimum.reduceat(squares, starts)
        return (np.repeat(least, np.diff([*starts, len(squares)])) - squares) / (2 * noise**2)

    def _kept(self, heard, noise):
        kept = self._log_likelihood(heard, noise, slack=True) > -RULED_OUT
        return _Boxes(self.draw[kept], self.phase[kept], self.w[kept], self.edges)

    def _halved(self, axis):
        edges = [edge / 2 if k == axis else edge for k, edge in enumerate(self.edges)]
        centres = [np.repeat(self.phase, 2), np.repeat(self.w, 2)]
        centres[axis] += np.tile([-edges[axis] / 2, edges[axis] / 2], len(self.phase))
        return _Boxes(np.repeat(self.draw, 2), *centres, tuple(edges))

    def _starts(self):
        return np.flatnonzero(np.diff(self.draw, prepend=-1))
