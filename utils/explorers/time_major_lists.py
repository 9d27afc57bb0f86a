"""The explorer of lesson 01: four layouts of one stream, and what the network makes of each.

The maps are computed at once, from the real network before training, on a batch of three rows. The
curve and the table come from the record, whose batches have more rows; "train this one now" lays a
live curve over it.
"""

from dataclasses import dataclass
from functools import lru_cache

import ipywidgets as widgets
import numpy as np
from matplotlib.colors import ListedColormap

from utils.explorers.frame import Explorer
from utils.explorers.panel import BLACK, BLUE, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import groups_not_told_apart, inputs_heard
from utils.instruments import influence
from utils.puzzles import time_major_lists as puzzle
from utils.training.records import RecordError

ROWS = 3  # of the batch in the two maps: enough to tell the layouts apart, few enough to read
READABLE = 10  # timesteps up to which the index map has room for its numbers
QUICK = 4  # batches behind a live table; the last one uses as many as the record
KINDS = {
    "wrong: as asked": ("wrong", False),
    "right": ("right", False),
    "right, state carried": ("right", True),
    "input_only: only the split is mended": ("input_only", False),
    "output_only: only the join is mended": ("output_only", False),
}


@dataclass(frozen=True)
class Point:
    """Where the controls stand."""

    layout: str
    carried: bool
    units: int
    timesteps: int
    seed: int

    @classmethod
    def of(cls, values):
        layout, carried = KINDS[values["layout"]]
        return cls(layout, carried, values["units"], values["window"], values["seed"])

    @property
    def sizes(self):
        """What the puzzle's functions call the layout and its sizes in the training."""
        return self.layout, self.batch, self.timesteps, self.carried

    @property
    def batch(self):
        """Rows of the batch in the training, so that a batch holds as many bits at every window."""
        return puzzle.BITS_A_BATCH // self.timesteps

    @property
    def output(self):
        """The output that is looked at in the maps: the last one of the second row."""
        return 2 * self.timesteps - 1


@dataclass(frozen=True)
class Live:
    """How far a live training has come."""

    losses: np.ndarray  # [steps so far], nats
    weights: tuple
    steps = puzzle.STEPS  # of the whole training

    @property
    def step(self):
        return len(self.losses)

    @property
    def done(self):
        return self.step == self.steps


@dataclass(frozen=True)
class Result:
    """A curve and a table, recorded or live."""

    steps: np.ndarray  # [points]
    losses: np.ndarray  # [points], nats
    loss: float  # the number in the sentence, nats
    outputs: int  # fresh ones behind the loss and the table
    table: np.ndarray  # [4, 4]


def explorer():
    """The explorer: layout, timesteps, units and seed above two maps, a curve and a table."""
    panels = [panel() for panel in PANELS]
    controls = {
        "layout": widgets.Dropdown(options=list(KINDS), description="layout"),
        "window": _steps("timesteps", "timesteps", 10),
        "units": _steps("units", "units", puzzle.UNITS),
        "seed": _steps("seed", "seed", 0),
    }
    return Explorer(controls, panels, drawing_on(*panels), train=_trainings)


def drawing_on(index, hearing, curve, table):
    """The function that draws on these panels: (values, Live or None) -> the sentence."""

    def draw(values, live):
        point = Point.of(values)
        index.set(point)
        moved = _moved(point.layout, point.timesteps, point.units, point.seed)
        hearing.set(moved, point)
        recorded, missing = _recorded(point)
        current = _of_live(point, live) if live else None
        floor = puzzle.floor(*point.sizes)
        curve.set(recorded, current, floor)
        shown = current or recorded
        table.set(shown.table if shown else None, live is not None)
        words = _training(point, shown, live) if shown else missing
        return f"{_hearing(moved, point)} {words}"

    return draw


def _steps(name, description, value):
    options = puzzle.GRID[name]
    return widgets.SelectionSlider(options=options, value=value, description=description)


# What is shown


@lru_cache(maxsize=256)
def _moved(layout, timesteps, units, seed):
    """Which outputs of the untrained network move when one bit is flipped: [inputs, outputs]."""
    model = puzzle.untrained(layout, ROWS, timesteps, units, seed)
    bits = puzzle.random_bits(ROWS * timesteps, seed)
    return influence(model, bits, poke=lambda bit: 1 - bit, vectorized=True).moved


def _recorded(point):
    """The recorded Result at a point and an empty string, or None and a sentence that says why."""
    try:
        found = puzzle.recorded(
            point.layout, point.units, point.timesteps, point.seed, point.carried
        )
    except (RecordError, KeyError) as error:
        return None, f"No recorded training to show. {error.args[0]}"
    outputs = puzzle.FRESH * puzzle.BITS_A_BATCH
    return Result(found.steps, found.losses, found.loss, outputs, found.table), ""


def _trainings(values):
    """Train the network at a point, here and now: yields Live, the untrained network first."""
    point = Point.of(values)
    losses = []
    for report in puzzle.trainings(
        point.layout, point.batch, point.timesteps, point.units, (point.seed,), point.carried
    ):
        losses.append(report.losses[:, 0])
        yield Live(np.concatenate(losses), tuple(w[0] for w in report.weights))


def _of_live(point, live):
    """What a live training has come to, as a Result."""
    probabilities, labels = puzzle.answers(
        live.weights, point.layout, point.batch, point.timesteps, point.carried, point.seed,
        **({} if live.done else {"steps": QUICK}),
    )  # fmt: skip
    loss = puzzle.cross_entropy(probabilities, labels)
    steps, losses = np.array([], int), np.array([])
    if len(live.losses):
        steps, losses = puzzle.marks(len(live.losses)), puzzle.curve(live.losses)
    return Result(steps, losses, loss, len(labels), puzzle.class_table(probabilities, labels))


# What it says


def _hearing(moved, point):
    layout = f"{point.layout}, state carried" if point.carried else point.layout
    heard = np.flatnonzero(moved[:, point.output])
    return (
        f"Layout {layout}: in a batch of {ROWS} rows, output {point.output} hears "
        f"{inputs_heard(heard)}; its class needs {point.output - 1} and {point.output}."
    )


def _training(point, result, live):
    verb = "Trained" if live is None else "Trained here" if live.done else "Training"
    ends = "is" if live and not live.done else "ends at"
    return (
        f"{verb} on {point.batch} rows of {point.timesteps} steps, with {point.units} units and "
        f"seed {point.seed}, the loss {ends} {result.loss:.3f}, {_beside_floor(point, result)}; "
        f"{groups_not_told_apart(result.table)}."
    )


def _beside_floor(point, result):
    """Where the loss lies. Noise is two standard errors of the fresh sample at the floor."""
    floor = puzzle.floor(*point.sizes)
    above = result.loss - floor
    if above < 0.0005 or above <= 2 * puzzle.floor_noise(*point.sizes, result.outputs):
        return f"at the floor of {floor:.3f} within the noise of the sample"
    return f"{above:.3f} above the floor of {floor:.3f}"


# The panels


class _IndexPanel(Panel):
    """Which element of the stream is in which element of the list."""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._shown = None
        self._axes = axes = self.figure.add_axes([0.14, 0.17, 0.83, 0.72])
        axes.set(xlabel="list element, one time step to the network", ylabel="row of the batch")
        axes.set_title("Where each element of the stream is fed", **TITLE)
        axes.set_yticks(range(ROWS))
        axes.tick_params(labelsize=8, length=0)
        self._cells = self.keep(
            axes.imshow(np.zeros((ROWS, 2)), cmap="cividis", vmin=0, vmax=1, aspect="auto")
        )
        self._edges = self.keep(axes.plot([], [], "-", color="white", lw=1.5)[0])
        self._numbers = [
            self.keep(axes.text(0, 0, "", ha="center", va="center", fontsize=9.5))
            for _ in range(ROWS * READABLE)
        ]

    def set(self, point):
        """Show the layout of a point."""
        if self._shown == (point.layout, point.timesteps):
            return
        self._shown = point.layout, point.timesteps
        fed = puzzle.index_map(point.layout, ROWS, point.timesteps).T  # [rows, timesteps]
        columns, last = point.timesteps, ROWS * point.timesteps - 1
        readable = columns <= READABLE
        self.lay_out(columns)
        if self._axes.get_xlim() != (-0.5, columns - 0.5):
            self._axes.set_xlim(-0.5, columns - 0.5)
            self._axes.set_xticks(range(columns) if readable else range(0, columns, 5))
        self._cells.set_data(fed / last)
        self._cells.set_extent((-0.5, columns - 0.5, ROWS - 0.5, -0.5))
        lines = np.arange(0.5, ROWS - 1)
        self._edges.set_data(
            np.tile([-0.5, columns - 0.5, np.nan], len(lines)), np.repeat(lines, 3)
        )
        for text in self._numbers:
            text.set_visible(False)
        if readable:
            for text, (place, element) in zip(self._numbers, np.ndenumerate(fed), strict=False):
                text.set(x=place[1], y=place[0], text=str(element), visible=True)
                text.set_color("white" if element < 0.55 * last else "black")
        self.alt = (
            f"Index map for a batch of {ROWS}: list element 0 holds elements "
            f"{', '.join(map(str, fed[:, 0]))} of the stream, list element 1 holds "
            f"{', '.join(map(str, fed[:, 1]))}."
        )


class _HearingPanel(Panel):
    """The influence map of the untrained network, and the bits that each class needs."""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._shown = None
        self._axes = axes = self.figure.add_axes([0.14, 0.16, 0.83, 0.65])
        axes.set(xlabel="output", ylabel="poked input")
        axes.set_title(
            "Before training: outputs that a poked input moves",
            **TITLE, pad=20,
        )  # fmt: skip
        axes.tick_params(labelsize=8)
        colours = ListedColormap(["white", BLUE])
        self._cells = self.keep(
            axes.imshow(np.zeros((2, 2)), cmap=colours, vmin=0, vmax=1, aspect="auto",
                        interpolation="nearest")
        )  # fmt: skip
        self._needed = self.keep(
            axes.plot([], [], "o", mfc="none", mec=VERMILION, mew=1.5, label="its class needs")[0]
        )
        self._column = self.keep(axes.plot([], [], color=BLACK, lw=1.5, label="one output")[0])
        moved = axes.plot([], [], "s", ms=7, color=BLUE, label="moved")[0]
        axes.legend(
            handles=[moved, self._needed, self._column], loc="lower left", ncols=3, fontsize=8.5,
            frameon=False, bbox_to_anchor=(-0.02, 0.985), handletextpad=0.4, columnspacing=1.4,
        )  # fmt: skip
        self.keep(*axes.spines.values())

    def set(self, moved, point):
        """Show which outputs moved, [inputs, outputs]."""
        if self._shown is not None and np.array_equal(self._shown, moved):
            return  # most seeds and units hear the same
        self._shown = moved
        n = len(moved)
        self.lay_out(n)
        if self._axes.get_xlim() != (-0.5, n - 0.5):
            self._axes.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5))
        self._cells.set_data(moved)
        self._cells.set_extent((-0.5, n - 0.5, n - 0.5, -0.5))
        outputs = np.arange(n)
        self._needed.set_data(np.r_[outputs, outputs[1:]], np.r_[outputs, outputs[1:] - 1])
        self._needed.set_markersize(np.clip(150 / n, 1.2, 9))
        left, right = point.output - 0.5, point.output + 0.5
        self._column.set_data(
            [left, right, right, left, left], [-0.5, -0.5, n - 0.5, n - 0.5, -0.5]
        )
        self.alt = (
            f"Influence map of the untrained network, {n} inputs by {n} outputs; "
            "the sentence says what one output hears."
        )


class _Curve(Panel):
    """The training curve over the steps, the floor, and the losses of guessing."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.125, 0.16, 0.775, 0.73])
        axes.set(xscale="log", xlim=(1, puzzle.STEPS), ylim=(0, 1.6), xlabel="training step")
        axes.set_xticks([1, 10, 100, 1000], labels=["1", "10", "100", "1000"])
        axes.minorticks_off()
        axes.set_ylabel("loss, nats")
        axes.set_title("Training", **TITLE)
        plain(axes)
        for bits in (2, 1):
            height = bits * np.log(2)
            axes.axhline(height, color=GREY, lw=1, ls=":")
            axes.annotate(
                f"ln {2**bits}", (1.01, height), xycoords=("axes fraction", "data"), va="center",
                fontsize=9, color=GREY,
            )  # fmt: skip
        self._floor = self.keep(axes.plot([1, puzzle.STEPS], [0, 0], "--", color=VERMILION, lw=1.8,
                                          label="floor: the best on average")[0])  # fmt: skip
        self._recorded = self.keep(
            axes.plot([], [], "-", color=BLUE, lw=2.2, label="recorded training")[0]
        )
        self._live = self.keep(axes.plot([], [], "-", color=BLACK, lw=1.3, marker="o", ms=3,
                                         markevery=4, label="trained here and now")[0])  # fmt: skip
        axes.legend(loc="lower left", fontsize=8.5, frameon=False, bbox_to_anchor=(0, 0.08))

    def set(self, recorded, live, floor):
        """Show a recorded and a live Result, either of which may be None."""
        self._floor.set_ydata([floor, floor])
        for line, result in ((self._recorded, recorded), (self._live, live)):
            line.set_visible(result is not None)
            if result is not None:
                line.set_data(result.steps, result.losses)
        self.alt = f"Training curve with its floor at {floor:.3f} nats, and marks at ln 2 and ln 4."


class _Table(Panel):
    """The mean answer of the network where the class is 0, 1, 2, 3."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.14, 0.17, 0.83, 0.72])
        n = puzzle.CLASSES
        axes.set(xlabel="mean probability given to class", ylabel="true class")
        axes.set_xticks(range(n))
        axes.set_yticks(range(n))
        axes.tick_params(labelsize=8, length=0)
        self._title = self.keep(
            axes.set_title("What the trained network answers", **TITLE)
        )
        self._cells = self.keep(
            axes.imshow(np.zeros((n, n)), cmap="Blues", vmin=0, vmax=1.25, aspect="auto")
        )
        self._numbers = [
            self.keep(axes.text(column, row, "", ha="center", va="center", fontsize=10.5))
            for row, column in np.ndindex(n, n)
        ]

    def set(self, table, live):
        """Show a table, [4, 4], or None for nothing."""
        self._title.set_text(
            "What the network answers, trained here" if live else "What the trained network answers"
        )
        shown = np.zeros((4, 4)) if table is None else table
        self._cells.set_data(shown)
        for text, value in zip(self._numbers, shown.ravel(), strict=True):
            text.set_text("" if table is None else f"{value:.2f}")
            text.set_color("white" if value > 0.7 else "black")
        rows = [f"class {k}: {', '.join(f'{p:.2f}' for p in row)}" for k, row in enumerate(shown)]
        self.alt = "No table." if table is None else "Class table. True " + "; ".join(rows) + "."


PANELS = (_IndexPanel, _HearingPanel, _Curve, _Table)
