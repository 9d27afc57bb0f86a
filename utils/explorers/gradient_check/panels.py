"""The pictures: error over delta, both gradients, error by block, and what is left of the start."""

import numpy as np

from utils.explorers.panel import BLACK, BLUE, GREEN, GREY, TITLE, VERMILION, Panel, plain
from utils.puzzles import gradient_check as puzzle

BUG, MENDED, FLOAT32 = "with the bug", "mended", "mended, float32"
LOOKS = {  # of a check, wherever it is drawn
    BUG: {"color": VERMILION, "marker": "x", "ms": 5, "mew": 1.3},
    MENDED: {"color": BLUE, "marker": "o", "ms": 4, "mew": 0},
    FLOAT32: {"color": GREEN, "marker": "^", "ms": 4, "mew": 0},
}
KINDS = tuple(LOOKS)
LINES = {BUG: "-", MENDED: (0, (5, 1.5)), FLOAT32: ":"}
BLOCKS = tuple(puzzle.parameters(seed=0, units=1))
TOLERANCES = puzzle.TOLERANCE, 1e-5  # the question's, and one that holds
LEAST_ERROR, LEAST_LEFT = 1e-14, 1e-8  # what is smaller is drawn at the edge
MOST = 3  # of a numerical gradient, by the largest analytic one; more is drawn at the edge
LITTLE = 0.01  # of the wrong start
LEGEND = {
    "fontsize": 8.5, "frameon": False, "loc": "lower left", "bbox_to_anchor": (-0.03, 0.985),
    "ncols": 3, "handletextpad": 0.4, "columnspacing": 1.2, "handlelength": 1.8,
}  # fmt: skip


def brief(number):
    """Two digits of a number: "0.024", "1.6e-10"."""
    return f"{number:.2g}".replace("e-0", "e-")


def power(number):
    """A power of ten: "1e-2"."""
    return f"{number:.0e}".replace("e-0", "e-")


class ByDelta(Panel):
    """The norm error of each check at every delta that is tried."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.16, 0.155, 0.81, 0.665])
        axes.set(xscale="log", yscale="log", xlim=(5e-11, 0.2), ylim=(1e-12, 3))
        _name(axes, "delta", "norm error")
        _powers(axes.xaxis, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2)
        _powers(axes.yaxis, 1e-12, 1e-9, 1e-6, 1e-3, 1)
        _plain(axes, "Which delta is best?")
        self._here = self.keep(axes.plot([1, 1], axes.get_ylim(), "-", color=BLACK, lw=0.8)[0])
        self._lines = {
            kind: self.keep(axes.plot([], [], ls=LINES[kind], lw=1.5, label=kind, **look)[0])
            for kind, look in LOOKS.items()
        }
        axes.legend(**LEGEND)

    def set(self, deltas, errors, delta):
        """Show errors, kind -> [deltas], and mark the chosen delta."""
        self._here.set_xdata([delta, delta])
        self.alt = "Norm error by delta, both axes logarithmic."
        for kind, line in self._lines.items():
            line.set_data(deltas, np.maximum(errors[kind], 1e-12))
            points = zip(deltas, errors[kind], strict=True)
            listed = ", ".join(f"{brief(error)} at {power(at)}" for at, error in points)
            self.alt += f" {kind.capitalize()}: {listed}."


class BothGradients(Panel):
    """The numerical against the analytic gradient, a mark for each parameter."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.16, 0.155, 0.81, 0.665])
        ticks = [-1, -0.1, -0.01, 0, 0.01, 0.1, 1]
        names = [f"{tick:g}" for tick in ticks]
        axes.set_xscale("asinh", linear_width=0.003)  # both signs, and the small ones told apart
        axes.set_yscale("asinh", linear_width=0.003)
        axes.set(xlim=(-1.4, 1.4), ylim=(-MOST, MOST))
        _name(axes, "analytic gradient", "numerical gradient")
        axes.set_xticks(ticks, labels=names)
        axes.set_yticks(ticks, labels=names)
        _plain(axes, "Both gradients of each parameter, the largest 1")
        axes.plot([-MOST, MOST], [-MOST, MOST], "-", color=GREY, lw=0.8)
        self._marks = {
            kind: self.keep(axes.plot([], [], ls="", label=kind, **LOOKS[kind])[0])
            for kind in (BUG, MENDED)
        }
        axes.legend(**LEGEND)

    def set(self, analytic, numerical):
        """Show the analytic gradient, [parameters], and numerical ones, kind -> [parameters]."""
        largest = np.abs(analytic).max() or 1
        turned = []
        for kind, marks in self._marks.items():
            marks.set_data(analytic / largest, np.clip(numerical[kind] / largest, -MOST, MOST))
            turned.append(f"{kind} {np.sum(analytic * numerical[kind] < 0)}")
        self.alt = (
            f"Numerical against analytic gradient of {len(analytic)} parameters, and the line on "
            f"which both are equal. Opposite in sign: {', '.join(turned)}."
        )


class ByBlock(Panel):
    """The relative error of every parameter, by the block that it belongs to."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.16, 0.155, 0.77, 0.665])
        axes.set(yscale="log", xlim=(-0.5, len(BLOCKS) - 0.5), ylim=(LEAST_ERROR, 3))
        _name(axes, "block of parameters", "|a − n| / (|a| + |n|)")
        axes.set_xticks(range(len(BLOCKS)), labels=BLOCKS)
        _powers(axes.yaxis, 1e-14, 1e-11, 1e-8, 1e-5, 1e-2)
        _plain(axes, "Relative error of every parameter")
        for tolerance in TOLERANCES:
            _level(axes, tolerance, power(tolerance))
        self._marks = {
            kind: self.keep(axes.plot([], [], ls="", label=kind, **{**look, "ms": 3})[0])
            for kind, look in LOOKS.items()
        }
        axes.legend(markerscale=1.4, **LEGEND)

    def set(self, errors):
        """Show errors, kind -> block -> an array of any shape."""
        self.alt = "Relative error of every parameter, on a logarithmic axis; the largest by block."
        for place, (kind, marks) in zip((-0.28, 0, 0.28), self._marks.items(), strict=True):
            blocks = {name: errors[kind][name].ravel() for name in BLOCKS}
            across = [  # the parameters of a block lie side by side, in a column for each kind
                k + place + 0.22 * ((np.arange(block.size) + 0.5) / block.size - 0.5)
                for k, block in enumerate(blocks.values())
            ]
            drawn = np.concatenate(list(blocks.values()), dtype=np.float64)
            marks.set_data(np.concatenate(across), np.maximum(drawn, LEAST_ERROR))
            listed = ", ".join(f"{name} {brief(block.max())}" for name, block in blocks.items())
            self.alt += f" {kind.capitalize()}: {listed}."


class Left(Panel):
    """How far a run from the wrong start is from one from zeros, along the window."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.16, 0.155, 0.77, 0.665])
        axes.set(yscale="log", xlim=(0, 100), ylim=(LEAST_LEFT, 3))
        _name(axes, "part of the window that is over, %", "distance to the right run")
        _powers(axes.yaxis, 1e-8, 1e-6, 1e-4, 1e-2, 1)
        _plain(axes, "What is left of the wrong start")
        _level(axes, LITTLE, f"{100 * LITTLE:g} %")
        self._gate = self.keep(
            axes.plot([], [], "--", color=GREY, lw=1.3, label="a forget gate at its bias")[0]
        )
        self._left = self.keep(
            axes.plot([], [], "-", color=VERMILION, lw=2, label="the state, h and c")[0]
        )
        axes.legend(**LEGEND)

    def set(self, left, kept):
        """Show what is left, [timesteps + 1], and what a gate that keeps this share would leave."""
        steps = np.arange(len(left))
        over = 100 * steps / steps[-1]
        self._left.set_data(over, np.maximum(left, LEAST_LEFT))
        self._gate.set_data(over, np.maximum(kept**steps, LEAST_LEFT))
        early = [step for step in (1, 2, 5, 10, 20, 50, 100, 200) if step < steps[-1]]
        listed = ", ".join(f"{brief(left[step])} after {step}" for step in [*early, steps[-1]])
        self.alt = (
            "Distance between a run from the wrong start and one from zeros, as a share of what it "
            f"is at the start, on a logarithmic axis: {listed} of {steps[-1]} steps. A forget gate "
            f"at its bias keeps {brief(kept)} a step."
        )


def _name(axes, across, up):
    axes.set_xlabel(across, fontsize=9)
    axes.set_ylabel(up, fontsize=9)


def _plain(axes, title):
    axes.minorticks_off()
    axes.set_title(title, **TITLE, pad=22)
    plain(axes)


def _powers(axis, *ticks):
    """Ticks as powers of ten in plain letters: Matplotlib's own need its typesetting, some MB."""
    axis.set_ticks(ticks, labels=["1" if tick == 1 else power(tick) for tick in ticks])


def _level(axes, height, name):
    """A line across the axes, with its name beside it."""
    axes.axhline(height, color=BLACK, lw=0.8)
    axes.annotate(name, (1.01, height), xycoords=("axes fraction", "data"), va="center", fontsize=8)


PANELS = (ByDelta, BothGradients, ByBlock, Left)
