"""What each repair costs, as a multiple of the question's layer in a loop of Python.

In CPU seconds of this process, which don't grow when others use the machine.
"""

import time
from dataclasses import dataclass

import numpy as np

from utils.instruments.quiet import quietly
from utils.puzzles.table import Table

from .models import in_a_loop
from .repairs import REPAIRS

SIZES = {  # batch, streams, timesteps, features, units
    "small": (1, 3, 50, 4, 3),
    "big": (4, 8, 100, 16, 32),
}
CALLS, SECONDS = 3, 0.04  # of a measurement, at least
WORK = "predict", "one training step"


@dataclass(frozen=True)
class Cost:
    """CPU times of one repair over those of the loop, called alternately in each turn."""

    name: str
    predict: np.ndarray  # [turns], of `predict_on_batch`
    step: np.ndarray  # [turns], of `train_on_batch`

    def cells(self):
        """Name, predict, step: median (lowest to highest)."""
        return self.name, *(
            f"{np.median(ratios):.2f} ({ratios.min():.2f} to {ratios.max():.2f})"
            for ratios in (self.predict, self.step)
        )


def costs(size="small", turns=3, say=print):
    """Time every repair against the loop: some ten seconds, most of them spent on compiling.

    size: "small" or "big", of SIZES. say: called with a line of text before each repair.
    Returns a Table of ratios: median and range of the turns. Raises ValueError for other sizes and
    for no turns.
    """
    rows = tuple(cost.cells() for cost in measured(size, turns, say))
    batch, streams, timesteps, features, units = SIZES[size]
    return Table(
        f"CPU time as a multiple of the loop's, {turns} turns. Batch {batch}, {streams} streams, "
        f"{timesteps} timesteps, {features} features, {units} units",
        ("repair", *WORK),
        rows,
    )


def measured(size="small", turns=3, say=print):
    """The same one by one: a generator of Cost. Raises what `costs` does."""
    if size not in SIZES:
        raise ValueError(f"There is no size {size!r}; there are {', '.join(SIZES)}.")
    if turns < 1:
        raise ValueError(f"turns is {turns}; expected at least 1.")
    say("Compiling the loop.")
    loop = _ready(in_a_loop, SIZES[size])
    for name, repair in REPAIRS.items():
        say(f"Compiling and timing {name}: {repair.words}.")
        mended = _ready(repair.build, SIZES[size])
        pairs = list(zip(mended, loop, strict=True))
        ratios = [[_ratio(*pair) for pair in pairs] for _ in range(turns)]
        yield Cost(name, *np.transpose(ratios))


def _ready(build, size):
    """Two functions without arguments that a model has compiled: predict, and a training step."""
    model = build(*size)
    x = np.random.default_rng(0).normal(size=size[:4]).astype(np.float32)
    y = np.zeros((*size[:3], size[4]), np.float32)
    model.compile("sgd", "mse", jit_compile=False)
    work = (lambda: model.predict_on_batch(x)), (lambda: model.train_on_batch(x, y))
    with quietly():  # many models are traced here, each of them once
        for do in work:
            do()
    return work


def _ratio(do, other):
    """CPU time of a call over that of another: of each the quickest of some, called alternately."""
    times, began = [], time.process_time()
    while len(times) < CALLS or time.process_time() - began < SECONDS:
        start = time.process_time()
        do()
        middle = time.process_time()
        other()
        times.append((middle - start, time.process_time() - middle))
    ours, others = np.min(times, axis=0)
    return ours / others
