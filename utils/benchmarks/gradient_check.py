"""The gradient check of puzzle 04: all parameters at once against an element at a time.

Everything runs in one process and in turns, so that a busy machine is busy for all. Times are CPU
seconds, of all threads, and a ratio is taken within a turn.
"""

import time
from functools import partial

import numpy as np

from utils.puzzles import gradient_check as puzzle

TIMESTEPS = 60
UNITS = (5, 8, 16)
IN_A_LOOP = 8  # units at most of the ways that take an element at a time: 16 take many seconds
DELTAS = 10.0 ** np.arange(-12, 1)
TURNS = 5
SHORTEST = 0.02  # seconds: what takes less is called several times in a turn


def report(turns=None, say=print):
    """Measure and print each row once it is there: the check of all parameters, then a gradient."""
    turns, say = turns or TURNS, partial(say, flush=True)
    for units in UNITS:
        p = puzzle.parameters(0, units)
        say(
            f"{units} units, {TIMESTEPS} timesteps, {sum(map(np.size, p.values()))} parameters; "
            f"CPU time over the first row's: min / median / max of {turns} turns"
        )
        say(f"{'':6}{'':<34}{'CPU ms':>10}{'time over the first':>26}{'from analytic':>15}")
        _compare(p, _checks(p), turns, say)
        _compare(p, _gradients(p), turns, say)
        say("")


def _checks(p):
    """Ways to a gradient from values of the loss alone: name -> a function of nothing."""
    data = puzzle.sine(TIMESTEPS)
    checks = {
        "central differences, at once": lambda: puzzle.numerical(p, *data),
        f"the same for {len(DELTAS)} deltas": lambda: _at(
            puzzle.DELTA, puzzle.numerical_many(p, *data, deltas=DELTAS)
        ),
        "complex step, at once": lambda: puzzle.complex_step(p, *data),
        "central differences, in a loop": lambda: puzzle.numerical_in_a_loop(p, *data),
        "complex step, in a loop": lambda: puzzle.complex_step_in_a_loop(p, *data),
    }
    few = len(p["bf"]) <= IN_A_LOOP
    return {name: way for name, way in checks.items() if few or "loop" not in name}


def _gradients(p):
    """The analytic gradient, with the gates fused and by the program's steps."""
    inputs, targets = puzzle.sine(TIMESTEPS)

    def by_steps():
        outputs, _, _, caches = puzzle.forward(inputs, *puzzle.start(p), p)
        return puzzle.backward(outputs, targets, caches, p)

    return {
        "analytic, gates fused": lambda: puzzle.gradients(p, inputs, targets),
        "analytic, step by step": by_steps,
    }


def _compare(p, ways, turns, say):
    """Say a row for each of the ways; the first one is what the others are compared with."""
    exact = puzzle.gradients(p, *puzzle.sine(TIMESTEPS))
    apart = [puzzle.norm_error(exact, way()) for way in ways.values()]  # and warms them up
    seconds = np.array([[_seconds(way) for way in ways.values()] for _ in range(turns)])
    for k, name in enumerate(ways):
        ratios = seconds[:, k] / seconds[:, 0]
        low, middle, high = (f"{value:.3g}" for value in np.quantile(ratios, [0, 0.5, 1]))
        spread = f"{low} / {middle} / {high}" if k else "1"
        milliseconds = 1000 * np.median(seconds[:, k])
        say(f"{'':6}{name:<34}{milliseconds:>10.2f}{spread:>26}{apart[k]:>15.0e}")


def _at(delta, many):
    """The gradient at one of DELTAS."""
    k = int(np.argmin(abs(DELTAS - delta)))
    return {name: values[k] for name, values in many.items()}


def _seconds(way):
    """CPU seconds of one call, the mean of so many as take SHORTEST together."""
    began, calls = time.process_time(), 0
    while True:
        way()
        calls += 1
        taken = time.process_time() - began
        if taken >= SHORTEST:
            return taken / calls
