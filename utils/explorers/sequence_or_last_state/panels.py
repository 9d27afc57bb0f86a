"""The pictures of the first explorer: curves, errors by time step, an echo, and influence maps."""

import numpy as np
from matplotlib.colors import ListedColormap

from utils.explorers.panel import BLACK, BLUE, GREEN, GREY, TITLE, VERMILION, Panel, plain
from utils.explorers.wording import count
from utils.puzzles import sequence_or_last_state as puzzle

LOOKS = {  # of a kind of model, wherever it is drawn
    "sequence": {"color": VERMILION, "ls": "-", "label": "sequence"},
    "last": {"color": BLUE, "ls": (0, (5, 1.5)), "label": "last state"},
}
LEGEND = {"fontsize": 8.5, "frameon": False}


class Curves(Panel):
    """The loss of both kinds over the training steps, and the causal floor."""

    def __init__(self, figure=None):
        super().__init__(figure)
        axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.74])
        axes.set(yscale="log", xlim=(0, puzzle.STEPS), ylim=(0.003, 40), xlabel="training step")
        axes.set_yticks([0.01, 0.1, 1, 10], labels=["0.01", "0.1", "1", "10"])
        axes.minorticks_off()
        axes.set_ylabel("loss")
        axes.set_title("Training", **TITLE)
        plain(axes)
        self._floor = self.keep(
            axes.plot([0, puzzle.STEPS], [1, 1], ":", color=BLACK, lw=1.6, label="causal floor")[0]
        )
        self._recorded = {
            kind: self.keep(axes.plot([], [], lw=2.2, **look)[0]) for kind, look in LOOKS.items()
        }
        self._live = {
            kind: self.keep(
                axes.plot([], [], lw=0.9, color=BLACK, marker=marker, ms=4, mfc=look["color"],
                          mec=BLACK, mew=0.6, markevery=3)[0]
            )
            for marker, (kind, look) in zip("os", LOOKS.items(), strict=True)
        }  # fmt: skip
        axes.plot([], [], lw=0.9, color=BLACK, marker="o", ms=4, mfc="white", mec=BLACK, mew=0.6,
                  label="trained here and now")  # fmt: skip
        axes.legend(loc="lower left", ncols=2, **LEGEND)

    def set(self, recorded, live, floor):
        """Show recorded and live Results by kind, either of which may be None."""
        self._floor.set_visible(floor > 0)
        self._floor.set_ydata([max(floor, 1e-9)] * 2)
        for lines, results in ((self._recorded, recorded), (self._live, live)):
            for kind, line in lines.items():
                line.set_visible(results is not None)
                if results is not None:
                    line.set_data(results[kind].steps, results[kind].losses)
        self.alt = (
            "Loss of both kinds over 1000 training steps, on a logarithmic axis, and the causal "
            f"floor at {floor:.3f}."
        )


class Errors(Panel):
    """The mean squared error at each time step, and the floor."""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.74])
        axes.set(ylim=(-0.015, 0.75), xlabel="time step", ylabel="mean squared error")
        axes.set_title("Where the error is, on fresh sines", **TITLE)
        plain(axes)
        self._floor = self.keep(
            axes.plot([], [], ":", color=BLACK, lw=1.8, label="causal floor")[0]
        )  # fmt: skip
        self._lines = {
            kind: self.keep(
                axes.plot([], [], lw=1.8, marker=marker, ms=3.5, clip_on=False, **look)[0]
            )
            for marker, (kind, look) in zip("os", LOOKS.items(), strict=True)
        }
        axes.legend(loc="upper right", **LEGEND)

    def set(self, results, floor):
        """Show Results by kind, or None, beside the floor [timesteps]."""
        steps = np.arange(len(floor))
        _window(self, self._axes, len(floor))
        self._floor.set_data(steps, floor)
        for kind, line in self._lines.items():
            line.set_visible(results is not None)
            if results is not None:
                line.set_data(steps, np.minimum(results[kind].by_step, 0.75))
        self.alt = "Mean squared error by time step, and the causal floor. "
        if results is not None:
            firsts = {kind: result.by_step[:3] for kind, result in results.items()}
            self.alt += " ".join(
                f"{LOOKS[kind]['label']}, first three steps: "
                f"{', '.join(f'{error:.2f}' for error in errors)}."
                for kind, errors in firsts.items()
            )


class Echo(Panel):
    """One sine: what goes in, what is wanted, and what both kinds say."""

    def __init__(self, figure=None):
        super().__init__(figure)
        self._axes = axes = self.figure.add_axes([0.145, 0.16, 0.82, 0.66])
        axes.set(ylim=(-1.45, 1.45), xlabel="time step", ylabel="signal")
        axes.set_title("One fresh sine and its echo", **TITLE, pad=22)
        plain(axes)
        self._input = self.keep(axes.plot([], [], "-", color=GREEN, lw=1.2, label="input")[0])
        self._target = self.keep(
            axes.plot([], [], "-", color=GREY, lw=4, alpha=0.45, label="wanted")[0]
        )
        self._lines = {
            kind: self.keep(axes.plot([], [], lw=1.8, **look)[0]) for kind, look in LOOKS.items()
        }
        axes.legend(
            loc="lower left", bbox_to_anchor=(-0.03, 0.985), ncols=4, handletextpad=0.4,
            columnspacing=1.0, handlelength=1.5, **LEGEND,
        )  # fmt: skip

    def set(self, results, x, y):
        """Show the echo of x [1, timesteps, 1], wanted: y [1, timesteps]."""
        steps = np.arange(y.shape[1])
        _window(self, self._axes, y.shape[1])
        self._input.set_data(steps, x[0, :, 0])
        self._target.set_data(steps, y[0])
        for kind, line in self._lines.items():
            line.set_visible(results is not None)
            if results is not None:
                line.set_data(steps, np.clip(results[kind].echo, -1.45, 1.45))
        self.alt = "A sine, its echo as it is wanted, and what both kinds of model answer. "
        if results is not None:
            missed = {
                kind: int(np.sum(np.abs(result.echo - y[0]) > 0.2))
                for kind, result in results.items()
            }
            self.alt += (
                f"Off by more than 0.2: sequence at {count(missed['sequence'], 'step')}, last "
                f"state at {count(missed['last'], 'step')}."
            )


class Maps(Panel):
    """The influence map of both untrained networks, and the input that each output wants.

    However faint: the networks run in float64, so that white is what the architecture keeps out.
    """

    def __init__(self, figure=None):
        super().__init__(figure)
        self._shown = None
        self._axes, self._cells, self._wanted = [], [], []
        colours = ListedColormap(["white", "#9CC6E4"])
        for left, kind in ((0.135, "sequence"), (0.585, "last")):
            axes = self.figure.add_axes([left, 0.16, 0.385, 0.66])
            axes.set_title(LOOKS[kind]["label"], fontsize=9, loc="left")
            axes.set_xlabel("output")
            axes.tick_params(labelsize=8)
            self._axes.append(axes)
            self._cells.append(
                self.keep(
                    axes.imshow(np.zeros((2, 2)), cmap=colours, vmin=0, vmax=1, aspect="auto",
                                interpolation="nearest")
                )
            )  # fmt: skip
            self._wanted.append(self.keep(axes.plot([], [], ".", color=VERMILION, ms=4)[0]))
            self.keep(*axes.spines.values())
        self._axes[0].set_ylabel("poked input")
        self._axes[1].tick_params(labelleft=False)
        heading = "What each can hear (blue) and wants (dots)"
        self.figure.text(0.135, 0.925, heading, fontsize=9.5)

    def set(self, moved, delay):
        """Show which outputs move, kind -> [inputs, outputs], and which input each one wants."""
        state = delay, *(map_.tobytes() for map_ in moved.values())
        if state == self._shown:
            return  # most seeds and units hear the same
        self._shown = state
        for axes, cells, wanted, map_ in zip(
            self._axes, self._cells, self._wanted, moved.values(), strict=True
        ):
            n = len(map_)
            self.set_limits(axes, (-0.5, n - 0.5), (n - 0.5, -0.5))
            cells.set_data(map_)
            cells.set_extent((-0.5, n - 0.5, n - 0.5, -0.5))
            outputs = np.arange(delay, n)
            wanted.set_data(outputs, outputs - delay)
        self.lay_out(n)
        heard = [int(map_[:, 0].sum()) for map_ in moved.values()]
        self.alt = (
            f"Influence maps, {n} inputs by {n} outputs. Output 0 hears {heard[0]} of the inputs "
            f"in the sequence model and {heard[1]} in the last-state model, however faintly. "
            f"{_owed(delay)}"
        )


def _owed(delay):
    if not delay:
        return "Each output wants the sample of its own step."
    outputs = "output wants a sample" if delay == 1 else f"{delay} outputs want samples"
    return f"The first {outputs} from before the window."


def _window(panel, axes, timesteps):
    """Show so many time steps; there are few windows, and the panel remembers each."""
    panel.set_limits(axes, x=(-0.5, timesteps - 0.5))
    panel.lay_out(timesteps)


PANELS = (Curves, Errors, Echo, Maps)
