"""The explorer of lesson 00: a moving average, which inputs each output hears, and its curve."""

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.panel import BLACK, BLUE, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import number_word, spans
from utils.instruments import influence

DAYS = 12


def temperatures():
    """Twelve days of temperature, [timesteps] = [12], degrees."""
    return 15 + 5 * np.sin(np.arange(DAYS) / 2)


def smooth(x, window, causal):
    """The moving average of x, [timesteps] -> [timesteps], over the steps that exist."""
    before, after = (window - 1, 0) if causal else (window // 2, window // 2)
    return np.array([x[max(0, t - before) : t + after + 1].mean() for t in range(len(x))])


def explorer():
    """The explorer: window, kind of window, and the output that is looked at."""
    panels = [panel() for panel in PANELS]
    controls = {
        "window": widgets.IntSlider(3, 1, 9, 2, description="window"),
        "output": widgets.IntSlider(3, 0, DAYS - 1, description="output"),
        "smoother": widgets.Dropdown(options=["centred", "causal"], description="smoother"),
    }
    return Explorer(controls, panels, drawing_on(*panels))


def drawing_on(hearing, curve):
    """The function that draws on these panels: (values, progress) -> the sentence."""

    def draw(values, progress):
        window, output = values["window"], values["output"]
        causal = values["smoother"] == "causal"
        x = temperatures()
        moved = influence(lambda x: smooth(x, window, causal), x).moved
        hearing.set(moved, output)
        curve.set(x, smooth(x, window, causal), moved[:, output], output)
        return _sentence(window, values["smoother"], output, np.flatnonzero(moved[:, output]))

    return draw


def _sentence(window, smoother, output, heard):
    future = int((heard > output).sum())
    lie = "lies" if future == 1 else "lie"
    share = f"{number_word(future)} of them {lie} in its future"
    if len(heard) == 1:
        share = "nothing else, so nothing of its future"
    inputs = spans(heard, "input")
    return f"With window {window}, {smoother}, output {output} hears {inputs}: {share}."


class _HearingPanel(Panel):
    """The influence map: a row for each input that was poked, a column for each output."""

    height = 330

    def __init__(self, figure=None):
        super().__init__(figure)
        self.alt = "Influence map: rows are inputs that were poked, columns are outputs."
        axes = self.figure.add_axes([0.14, 0.14, 0.83, 0.70])
        axes.set(
            xlim=(-0.5, DAYS - 0.5),
            ylim=(DAYS - 0.5, -0.5),
            xlabel="output",
            ylabel="poked input",
            xticks=range(DAYS),
            yticks=range(DAYS),
        )
        axes.set_title(
            "Which outputs move when one input is poked?", **TITLE, pad=20
        )
        axes.tick_params(labelsize=8, length=0)
        days = np.arange(DAYS)
        later = days[:, None] > days[None, :]
        axes.fill_between([-0.5, DAYS - 0.5], [-0.5, DAYS - 0.5], DAYS - 0.5, color="#F4E3D7", lw=0)
        axes.text(  # outside: the frame of a column crosses every place inside
            0, 1.02, "shaded: the input is later than the output", transform=axes.transAxes,
            fontsize=8.5, color="#7A3500",
        )  # fmt: skip
        self._later = later
        self._past = self.keep(axes.plot([], [], "s", ms=13, color=BLUE, mew=0)[0])
        self._future = self.keep(axes.plot([], [], "X", ms=11, color=VERMILION, mew=0)[0])
        self._column = self.keep(axes.plot([], [], color=BLACK, lw=1.6, solid_joinstyle="miter")[0])

    def set(self, moved, output):
        """Mark what moved, [inputs, outputs], and frame the column of one output."""
        later = self._later
        for artist, cells in ((self._past, moved & ~later), (self._future, moved & later)):
            inputs, outputs = np.nonzero(cells)
            artist.set_data(outputs, inputs)
        left, right, end = output - 0.48, output + 0.48, DAYS - 0.52
        self._column.set_data([left, right, right, left, left], [-0.46, -0.46, end, end, -0.46])


class _CurvePanel(Panel):
    """The temperatures, the smoothed curve, and the inputs that one output hears."""

    height = 330

    def __init__(self, figure=None):
        super().__init__(figure)
        self.alt = "Temperatures of twelve days as dots, and the smoothed curve as a line."
        axes = self.figure.add_axes([0.11, 0.14, 0.86, 0.75])
        axes.set(xlim=(-0.5, DAYS - 0.5), ylim=(7, 21.5), xlabel="day", xticks=range(DAYS))
        axes.set_title("What the smoother makes of it", **TITLE)
        axes.set_ylabel("degrees")
        plain(axes)
        days = np.arange(DAYS)
        axes.plot(days, temperatures(), "o", ms=5, mfc="white", mec=GREY, label="temperature")
        self._smoothed = self.keep(
            axes.plot(days, days, "-", color=BLACK, lw=2, label="smoothed")[0]
        )
        self._heard = self.keep(axes.plot([], [], "s", ms=8, color=BLUE, label="heard")[0])
        self._future = self.keep(
            axes.plot([], [], "X", ms=10, color=VERMILION, label="heard from the future")[0]
        )
        self._output = self.keep(
            axes.plot([], [], "D", ms=8, mfc="none", mec=BLACK, mew=1.8, label="this output")[0]
        )
        axes.legend(loc="lower left", fontsize=8.5, frameon=False)

    def set(self, x, smoothed, heard, output):
        """Draw the curve, [timesteps], and mark the inputs that `heard`, [timesteps], names."""
        days = np.arange(len(x))
        self._smoothed.set_ydata(smoothed)
        future = heard & (days > output)
        self._heard.set_data(days[heard & ~future], x[heard & ~future])
        self._future.set_data(days[future], x[future])
        self._output.set_data([output], [smoothed[output]])


PANELS = (_HearingPanel, _CurvePanel)
