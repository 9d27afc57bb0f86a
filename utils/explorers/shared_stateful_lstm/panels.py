"""The pictures of the explorer: two influence maps, and the difference by step and by window."""

import numpy as np
from matplotlib.colors import to_rgb

from utils.explorers.panel import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    TITLE,
    VERMILION,
    Panel,
    plain,
)
from utils.explorers.shared_stateful_lstm.answers import FAINT, NOTHING, STREAMS, WINDOWS

LOOKS = [  # of each stream
    {"color": colour, "marker": marker, "ls": style}
    for colour, marker, style in zip(
        (BLUE, VERMILION, GREEN, PURPLE, BLACK), "osD^v", ("-", "--", "-.", ":", "-"), strict=True
    )
]
ORDERS = 10  # of magnitude, over which the colours of a map fade
HEIGHTS = 1e-17, 10  # of the axes of differences
ZERO = 1e-16  # where a difference of 0 is drawn on them
LEGEND = {"fontsize": 8.5, "frameon": False, "loc": "lower left", "bbox_to_anchor": (-0.03, 0.985)}


def size(change):
    """A change as it is read: 1.2, 0.31, 0.004, 2e-7, 0."""
    if not change:
        return "0"
    if change < 0.0095:
        digits = f"{change:.0e}".replace("e-0", "e-")
        return f"{change:.3f}" if change >= 0.00095 else digits
    return f"{change:.{2 if change < 1 else 1}f}"


class _Map(Panel):
    """How far a poke of one stream moves the answers of each."""

    title = ""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.12, 0.16, 0.85, 0.66])
        self._cells = self.keep(axes.imshow(np.ones((2, 2, 3)), aspect="auto"))
        axes.set(xlabel="stream that is watched", ylabel="stream that is poked")
        axes.set_title(self.title, **TITLE, pad=22)
        axes.tick_params(labelsize=8.5, length=0)
        self._own = self.keep(axes.plot([], [], color=BLACK, lw=1.3)[0])
        self._numbers = {
            (j, i): self.keep(axes.text(i, j, "", ha="center", va="center", fontsize=10))
            for j, i in np.ndindex(STREAMS[-1], STREAMS[-1])
        }
        self.keep(*axes.spines.values())
        labels = (SKY, BLACK, "itself"), (ORANGE, ORANGE, "another: the leak")
        handles = [
            axes.plot([], [], "s", ms=8, mfc=colour, mec=edge, label=label)[0]
            for colour, edge, label in labels
        ]
        axes.legend(handles=handles, ncols=2, handletextpad=0.3, **LEGEND)

    def set(self, changes):
        """Show the largest changes, [poked streams, watched streams]."""
        n = len(changes)
        if self._axes.get_xlim() != (-0.5, n - 0.5):
            self._axes.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5))
            self._axes.set(xticks=range(n), yticks=range(n))
        self.lay_out(n)
        self._cells.set_data(_coloured(changes))
        self._cells.set_extent((-0.5, n - 0.5, n - 0.5, -0.5))
        self._own.set_data(*_squares_on_the_diagonal(n))
        for (j, i), text in self._numbers.items():
            text.set_visible(i < n and j < n)
            if text.get_visible():
                text.set_text(size(changes[j, i]))
        rows = [f"{j} poked: {', '.join(map(size, row))}" for j, row in enumerate(changes)]
        self.alt = (
            f"{self.title}: the largest change in streams 0 to {n - 1}. Stream {'; '.join(rows)}."
        )


class _Same(_Map):
    title = "Same chunk: first half poked, first half watched"


class _Next(_Map):
    title = "Next chunk: first half poked, second half watched"


class _OverTime(Panel):
    """Where whole and halves differ, stream by stream."""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.165, 0.16, 0.8, 0.66])
        axes.set_title("Whole against halves, by time step", **TITLE, pad=22)
        axes.set(xlabel="time step", ylabel="difference")
        _from_zero(axes)
        self._cut = self.keep(axes.plot([], [], "-", color=GREY, lw=0.8)[0])
        self._lines = [
            self.keep(axes.plot([], [], lw=1.4, ms=3.5, clip_on=False, label=label, **look)[0])
            for label, look in zip(("stream 0", *"1234"), LOOKS, strict=True)
        ]
        self._named = 0  # streams in the legend

    def set(self, differences):
        """Show differences, [streams, timesteps]."""
        streams, timesteps = differences.shape
        middle = timesteps // 2
        self.set_limits(self._axes, (-0.5, timesteps - 0.5))
        self._cut.set_data([middle - 0.5] * 2, HEIGHTS)
        for stream, line in enumerate(self._lines):
            line.set_visible(stream < streams)
            if stream < streams:
                line.set_data(*_with_a_gap(_drawn(differences[stream], stream)))
                line.set_markevery(max(1, timesteps // 12))
        if self._named != streams:
            self._named = streams
            self._axes.legend(
                handles=self._lines[:streams], ncols=streams, handletextpad=0.4,
                columnspacing=1.0, handlelength=2.6, **LEGEND,
            )  # fmt: skip
        self.lay_out((streams, timesteps))
        largest = [
            f"stream {stream}: {size(at[:middle].max())} and {size(at[middle:].max())}"
            for stream, at in enumerate(differences)
        ]
        self.alt = (
            "Difference by time step, on a logarithmic axis, with the cut between steps "
            f"{middle - 1} and {middle}. The largest of the first and of the second half, "
            f"{'; '.join(largest)}."
        )


class _ByWindow(Panel):
    """How large the difference is after the cut and at the end, at every window."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.165, 0.16, 0.8, 0.66])
        axes.set_title("The largest difference, at every window", **TITLE, pad=22)
        axes.set(xscale="log", xlim=(WINDOWS[0] * 0.85, WINDOWS[-1] * 1.18))
        axes.set(xlabel="timesteps", ylabel="difference")
        axes.set_xticks(WINDOWS, labels=map(str, WINDOWS))
        _from_zero(axes)
        self._here = self.keep(axes.plot([], [], "-", color=BLACK, lw=0.8)[0])
        looks = [("--D", GREEN, "first step after the cut"), ("-o", VERMILION, "last step")]
        self._lines = [
            self.keep(axes.plot([], [], style, color=colour, lw=1.8, ms=4.5, label=label,
                                clip_on=False)[0])
            for style, colour, label in looks
        ]  # fmt: skip
        axes.legend(ncols=2, handlelength=2.6, **LEGEND)

    def set(self, timesteps, differences):
        """Show differences, [2, windows], and where the slider stands."""
        self._here.set_data([timesteps] * 2, HEIGHTS)
        for k, line in enumerate(self._lines):
            line.set_data(WINDOWS, _drawn(differences[k], k))
        after, last = (", ".join(map(size, values)) for values in differences)
        self.alt = (
            f"Largest difference between whole and halves at {', '.join(map(str, WINDOWS))} "
            f"timesteps. At the first step after the cut: {after}. At the last step: {last}."
        )


# Colours and places


def _coloured(changes):
    """[streams, streams] -> colours [streams, streams, 3], from white at 0 to full at 1."""
    own = np.eye(len(changes), dtype=bool)[..., np.newaxis]
    full = np.where(own, to_rgb(SKY), to_rgb(ORANGE))
    faded = 1 + np.log10(np.maximum(changes, NOTHING)) / ORDERS
    strength = np.where(changes > 0, np.clip(faded, 0.15, 1), 0)[..., np.newaxis]
    return 1 - strength * (1 - full)


def _squares_on_the_diagonal(n):
    """The places of a line around each cell of the diagonal, broken in between."""
    x = np.array([-0.47, 0.47, 0.47, -0.47, -0.47, np.nan])
    y = np.array([-0.47, -0.47, 0.47, 0.47, -0.47, np.nan])
    cells = np.arange(n)[:, np.newaxis]
    return (cells + x).ravel(), (cells + y).ravel()


def _from_zero(axes):
    """Give axes a logarithmic height with a place for 0, and mark what float32 does not see."""
    axes.set(yscale="log", ylim=HEIGHTS)
    axes.set_yticks([ZERO, 1e-12, 1e-8, 1e-4, 1], labels=["0", "1e-12", "1e-8", "1e-4", "1"])
    axes.minorticks_off()
    axes.axhspan(HEIGHTS[0], NOTHING, facecolor="#EEEEEE", lw=0)
    axes.axhline(FAINT, color=GREY, lw=0.8, ls=":")
    place = {"xycoords": ("axes fraction", "data"), "ha": "left", "va": "top"}
    axes.annotate("too faint for float32", (0.01, FAINT / 1.5), fontsize=8, color=GREY, **place)
    plain(axes)


def _drawn(values, line):
    """Where on the axis values stand: at 0 each line has a place of its own."""
    return np.where(values > 0, values, ZERO * 2.0 ** (line - 1))


def _with_a_gap(values):
    """Steps and values of a line that is broken at the cut, [timesteps + 1] each."""
    middle = len(values) // 2
    steps = np.arange(len(values), dtype=float)
    return np.insert(steps, middle, np.nan), np.insert(values, middle, np.nan)


PANELS = (_Same, _Next, _OverTime, _ByWindow)
