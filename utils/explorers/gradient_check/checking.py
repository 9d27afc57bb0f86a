"""The explorer of lesson 04: the gradient check with its bug and mended, all parameters at once.

Whatever moves, three checks of every parameter are computed anew, at every delta: with the bug,
mended, and mended in float32. Beyond 5 units and 60 time steps, some sizes allow fewer deltas.
"""

from dataclasses import dataclass
from functools import lru_cache

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.gradient_check.panels import (
    BLOCKS,
    BUG,
    FLOAT32,
    LITTLE,
    MENDED,
    PANELS,
    TOLERANCES,
    brief,
    power,
)
from utils.explorers.wording import count
from utils.puzzles import gradient_check as puzzle

OPTIONS = {
    "seed": range(20),
    "units": (1, 2, 3, 4, 5, 8, 12, 16),
    "timesteps": (2, 5, 10, 20, 40, 60, 100, 200, 400),
    "forget_bias": (-3, -2, -1, 0, 1, 2, 3, 4, 5),
    "delta": tuple(float(f"1e-{k}") for k in range(10, 0, -1)),
}
DELTAS = OPTIONS["delta"]
# What a size leaves time for: all deltas, every second one, every third one (with the best ones of
# float64 and float32, 1e-5 and 1e-2, among them), or the chosen one alone.
TRIED = DELTAS, DELTAS[1::2], DELTAS[2::3], ()
ONE = 146 * 5 * 60  # the work of three checks at one delta as in lesson 04: 2.5 ms
BUDGET = 80 * ONE  # in one move of a slider, the chosen delta aside: some 0.2 s


@dataclass(frozen=True)
class Point:
    """Where the controls stand."""

    seed: int
    units: int
    timesteps: int
    forget_bias: int
    delta: float

    @property
    def network(self):
        """All but the delta."""
        return self.seed, self.units, self.timesteps, self.forget_bias

    @property
    def parameters(self):
        """How many there are."""
        return 4 * self.units * (self.units + 2) + self.units + 1

    @property
    def work(self):
        """What one delta costs: parameters × units × timesteps."""
        return self.parameters * self.units * self.timesteps

    @property
    def deltas(self):
        """Those that are tried, ascending: as many as there is time for, and the chosen one."""
        few = next(some for some in TRIED if len(some) * self.work <= BUDGET)
        return tuple(sorted({*few, self.delta}))


@dataclass(frozen=True)
class Check:
    """One kind of check: an analytic gradient, and a numerical one for each delta."""

    analytic: dict  # block -> array
    numerical: dict  # block -> array [deltas, …]

    def at(self, k):
        """The numerical gradient at the k-th delta."""
        return {name: values[k] for name, values in self.numerical.items()}

    def norm_errors(self):
        """The norm error at each delta, [deltas]."""
        deltas = range(len(self.numerical["by"]))
        return np.array([puzzle.norm_error(self.analytic, self.at(k)) for k in deltas])

    def relative_errors(self, k):
        """The relative error of every parameter at the k-th delta: block -> array."""
        return puzzle.relative_errors(self.analytic, self.at(k))


def explorer():
    """The explorer: seed, units, timesteps, forget bias and delta above four pictures."""
    panels = [panel() for panel in PANELS]
    starts = {
        "seed": 0,
        "units": puzzle.UNITS,
        "timesteps": puzzle.TIMESTEPS,
        "forget_bias": 0,
        "delta": puzzle.DELTA,
    }
    labels = {"forget_bias": _signed, "delta": power}
    controls = {
        name: widgets.SelectionSlider(
            options=[(labels.get(name, str)(value), value) for value in OPTIONS[name]],
            value=start,
            description=name.replace("_", " "),
        )
        for name, start in starts.items()
    }
    return Explorer(controls, panels, drawing_on(*panels))


def drawing_on(by_delta, both_gradients, by_block, what_is_left):
    """The function that draws on these panels: (values, None) -> the sentence."""

    def draw(values, live):
        point = Point(**values)
        here = point.deltas.index(point.delta)
        found = checks(*point.network, point.deltas)
        errors = {kind: check.norm_errors() for kind, check in found.items()}
        relative = {kind: check.relative_errors(here) for kind, check in found.items()}
        numerical = {kind: _flat(check.at(here)) for kind, check in found.items()}
        remains = left(*point.network)
        by_delta.set(point.deltas, errors, point.delta)
        both_gradients.set(_flat(found[MENDED].analytic), numerical)
        by_block.set(relative)
        what_is_left.set(remains, puzzle.sigmoid(point.forget_bias))
        return " ".join(
            [
                _norms(point, {kind: curve[here] for kind, curve in errors.items()}),
                _failing(point, relative),
                _best(point, errors),
                _start(point, remains),
            ]
        )

    return draw


# What is shown


@lru_cache(maxsize=8)
def checks(seed, units, timesteps, forget_bias, deltas):
    """The three checks of one network at these deltas: kind -> Check."""
    inputs, targets = puzzle.sine(timesteps)
    found = {}
    for kind, dtype in ((BUG, np.float64), (MENDED, np.float64), (FLOAT32, np.float32)):
        p = puzzle.parameters(seed, units, forget_bias, dtype)
        state = puzzle.final_state(p, inputs) if kind == BUG else puzzle.start(p)
        numerical = puzzle.numerical_many(p, inputs, targets, *state, deltas=deltas)
        found[kind] = Check(puzzle.gradients(p, inputs, targets), numerical)
    return found


@lru_cache(maxsize=8)
def left(seed, units, timesteps, forget_bias):
    """How far a run from the final state is from one from zeros, by how far it is at the start.

    [timesteps + 1], the start first.
    """
    inputs, _ = puzzle.sine(timesteps)
    p = puzzle.parameters(seed, units, forget_bias)
    right = np.hstack(puzzle.states(p, inputs))  # [timesteps + 1, 2 units]
    wrong = np.hstack(puzzle.states(p, inputs, *np.split(right[-1], 2)))
    apart = np.linalg.norm(wrong - right, axis=1)
    return apart / apart[0]


def _flat(gradient):
    """All numbers of a gradient, [parameters], block by block."""
    return np.concatenate([gradient[name].ravel() for name in BLOCKS])


# What it says


def _norms(point, errors):
    """Where the controls stand, and the norm errors there, by kind."""
    return (
        f"Seed {point.seed}, {point.units} unit{'s' * (point.units > 1)}, {point.timesteps} "
        f"timesteps, forget bias {_signed(point.forget_bias)}, delta {power(point.delta)}: the "
        f"norm error is {brief(errors[BUG])} with the bug, {brief(errors[MENDED])} mended, "
        f"{brief(errors[FLOAT32])} mended in float32."
    )


def _failing(point, relative):
    """How many parameters fail the question's tolerance, and how many one that holds."""
    question, holds = TOLERANCES
    bug, mended = (_flat(relative[kind]) for kind in (BUG, MENDED))
    return (
        f"Of {point.parameters} parameters {np.sum(bug > question)} fail {power(question)} with "
        f"the bug and {np.sum(mended > question)} mended; {np.sum(bug > holds)} and "
        f"{np.sum(mended > holds)} fail {power(holds)}."
    )


def _best(point, errors):
    """Which delta is best, if there is a choice."""
    deltas = point.deltas
    if len(deltas) == 1:
        return "At this size one delta is tried at a time."
    best, best32 = (power(deltas[np.argmin(errors[kind])]) for kind in (MENDED, FLOAT32))
    few = "" if len(deltas) == len(DELTAS) else f"of the {len(deltas)} tried at this size "
    return f"Mended, the best delta {few}is {best}, in float32 {best32}."


def _start(point, remains):
    """After how many steps the wrong start is as good as gone, or how much of it is left."""
    last = int(np.flatnonzero(remains >= LITTLE)[-1])
    if last == point.timesteps:
        return f"After the last step {100 * remains[-1]:.0f} % of the wrong start is left."
    steps = count(last + 1, "step")
    return f"Less than {100 * LITTLE:g} % of the wrong start is left after {steps}."


def _signed(number):
    return str(number).replace("-", "−")
