"""The explorer "how many seeds?": what an experiment of so many pairs can show, and can't.

Experiments are drawn from the recorded small setting. One is shown as dots; beside it the share of
all experiments in which a test shows the difference, or one that is not there.
"""

from contextlib import suppress

import ipywidgets as widgets
import numpy as np

from utils.explorers.dropout_and_seed.chance import EXPLAINED, LOOKS, LOSSES, loss_label
from utils.explorers.frame import Explorer
from utils.explorers.panel import BLUE, GREEN, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import count
from utils.instruments.chance import LEVEL, sign_flip
from utils.puzzles.dropout_and_seed import many_seeds
from utils.puzzles.dropout_and_seed.experiments import PAIRS, chances, experiment
from utils.puzzles.dropout_and_seed.training import PAIR
from utils.training.records import RecordError

DRAWS = tuple(range(1, 13))  # experiments of each size that can be looked at


def explorer():
    """The explorer: loss, number of pairs and draw above one experiment and all of them."""
    panels = [panel() for panel in PANELS]
    with suppress(RecordError):  # the first picture says it
        for kind in LOSSES.values():
            chances(kind)  # takes a moment, here and not when the other one is chosen
    controls = {
        "loss": widgets.Dropdown(options=list(LOSSES), description="loss"),
        "pairs": widgets.SelectionSlider(options=PAIRS, value=6, description="pairs"),
        "draw": widgets.SelectionSlider(options=DRAWS, description="experiment"),
    }
    return Explorer(controls, panels, drawing_on(*panels))


def drawing_on(dots, shares):
    """The function that draws on these panels: (values, None) -> the sentence."""

    def draw(values, _):
        kind, pairs = LOSSES[values["loss"]], values["pairs"]
        try:
            found, losses = chances(kind), experiment(kind, pairs, values["draw"])
        except RecordError as error:
            return f"No recorded trainings to draw from. {error}"
        p = sign_flip(losses["with"] - losses["without"])
        dots.set(losses, kind, p)
        shares.set(found, pairs)
        return _sentence(found, pairs, values["draw"], kind, p)

    return draw


def _sentence(found, pairs, draw, kind, p):
    return (
        f"{pairs} pairs, {kind} loss{EXPLAINED[kind]}: the sign-flip test shows the difference in "
        f"{_percent(found.shown[pairs])} of experiments. Where there is none, it cries wolf in "
        f"{_percent(found.flip_alarms[pairs])}, and a 95 % bootstrap interval in "
        f"{_percent(found.bootstrap_alarms[pairs])}. A single pair points the wrong way in "
        f"{_percent(found.wrong)}. In experiment {draw}, drawn here, p = {p:.3f}: "
        f"{'shown' if p <= LEVEL else 'not shown'}."
    )


def _percent(share):
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


# The panels


class _Pairs(Panel):
    """One experiment: each run a dot, the two of one seed joined."""

    width, height = 330, 300

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.155, 0.1, 0.82, 0.79])
        axes.set_xlim(-0.5, 1.5)
        axes.yaxis.label.set_size(9)
        axes.set_xticks([0, 1], labels=["with Dropout", "without"])
        plain(axes, 8.5)
        axes.set_title("One experiment", **TITLE)
        self._lines = [
            self.keep(axes.plot([], [], style, color=colour, lw=width)[0])
            for style, colour, width in (("-", GREY, 0.8), ("--", VERMILION, 1.6))
        ]
        self._dots = {
            arm: self.keep(axes.plot([], [], LOOKS[arm][1], color=LOOKS[arm][0], ms=6)[0])
            for arm in PAIR
        }
        axes.plot([], [], "--", color=VERMILION, lw=1.6, label="points the wrong way")
        axes.legend(loc="upper right", fontsize=8.5, frameon=False)
        self._limits = None  # from the record, at the first picture

    def set(self, losses, kind, p):
        """Show an experiment: arm -> [pairs]."""
        self._limits = self._limits or _limits()
        self.set_limits(self._axes, y=self._limits)
        self._axes.yaxis.label.set_text(loss_label(kind, self._limits[0]))
        self.lay_out(kind)
        wrong = losses["with"] <= losses["without"]
        for line, some in zip(self._lines, (~wrong, wrong), strict=True):
            pairs = np.stack([losses["with"], losses["without"], np.full(len(wrong), np.nan)])
            line.set_data(np.tile([0, 1, np.nan], some.sum()), pairs[:, some].T.ravel())
        for place, (arm, dots) in enumerate(self._dots.items()):
            dots.set_data(np.full(len(wrong), place), losses[arm])
        self.alt = (
            f"Dots: the {kind} loss of {len(wrong)} pairs of runs, with Dropout and without; "
            f"{count(wrong.sum(), 'pair points', 'pairs point')} the wrong way; "
            f"sign-flip p {p:.3f}."
        )


class _Shares(Panel):
    """For each number of pairs, how often a test shows what is there, or what is not."""

    width, height = 490, 300

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.11, 0.15, 0.86, 0.74])
        axes.set(xlim=(PAIRS[0] - 0.5, PAIRS[-1] + 0.5), ylim=(-0.02, 1.03))
        axes.set_xlabel("pairs of an experiment", fontsize=9)
        axes.set_ylabel("share of experiments", fontsize=9)
        axes.set_xticks(PAIRS[::2])
        plain(axes, 8.5)
        axes.set_title("All experiments", **TITLE)
        axes.axhline(LEVEL, color=GREY, lw=1, ls=":")
        axes.plot([], [], ":", color=GREY, lw=1, label=f"{_percent(LEVEL)}: as often as agreed")
        self._cursor = self.keep(axes.plot([], [], "-", color=GREY, lw=1)[0])
        looks = {
            "shown": ("-o", BLUE, "sign-flip shows the difference"),
            "bootstrap_alarms": ("--s", VERMILION, "bootstrap cries wolf"),
            "flip_alarms": ("-.^", GREEN, "sign-flip cries wolf"),
        }
        self._lines = {
            name: self.keep(axes.plot([], [], style, color=colour, ms=4, lw=1.5, label=label)[0])
            for name, (style, colour, label) in looks.items()
        }
        axes.legend(loc="center right", bbox_to_anchor=(1, 0.45), fontsize=8.5, frameon=False)

    def set(self, found, pairs):
        """Show Chances, and where the slider stands."""
        for name, line in self._lines.items():
            line.set_data(PAIRS, [getattr(found, name)[n] for n in PAIRS])
        self._cursor.set_data([pairs, pairs], [-0.02, 1.03])
        self.alt = (
            "Curves over the number of pairs: how often the sign-flip test shows the difference, "
            "and how often the bootstrap and the sign-flip test cry wolf."
        )


def _limits():
    """One axis for all experiments and both kinds of loss."""
    runs = many_seeds.recorded()
    ends = np.concatenate([runs[arm].last(kind) for arm in PAIR for kind in LOSSES.values()])
    return np.floor(ends.min()), np.ceil(ends.max()) + 2  # room for the legend


PANELS = (_Pairs, _Shares)
