"""The first explorer of lesson 03: both kinds of model, trained, at every delay, window and size.

Curves, errors and echoes come from the record; "train this one now" trains both kinds and lays them
over it. The influence maps are computed at once, from the real networks before training.
"""

from dataclasses import dataclass
from functools import lru_cache, partial

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.sequence_or_last_state.panels import PANELS
from utils.explorers.wording import inputs_heard
from utils.instruments import influence
from utils.puzzles import sequence_or_last_state as puzzle
from utils.puzzles.sequence_or_last_state import grid
from utils.training import sequences
from utils.training.records import RecordError

KINDS = ("sequence", "last")
QUICK = 200  # fresh sines behind a live error; the last one takes as many as the record


@dataclass(frozen=True)
class Point:
    """Where the controls stand."""

    delay: int
    timesteps: int
    units: int
    seed: int
    frequency: float  # of the sine that is drawn, Hz

    @classmethod
    def of(cls, values):
        names = "delay", "timesteps", "units", "seed", "sine"
        return cls(*(values[name] for name in names))

    @property
    def sizes(self):
        """As the puzzle's trainings take them."""
        return self.timesteps, self.delay, self.units


@dataclass(frozen=True)
class Live:
    """How far the live trainings have come."""

    step: int
    losses: dict  # kind -> [steps so far]
    weights: dict  # kind -> arrays
    steps = puzzle.STEPS  # of the whole training

    @property
    def done(self):
        return self.step == self.steps


@dataclass(frozen=True)
class Result:
    """What is shown of one kind of model, recorded or live."""

    steps: np.ndarray  # [points]
    losses: np.ndarray  # [points]
    by_step: np.ndarray  # [timesteps]: mean squared error on fresh sines
    echo: np.ndarray  # [timesteps]: the outputs for the sine that is drawn

    @property
    def error(self):
        """Summed over the window, as the loss is."""
        return float(self.by_step.sum())


def explorer():
    """The explorer: delay, window, units, seed and a sine above curves, errors, echo and maps."""
    panels = [panel() for panel in PANELS]
    controls = {
        "delay": _slider("delay", puzzle.DELAY),
        "timesteps": _slider("timesteps", puzzle.TIMESTEPS),
        "units": _slider("units", puzzle.UNITS),
        "seed": _slider("seed", 0),
        "sine": widgets.SelectionSlider(
            options=[(f"{frequency:g} Hz", frequency) for frequency in grid.SHOWN],
            value=2.0,
            description="sine drawn",
        ),
    }
    return Explorer(controls, panels, drawing_on(*panels), train=_trainings)


def drawing_on(curves, errors, echo, maps):
    """The function that draws on these panels: (values, Live or None) -> the sentence."""

    def draw(values, live):
        point = Point.of(values)
        recorded, missing = _recorded(point)
        current = _of_live(point, live) if live else None
        floor = puzzle.floor(point.delay, point.timesteps)
        shown = current or recorded
        curves.set(recorded, current, float(floor.sum()))
        errors.set(shown, floor)
        echo.set(shown, *grid.shown(point.frequency, point.timesteps, point.delay))
        moved = {kind: _moved(kind, point.timesteps, point.units, point.seed) for kind in KINDS}
        maps.set(moved, point.delay)
        words = _training(point, shown, floor, live) if shown else missing
        return f"{words} {_hearing(moved, point)}"

    return draw


def _slider(name, value):
    return widgets.SelectionSlider(options=puzzle.GRID[name], value=value, description=name)


# What is shown


@lru_cache(maxsize=128)
def _moved(kind, timesteps, units, seed):
    """Which outputs of the untrained network move when one input does: [inputs, outputs].

    What an early input does to a late output may be less than a millionth. Float32 rounds it away,
    and the map would blame the architecture.
    """
    weights = [np.float64(w) for w in sequences.initial_weights(seed, kind, units, timesteps)]
    model = partial(sequences.predict, weights, kind)
    x, _ = grid.shown(2.0, timesteps, 0)
    return influence(model, np.float64(x[0]), poke=lambda heard: heard + 1, vectorized=True).moved


def _recorded(point):
    """The recorded Results by kind and an empty string, or None and a sentence that says why."""
    try:
        found = {kind: puzzle.recorded(kind, *point.sizes, point.seed) for kind in KINDS}
    except (RecordError, KeyError) as error:
        return None, f"No recorded training to show. {error.args[0]}"
    return {
        kind: Result(run.steps, run.losses, run.by_step, run.outputs[point.frequency])
        for kind, run in found.items()
    }, ""


def _trainings(values):
    """Train both kinds at a point, here and now: yields Live, the untrained networks first."""
    point = Point.of(values)
    for pair in puzzle.side_by_side(*point.sizes, point.seed):
        yield Live(pair.step, pair.losses, pair.weights)


def _of_live(point, live):
    """What live trainings have come to, as Results by kind."""
    fresh = puzzle.fresh(point.timesteps, point.delay, **({} if live.done else {"n": QUICK}))
    drawn, _ = grid.shown(point.frequency, point.timesteps, point.delay)
    results = {}
    for kind in KINDS:
        model = puzzle.trained(kind, live.weights[kind])
        losses = puzzle.curve(live.losses[kind])
        steps = puzzle.curve_steps(len(live.losses[kind]))
        results[kind] = Result(steps, losses, puzzle.by_step(model, *fresh), model(drawn)[0])
    return results


# What it says


def _training(point, results, floor, live):
    sequence, last = results["sequence"].error, results["last"].error
    when = f"after {puzzle.STEPS} steps" if live is None else f"trained here for {live.step} steps"
    return (
        f"Delay {point.delay}, {point.timesteps} timesteps, {point.units} units, seed "
        f"{point.seed}, {when}: on fresh sines the error of the sequence model is {sequence:.3f}, "
        f"{_above(sequence - floor.sum())} the causal floor of {floor.sum():.3f}; that of the "
        f"last-state model is {last:.3f}."
    )


def _above(gap):
    return f"{gap:.3f} above" if gap >= 0.0005 else "at"


def _hearing(moved, point):
    first = {kind: inputs_heard(np.flatnonzero(moved[kind][:, 0])) for kind in KINDS}
    return (
        f"Output 0 hears {first['sequence']} in the one and {first['last']} in the other. The sine "
        f"drawn has {point.frequency:g} Hz."
    )
