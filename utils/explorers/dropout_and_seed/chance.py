"""The explorer "is it chance?": every run as a dot, the spread of one model before the difference.

All runs come from the record; "train this one now" trains the last seed that is shown, with Dropout
and without, and lays both over it.
"""

from dataclasses import dataclass

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.panel import BLACK, BLUE, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import count, number_word
from utils.instruments.chance import FEWEST, LEVEL, apart, sign_flip
from utils.puzzles.dropout_and_seed import grid
from utils.puzzles.dropout_and_seed.training import PAIR, train_pair
from utils.training.records import RecordError

LOSSES = {"validation loss": "validation", "training loss": "training"}
EXPLAINED = {"validation": "", "training": " (with Dropout at work)"}  # said once in a sentence
STEP, HIGH = 4, 12  # of the dots' axis: it begins at a multiple of the one, and is so high or more
DRIFT = (  # measured: at 128 units the first epoch agrees to seven digits, the tenth to two
    "The record took its float32 sums in another order: a last digit, which grew from epoch to "
    "epoch."
)
LOOKS = {"with": (BLUE, "o"), "again": (BLUE, "o"), "without": (VERMILION, "s")}


@dataclass(frozen=True)
class Point:
    """Where the controls stand."""

    kind: str  # of the losses, as in `Runs`
    seeds: int  # how many are shown
    units: int
    inputs: int

    @classmethod
    def of(cls, values):
        return cls(LOSSES[values["loss"]], values["seeds"], values["units"], values["inputs"])

    @property
    def seed(self):
        """The one that "train this one now" trains: the last that is shown."""
        return grid.GRID["seed"][self.seeds - 1]

    @property
    def setting(self):
        return grid.setting(self.units, self.inputs)


@dataclass(frozen=True)
class Live:
    """How far a live training of a pair has come."""

    step: int
    steps: int
    training: np.ndarray  # [epochs so far, PAIR]
    validation: np.ndarray

    def of(self, kind):
        """arm -> [epochs so far]."""
        return dict(zip(PAIR, getattr(self, kind).T, strict=True))


def explorer():
    """The explorer: loss, seeds, units and inputs above the dots and the curves."""
    panels = [panel() for panel in PANELS]
    controls = {
        "loss": widgets.Dropdown(options=list(LOSSES), description="loss"),
        "seeds": _steps(range(1, len(grid.GRID["seed"]) + 1), "seeds", len(grid.GRID["seed"])),
        "units": _steps(grid.GRID["units"], "units", 64),
        "inputs": _steps(grid.GRID["inputs"], "inputs", 201),
    }
    return Explorer(controls, panels, drawing_on(*panels), train=_trainings)


def drawing_on(dots, curves):
    """The function that draws on these panels: (values, Live or None) -> the sentence."""

    def draw(values, live):
        point = Point.of(values)
        try:
            runs = grid.recorded(point.units, point.inputs)
        except (RecordError, KeyError) as error:
            runs, missing = None, f"No recorded trainings to show. {error.args[0]}"
        dots.set(runs, live, point)
        curves.set(runs, live, point)
        words = _chance(runs, point) if runs else missing
        return " ".join(filter(None, [words, _here(runs, live, point)]))

    return draw


def _steps(options, description, value):
    return widgets.SelectionSlider(options=options, value=value, description=description)


def _trainings(values):
    """Train one pair at a point, here and now: yields Live, the untrained pair first."""
    point = Point.of(values)
    for report in train_pair(point.setting, point.seed):
        yield Live(report.step, point.setting.steps, report.training, report.validation)


# What it says


def _chance(runs, point):
    """The spread of one model first, then the difference, with its test."""
    ends = {arm: runs[arm].last(point.kind)[: point.seeds] for arm in runs}
    loss = f"{point.kind} loss{EXPLAINED[point.kind]}"
    where = f"{point.units} units, {point.inputs} inputs"
    medians = {arm: f"{np.median(losses):.2f}" for arm, losses in ends.items()}
    if point.seeds == 1:
        return (
            f"{where}, one pair: {loss} {medians['with']} with Dropout, {medians['without']} "
            f"without. But the same model with another seed: {medians['again']}. One pair says "
            "nothing of chance."
        )
    same = np.median(apart(np.r_[ends["with"], ends["again"]]))
    equal = _verdict(ends["with"] - ends["again"], "a false alarm")
    differ = _verdict(ends["with"] - ends["without"], "chance seldom does that")
    lower = int((ends["without"] < ends["with"]).sum())
    return (
        f"{where}, {point.seeds} seeds: two runs with Dropout differ in {loss} by {same:.2f} "
        f"(median). Same model, other seeds: median {medians['with']} against {medians['again']}, "
        f"{equal}. Dropout against none: {medians['with']} against {medians['without']}, lower "
        f"without in {lower} of {point.seeds} pairs, {differ}."
    )


def _verdict(differences, rare):
    """The exact sign-flip p, and what it amounts to: `rare` is said of a small one."""
    if len(differences) < FEWEST:
        return f"p can't be below {2 / 2 ** len(differences):.3g}"
    p = sign_flip(differences)
    return f"p = {p:.3f}: {rare if p <= LEVEL else 'chance does that'}"


def _here(runs, live, point):
    """What the pair that is trained live has come to."""
    if live is None:
        return ""
    now = {arm: losses[-1] for arm, losses in live.of(point.kind).items() if len(losses)}
    if not now:
        return f"Seed {point.seed} is being trained here, in its first epoch."
    done = live.step == live.steps
    verb = "Trained here" if done else f"Here, after {count(len(live.training), 'epoch')}"
    words = f"{verb}, seed {point.seed}: {now['with']:.2f} with, {now['without']:.2f} without"
    if not (done and runs):
        return f"{words}."
    kept = {arm: runs[arm].last(point.kind)[point.seeds - 1] for arm in PAIR}
    words = f"{words}; recorded {kept['with']:.2f} and {kept['without']:.2f}."
    if all(abs(now[arm] - kept[arm]) < 0.01 for arm in PAIR):  # but for the last digit
        return words
    return f"{words} {DRIFT}"


# The panels


def loss_label(kind, low):
    """What the axis of the last losses shows, and where it starts."""
    return f"last {kind} loss (axis from {low:.0f})"


class _Dots(Panel):
    """Every run's last loss: one model against itself, then with Dropout against without."""

    width, height = 435, 300

    def __init__(self, figure=None):
        super().__init__(figure)
        left = self.figure.add_axes([0.115, 0.135, 0.4, 0.755])
        right = self.figure.add_axes([0.575, 0.135, 0.4, 0.755])
        self._axes = left, right
        self._columns = [("with", "again"), PAIR]
        titles = "One model, other seeds", "With and without Dropout"
        names = (["with", "with,\nother seeds"], ["with", "without"])
        self._lines, self._dots, self._medians = [], [], []
        for axes, title, labels, arms in zip(self._axes, titles, names, self._columns, strict=True):
            axes.set(xlim=(-0.5, 1.5))
            axes.set_title(title, **TITLE)
            axes.set_xticks([0, 1], labels=labels)
            plain(axes, 8.5)
            self._lines.append(self.keep(axes.plot([], [], "-", color=GREY, lw=0.8)[0]))
            for arm in arms:
                colour, marker = LOOKS[arm]
                self._dots.append(
                    self.keep(axes.plot([], [], marker, color=colour, ms=5.5, alpha=0.75)[0])
                )
                self._medians.append(self.keep(axes.plot([], [], "-", color=colour, lw=2.4)[0]))
        right.set_yticklabels([])
        left.yaxis.label.set_size(9)
        self._live = self.keep(
            right.plot([], [], "-D", color=BLACK, mfc="none", ms=8, mew=1.6, lw=1.4)[0]
        )

    def set(self, runs, live, point):
        """Show the runs of a point, and a live pair over them."""
        ends = {arm: runs[arm].last(point.kind) for arm in runs or ()}
        self._scale(np.concatenate(list(ends.values())) if ends else np.array([0.0]), point)
        k = 0
        for line, arms in zip(self._lines, self._columns, strict=True):
            pair = [ends[arm][: point.seeds] if ends else np.empty(0) for arm in arms]
            gap = np.full(len(pair[0]), np.nan)
            line.set_data(np.tile([0, 1, np.nan], len(gap)), np.stack([*pair, gap], axis=1).ravel())
            for place, losses in enumerate(pair):
                self._dots[k].set_data(np.full(len(losses), place), losses)
                median = [np.median(losses)] * 2 if len(losses) else [np.nan] * 2
                self._medians[k].set_data([place - 0.22, place + 0.22], median)
                k += 1
        now = [losses[-1] for losses in live.of(point.kind).values() if len(losses)] if live else []
        self._live.set_data([0, 1][: len(now)], now)
        self.alt = (
            f"Dots: the {point.kind} loss of {count(point.seeds, 'run')} an arm, pairs of one seed "
            "joined. Left, two arms with Dropout and different seeds; right, with Dropout and "
            "without."
        )

    def _scale(self, losses, point):
        """One axis for both pictures, the same for any number of seeds."""
        low = STEP * np.floor(losses.min() / STEP)
        high = max(low + HIGH, STEP * np.ceil(losses.max() / STEP))
        for axes in self._axes:
            self.set_limits(axes, y=(low, high))
        self._axes[0].yaxis.label.set_text(loss_label(point.kind, low))
        self.lay_out((low, high, point.kind))


class _Curves(Panel):
    """The loss after each epoch, of every run with and without Dropout."""

    width, height = 385, 300

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.12, 0.15, 0.85, 0.74])
        epochs = grid.setting(64, 201).epochs
        axes.set(xlim=(0.8, epochs + 0.2), ylim=(0, 36))
        axes.set_xlabel("epoch", fontsize=9)
        axes.yaxis.label.set_size(9)
        axes.set_title("Epoch by epoch", **TITLE)
        axes.set_xticks(range(1, epochs + 1))
        plain(axes, 8.5)
        self._lines = {}
        for arm, style in zip(PAIR, ("-", "--"), strict=True):
            colour, marker = LOOKS[arm]
            self._lines[arm] = self.keep(
                axes.plot([], [], style, color=colour, lw=1, marker=marker, ms=2.5,
                          label=f"{arm} Dropout")[0]
            )  # fmt: skip
        self._live = {
            arm: self.keep(axes.plot([], [], style, color=BLACK, lw=1.8)[0])
            for arm, style in zip(PAIR, ("-", "--"), strict=True)
        }
        axes.plot([], [], "-", color=BLACK, lw=1.8, label="trained here and now")
        axes.legend(loc="upper right", fontsize=8.5, frameon=False)

    def set(self, runs, live, point):
        """Show the curves of the seeds that are shown, and a live pair over them."""
        for arm, line in self._lines.items():
            losses = getattr(runs[arm], point.kind)[: point.seeds] if runs else np.empty((0, 0))
            gap = np.full((len(losses), 1), np.nan)  # lifts the pen between two runs
            epochs = np.append(np.arange(1, losses.shape[1] + 1), np.nan)
            line.set_data(np.tile(epochs, len(losses)), np.hstack([losses, gap]).ravel())
        for arm, line in self._live.items():
            losses = live.of(point.kind)[arm] if live else np.empty(0)
            line.set_data(np.arange(1, len(losses) + 1), losses)
        self._axes.yaxis.label.set_text(f"{point.kind} loss")
        self.lay_out(point.kind)
        self.alt = (
            f"Curves of the {point.kind} loss over the epochs: {count(point.seeds, 'run')} with "
            f"Dropout, solid, and {number_word(point.seeds)} without, dashed."
        )


PANELS = (_Dots, _Curves)
