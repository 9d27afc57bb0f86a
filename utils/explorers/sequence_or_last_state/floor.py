"""The second explorer of lesson 03: the causal floor at each delay, and what was reached.

Floors, with any noise, come from the record; so does what the trained models reached. For a sine
and for white noise of the same power, the same question has two very different answers.
"""

from functools import lru_cache

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.panel import BLACK, BLUE, GREEN, GREY, TITLE, VERMILION, Panel, plain
from utils.puzzles import sequence_or_last_state as puzzle
from utils.puzzles.sequence_or_last_state.floors import DELAYS, NOISES
from utils.training.records import RecordError

TIMESTEPS, UNITS = puzzle.TIMESTEPS, puzzle.UNITS  # of the trained models that are shown
TRAINED = [delay for delay in puzzle.GRID["delay"] if delay]  # nothing is owed without a delay
LOWEST = 0.008  # on the logarithmic axis of the sums


def explorer():
    """The explorer: delay and noise above the floor by step, and its sum by delay and by noise."""
    panels = [panel() for panel in PANELS]
    for noise in NOISES:  # a tenth of a second now, none when a slider gets there
        _floors(noise), _linear_sums(noise)
    controls = {
        "delay": widgets.SelectionSlider(
            options=DELAYS[1:], value=puzzle.DELAY, description="delay"
        ),
        "noise": widgets.SelectionSlider(
            options=[("none" if not n else f"{n:g}", n) for n in NOISES],
            value=0.0,
            description="noise",
        ),
    }
    return Explorer(controls, panels, drawing_on(*panels))


def drawing_on(by_step, summed, by_noise):
    """The function that draws on these panels: (values, None) -> the sentence."""

    def draw(values, live):
        delay, noise = values["delay"], values["noise"]
        floors = _floors(noise)
        reached = {} if noise else _reached()  # the models were trained without noise
        here = reached.get(delay)
        by_step.set(floors[delay], _linear(delay, noise), delay, here)
        summed.set(delay, floors.sum(axis=1), _linear_sums(noise), reached)
        by_noise.set(delay, noise, *_sums_by_noise(delay))
        return f"{_floor(delay, noise, floors[delay])} {_plateau(delay, noise, here, floors)}"

    return draw


# What is shown


@lru_cache(maxsize=len(NOISES))
def _floors(noise):
    """The floor by step at every delay: [delays, timesteps]."""
    return np.stack([puzzle.recorded_floor(delay, TIMESTEPS, noise) for delay in DELAYS])


@lru_cache(maxsize=len(NOISES) * len(DELAYS))
def _linear(delay, noise):
    """The error of the best linear answer by step, [timesteps]."""
    return puzzle.best_linear(delay, TIMESTEPS, noise)


@lru_cache(maxsize=len(NOISES))
def _linear_sums(noise):
    return np.array([_linear(delay, noise).sum() for delay in DELAYS])


@lru_cache(maxsize=len(DELAYS))
def _sums_by_noise(delay):
    """The floor and the best linear answer, summed over the window, at each of NOISES."""
    floors = np.array([_floors(noise)[delay].sum() for noise in NOISES])
    return floors, np.array([_linear_sums(noise)[delay] for noise in NOISES])


@lru_cache(maxsize=1)
def _reached():
    """What trained models of kind "sequence" come to: delay -> errors by step [seeds, timesteps].

    Empty if there is no record.
    """
    try:
        return {
            delay: np.stack(
                [
                    puzzle.recorded("sequence", TIMESTEPS, delay, UNITS, seed).by_step
                    for seed in puzzle.GRID["seed"]
                ]
            )
            for delay in TRAINED
        }
    except RecordError:
        return {}


# What it says


def _floor(delay, noise, by_step):
    signal = f"a sine with noise of {noise:g}" if noise else "a sine without noise"
    owed = [f"{error:.3f} at step {step}" for step, error in enumerate(by_step) if error >= 0.0005]
    rest = f" and {len(owed) - 3} more" if len(owed) > 3 else ""
    return (
        f"Delay {delay}, {signal}: no causal model gets below {by_step.sum():.3f} "
        f"({', '.join(owed[:3])}{rest}), the best linear one not below "
        f"{_linear(delay, noise).sum():.3f}. For white noise it is "
        f"{puzzle.floor_of_noise(delay, TIMESTEPS).sum():.3f}, 0.500 at "
        f"{f'each of the first {delay} steps' if delay > 1 else 'the first step'}."
    )


def _plateau(delay, noise, errors, floors):
    if noise:
        return "The trained models have heard no noise, and are not shown."
    if errors is None:
        measured = ", ".join(map(str, TRAINED))
        return f"Models were trained at delays of {measured}."
    low, high = errors.sum(axis=1).min(), errors.sum(axis=1).max()
    return (
        f"The sequence models, {UNITS} units and {puzzle.STEPS} steps, reach {low:.3f} to "
        f"{high:.3f}, {low / floors[delay].sum():.1f} times the floor at best."
    )


# The panels


class _ByStep(Panel):
    """The floor at each time step, for a sine and for white noise, and what was reached."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.74])
        axes.set(xlim=(-0.5, TIMESTEPS - 0.5), ylim=(-0.015, 0.9))
        axes.set(xlabel="time step", ylabel="mean squared error")
        axes.set_title("What is owed at each time step", **TITLE)
        plain(axes)
        steps = np.arange(TIMESTEPS)
        self._white = self.keep(
            axes.plot(
                steps,
                0 * steps,
                "-",
                color=GREY,
                lw=1,
                marker="x",
                ms=4,
                label="floor, white noise",
            )[0]
        )
        self._linear = self.keep(
            axes.plot(steps, 0 * steps, "--", color=GREEN, lw=1.4, label="best linear, sine")[0]
        )
        self._reached = self.keep(
            axes.plot(
                [],
                [],
                "-",
                color=VERMILION,
                lw=1,
                marker="o",
                ms=3.5,
                label="sequence models, sine",
            )[0]
        )
        self._floor = self.keep(
            axes.plot(steps, 0 * steps, "-", color=BLUE, lw=2.4, marker="s", ms=4,
                      label="floor, sine")[0]
        )  # fmt: skip
        axes.legend(loc="upper right", ncols=2, fontsize=8.5, frameon=False, columnspacing=1.2)

    def set(self, floor, linear, delay, reached):
        """Show what is owed by step, [timesteps] each; reached: [seeds, timesteps] or None."""
        self._floor.set_ydata(floor)
        self._linear.set_ydata(linear)
        self._white.set_ydata(puzzle.floor_of_noise(delay, TIMESTEPS))
        self._reached.set_visible(reached is not None)
        if reached is not None:  # one line for all seeds, with gaps between them
            gap = np.full((len(reached), 1), np.nan)
            steps = np.append(np.arange(TIMESTEPS), np.nan)
            self._reached.set_data(np.tile(steps, len(reached)), np.hstack([reached, gap]).ravel())
        self.alt = (
            "Floor by time step. Sine, first three steps: "
            f"{', '.join(f'{error:.3f}' for error in floor[:3])}; best linear answer: "
            f"{', '.join(f'{error:.3f}' for error in linear[:3])}; white noise: 0.500 until step "
            f"{delay - 1}, then 0."
        )


class _Summed(Panel):
    """The floor summed over the window, at every delay."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.74])
        axes.set(yscale="log", xlim=(0, DELAYS[-1] + 0.5), ylim=(LOWEST, 20))
        axes.set_yticks([0.01, 0.1, 1, 10], labels=["0.01", "0.1", "1", "10"])
        axes.set_xticks(range(0, DELAYS[-1] + 1, 5))
        axes.minorticks_off()
        axes.set(xlabel="delay", ylabel="summed error")
        axes.set_title("Summed over the window, at every delay", **TITLE)
        plain(axes)
        delays = DELAYS[1:]
        white = [puzzle.floor_of_noise(delay, TIMESTEPS).sum() for delay in delays]
        axes.plot(delays, white, "-", color=GREY, lw=1, marker="x", ms=4)
        axes.axhline(0.15, color=GREY, lw=0.8, ls=":")
        axes.annotate("0.15", (DELAYS[-1] + 0.3, 0.16), ha="right", fontsize=8.5, color=GREY)
        self._here = self.keep(axes.plot([0, 0], [LOWEST, 20], "-", color=BLACK, lw=0.8)[0])
        self._linear = self.keep(axes.plot(delays, white, "--", color=GREEN, lw=1.4)[0])
        self._reached = self.keep(axes.plot([], [], "o", color=VERMILION, ms=4.5)[0])
        self._floor = self.keep(
            axes.plot(delays, white, "-", color=BLUE, lw=2.4, marker="s", ms=4)[0]
        )

    def set(self, delay, floors, linear, reached):
        """Show sums by delay, [delays] each; reached: delay -> errors [seeds, timesteps]."""
        self._here.set_xdata([delay, delay])
        self._floor.set_ydata(floors[1:])
        self._linear.set_ydata(linear[1:])
        sums = {at: errors.sum(axis=1) for at, errors in reached.items()}
        self._reached.set_data(
            np.repeat(list(sums), [len(values) for values in sums.values()]),
            np.concatenate([*sums.values(), []]),
        )
        self.alt = (
            "Summed floor by delay on a logarithmic axis: "
            + ", ".join(f"{floors[at]:.3f} at {at}" for at in TRAINED)
            + ". The line at 0.15 is the loss at which the question's repository stops."
        )


class _ByNoise(Panel):
    """The floor summed over the window, at every level of noise."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.74])
        axes.set(yscale="log", xlim=(-0.4, len(NOISES) - 0.6), ylim=(LOWEST, 20))
        axes.set_yticks([0.01, 0.1, 1, 10], labels=["0.01", "0.1", "1", "10"])
        axes.set_xticks(range(len(NOISES)), labels=["none", *(f"{n:g}" for n in NOISES[1:])])
        axes.minorticks_off()
        axes.set(xlabel="noise on the samples, standard deviation", ylabel="summed error")
        axes.set_title("Summed over the window, at every noise", **TITLE)
        plain(axes)
        places = np.arange(len(NOISES))
        self._here = self.keep(axes.plot([0, 0], [LOWEST, 20], "-", color=BLACK, lw=0.8)[0])
        self._linear = self.keep(axes.plot(places, places + 1, "--", color=GREEN, lw=1.4)[0])
        self._floor = self.keep(
            axes.plot(places, places + 1, "-", color=BLUE, lw=2.4, marker="s", ms=4)[0]
        )

    def set(self, delay, noise, floors, linear):
        """Show the sums at one delay, [noises] each, and where the slider stands."""
        self._here.set_xdata([NOISES.index(noise)] * 2)
        self._floor.set_ydata(floors)
        self._linear.set_ydata(linear)
        self.alt = (
            f"Summed floor at delay {delay} by noise, on a logarithmic axis: "
            + ", ".join(f"{floor:.3f} at {n:g}" for n, floor in zip(NOISES, floors, strict=True))
            + f". The best linear answer ends at {linear[-1]:.3f}."
        )


PANELS = (_ByStep, _Summed, _ByNoise)
