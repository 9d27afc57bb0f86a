"""What can be known about the echo: the lowest error that any model reaches, hearing what it hears.

A sine has two unknowns, frequency and phase. One sample leaves both open, two leave a handful of
sines that fit, and a third one tells which. So the first `delay` outputs can be computed, all but
the first two. With measurement noise that is only almost so, and here it is computed how much.
"""

from functools import cache

import numpy as np

from .posterior import variances
from .signals import DEVIATION, FREQUENCIES, SAMPLES_A_SECOND

SLOWEST, FASTEST = (2 * np.pi * f / SAMPLES_A_SECOND for f in FREQUENCIES)  # radians a sample
LEAST_NOISE = 1e-4  # other than none
GRID = 512  # quadrature points in frequency, and in phase


def floor(delay, timesteps, noise=0.0):
    """The causal Bayes floor: the lowest mean squared error at each step, [timesteps].

    Output t has heard samples 0 to t and wants the sample at t − delay. Its best answer is the mean
    over all the sines that fit what it has heard; the floor is the variance that is left. It is 0
    from step `delay` on, where the sample that is wanted has been heard.
    noise: standard deviation of white noise in the signal, as in `sines`. Without it the floor is
    exact up to the quadrature (three digits or more); with it the mean over random sines (two), and
    takes seconds. Raises ValueError for a noise that is none.
    """
    if noise and not noise >= LEAST_NOISE:
        raise ValueError(
            f"noise is a standard deviation, 0 or at least {LEAST_NOISE}, below which the boxes "
            f"grow too many; it is {noise}."
        )
    by_step = np.zeros(timesteps)
    unheard = min(delay, timesteps)  # steps whose sample has not been heard
    if noise:
        by_step[:unheard] = floors_up_to(delay, noise)[delay, :unheard]
    elif unheard:
        heard = np.triu(np.ones((unheard, unheard), bool))  # input i is heard from step i on
        by_step[:unheard] = floor_hearing(heard, delay)
    return by_step


@cache
def floors_up_to(longest, noise):
    """The floor for noisy sines at every delay up to the longest: [longest + 1, longest steps]."""
    uncertain = variances(noise, longest)
    floors = np.zeros((longest + 1, longest))
    for delay in range(longest + 1):
        t = np.arange(delay)
        floors[delay, :delay] = uncertain[t, delay - t - 1] + noise**2
    return floors


def floor_of_noise(delay, timesteps):
    """The same floor for white noise: its variance until the sample is heard, [timesteps]."""
    return np.where(np.arange(timesteps) < delay, DEVIATION**2, 0.0)


def floor_hearing(moved, delay, before=0):
    """The lowest error of a model that hears only some inputs of a noise-free sine, [outputs].

    moved: [inputs, outputs] of bool, such as `influence(model, x).moved`: whether the output hears
    the input. before: how many inputs come before the window, as in `sines`: output t belongs to
    input before + t.
    """
    moved = np.asarray(moved, bool)
    if moved.ndim != 2:
        raise ValueError(f"moved has the shape {moved.shape}; expected [inputs, outputs].")
    errors = []
    for t, hears in enumerate(moved.T):
        heard, wanted = np.flatnonzero(hears), before + t - delay
        known = wanted in heard or len(heard) > 2
        errors.append(0.0 if known else _unknown([int(h) - wanted for h in heard]))
    return np.array(errors)


def best_linear(delay, timesteps, noise=0.0):
    """The error of the best linear function of the samples heard so far, by step, [timesteps].

    No more than an upper bound of `floor`, found in another way: by solving the normal equations
    with the signal's autocorrelation.
    """
    ridge = max(noise**2, 1e-12)  # the noise-free equations are all but singular
    errors = np.zeros(timesteps)
    for t in range(min(delay, timesteps)):
        heard = np.arange(t + 1)
        covariance = _correlation(heard[:, np.newaxis] - heard) + ridge * np.eye(t + 1)
        wanted = _correlation(heard - (t - delay))
        errors[t] = 0.5 + noise**2 - wanted @ np.linalg.solve(covariance, wanted)
    return errors


def _correlation(lag):
    """The mean of sin(θ) · sin(θ + w · lag) over phase and frequency."""
    # np.sinc(x) is sin(πx) / (πx), and the mean of cos over an interval is such a quotient.
    middle, half = (SLOWEST + FASTEST) / 2, (FASTEST - SLOWEST) / 2
    return 0.5 * np.cos(middle * lag) * np.sinc(half * lag / np.pi)


@cache
def _unknown_of(heard):
    """The variance of sample 0, given the samples at these times: one or two, or none."""
    if not heard:
        return 0.5
    if len(heard) == 1:  # sin θ is known, the sign of cos θ and the frequency are not
        return 0.5 - 2 * _correlation(heard[0]) ** 2
    return _given_two(*heard)


def _unknown(heard):
    return float(_unknown_of(tuple(heard)))


def _given_two(first, second):
    """The variance of sample 0 given two others: averaged over the sines that there may be.

    sin θ leaves two angles for each of the two samples, and whole turns in between. Every pair
    whose frequency is possible is as likely as any other: phase and frequency are uniform, and the
    density of a sample is that of its angle by |cos θ|, the same for both angles.
    """
    gap = second - first
    w = SLOWEST + (FASTEST - SLOWEST) * (np.arange(GRID) + 0.5) / GRID
    phase = 2 * np.pi * (np.arange(GRID) + 0.5) / GRID
    w, phase = (axis.ravel() for axis in np.meshgrid(w, phase))
    end = phase + w * gap
    starts, ends = [phase, np.pi - phase], [end, np.pi - end]
    turns = range(int(FASTEST * gap / (2 * np.pi)) + 2)
    number, total, squares = np.zeros((3, *w.shape))
    for start in starts:
        for stop in ends:
            for turn in turns:
                angle = np.mod(stop - start, 2 * np.pi) + 2 * np.pi * turn
                possible = (angle >= SLOWEST * gap - 1e-9) & (angle <= FASTEST * gap + 1e-9)
                value = np.sin(start - angle / gap * first)
                number += possible
                total += possible * value
                squares += possible * value**2
    return np.mean(squares / number - (total / number) ** 2)
