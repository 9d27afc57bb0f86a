"""The explorer "the op-level seed": constants made before, and the number that is drawn after them.

It begins with the record, asks the real thing at once in a process of its own, and says which of
the two it shows.
"""

import threading

import ipywidgets as widgets

from utils.explorers.frame import Explorer
from utils.explorers.panel import BLACK, BLUE, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import count
from utils.puzzles.dropout_and_seed import reenactment
from utils.training.records import RecordError

RULES = {"old": "TensorFlow 1's rule", "today": "today's rule"}
LOOKS = {"old": ("o", VERMILION), "today": ("s", BLUE)}
KINDS = ("old", "today", "fixed")  # of op seeds, in the picture of losses


class OpSeeds(Explorer):
    """An explorer whose numbers are replaced once, when the process has found its own."""

    def __init__(self, controls, panels, draw):
        super().__init__(controls, panels, draw)
        self._wanted = True
        threading.Thread(target=self._ask, name="explorer-history", daemon=True).start()

    def _ask(self):
        """Run the question's model in graph mode, or find what an earlier cell has found."""
        try:
            reenactment.history(say=self._note)
        except RecordError as error:
            self._note(str(error))
        else:
            if self._wanted:
                self._moved(None)  # as if a control had been touched: the latest values win

    def _note(self, words):
        if self._wanted:
            self._say_of(self._turn, f"In a process of its own: {words}")

    def close(self):
        """Take the widgets away; the process ends by itself, and what it finds is kept."""
        self._wanted = False
        super().close()


def explorer():
    """The explorer: the number of constants above the numbers drawn and the losses."""
    panels = [panel() for panel in PANELS]
    controls = {
        "constants": widgets.SelectionSlider(
            options=reenactment.CONSTANTS, value=5, description="constants"
        )
    }
    return OpSeeds(controls, panels, drawing_on(*panels))


def drawing_on(numbers, losses):
    """The function that draws on these panels: (values, None) -> the sentence."""

    def draw(values, _):
        constants = values["constants"]
        try:
            past = reenactment.at_hand()
        except RecordError as error:
            return f"Nothing to show yet. {error}"
        numbers.set(past, constants)
        losses.set(past)
        return f"{_sentence(past, constants)} {past.origin}"

    return draw


def _sentence(past, constants):
    drawn = {rule: past.numbers[rule][past.constants.index(constants)] for rule in RULES}
    made = "one constant" if constants == 1 else f"{constants or 'no'} constants"
    ends = {kind: [past.losses[kind, arm] for arm in ("with", "without")] for kind in KINDS}
    return (
        f"After {made} the first random number is {drawn['old']:.4f} by {RULES['old']} and "
        f"{drawn['today']:.4f} by {RULES['today']}. The same model with and without input_shape "
        f"ends at {_both(ends['old'])} by the old rule, {_both(ends['today'])} by today's, and "
        f"{_both(ends['fixed'])} with a seed in every layer."
    )


def _both(losses):
    one, other = losses
    return f"{one:.3f} both times" if one == other else f"{one:.3f} and {other:.3f}"


# The panels


class _Numbers(Panel):
    """The first random number of a graph, by how many constants were made before it."""

    width, height = 430, 290

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.11, 0.155, 0.86, 0.64])
        first, last = reenactment.CONSTANTS[0], reenactment.CONSTANTS[-1]
        axes.set(xlim=(first - 0.7, last + 0.7), ylim=(0, 1))
        axes.set_xlabel("constants made before", fontsize=9)
        axes.set_ylabel("first random number", fontsize=9)
        axes.set_xticks(range(first, last + 1, 5))
        plain(axes, 8.5)
        axes.set_title("set_random_seed(1), some constants, one draw", **TITLE,
                       pad=24)  # fmt: skip
        self._cursor = self.keep(axes.plot([], [], "-", color=GREY, lw=0.8)[0])
        self._lines, self._now = {}, {}
        for rule, (marker, colour) in LOOKS.items():
            line = axes.plot([], [], ":", marker=marker, color=colour, ms=5, lw=1,
                             label=RULES[rule])[0]  # fmt: skip
            now = axes.plot([], [], marker, mfc="none", mec=BLACK, mew=1.6, ms=11)[0]
            self._lines[rule], self._now[rule] = self.keep(line), self.keep(now)
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.98), ncols=2, fontsize=8.5,
                    frameon=False)  # fmt: skip

    def set(self, past, constants):
        """Show a History up to so many constants."""
        shown = [k for k, n in enumerate(past.constants) if n <= constants]
        for rule, line in self._lines.items():
            drawn = [past.numbers[rule][k] for k in shown]
            line.set_data([past.constants[k] for k in shown], drawn)
            self._now[rule].set_data([constants], drawn[-1:])
        self._cursor.set_data([constants, constants], [0, 1])
        self.alt = (
            f"Dots: the first random number after up to {count(constants, 'constant')}. By the "
            "old rule it jumps with each, by today's it stays."
        )


class _Losses(Panel):
    """The last validation loss with and without input_shape, for each kind of op seeds."""

    width, height = 390, 290

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.14, 0.155, 0.83, 0.64])
        axes.set_xlim(-0.6, len(KINDS) - 0.4)
        axes.set_ylabel("last validation loss", fontsize=9)
        axes.set_xticks(range(len(KINDS)), labels=["old rule", "today's rule", "fixed seeds"])
        plain(axes, 8.5)
        axes.set_title("With and without input_shape", **TITLE, pad=24)
        self._lines = [self.keep(axes.plot([], [], "-", color=GREY, lw=1)[0]) for _ in KINDS]
        self._dots = {}
        for arm, marker, colour in (("with", "o", BLUE), ("without", "s", VERMILION)):
            label = f"{arm} input_shape"
            dots = axes.plot([], [], marker, color=colour, ms=7, label=label)[0]
            self._dots[arm] = self.keep(dots)
        axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.98), ncols=2, fontsize=8.5,
                    frameon=False)  # fmt: skip

    def set(self, past):
        """Show a History."""
        ends = list(past.losses.values())
        self.set_limits(self._axes, y=(int(min(ends)) - 1, int(max(ends)) + 2))
        for k, (kind, line) in enumerate(zip(KINDS, self._lines, strict=True)):
            pair = [past.losses[kind, arm] for arm in self._dots]
            line.set_data([k - 0.15, k + 0.15], pair)
        for place, (arm, dots) in zip((-0.15, 0.15), self._dots.items(), strict=True):
            dots.set_data([k + place for k in range(len(KINDS))],
                          [past.losses[kind, arm] for kind in KINDS])  # fmt: skip
        self.alt = (
            "Dots: the last validation loss with input_shape and without, for the old op seeds, "
            "today's, and fixed ones; only the old ones differ."
        )


PANELS = (_Numbers, _Losses)
