"""Lay losses over the floors that they cannot get below, and say how far above them they end.

A loss by itself is a number without a scale. An entropy that can be computed gives it one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .bundle import mime_bundle, own_axes

LAST = 0.1  # the share of the steps whose mean is called the end
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # Okabe and Ito's
STYLES = ("-", "--", "-.", ":")


@dataclass(frozen=True)
class Curves:
    """Losses of one or several trainings, and the floors beside them."""

    losses: Mapping[str, np.ndarray]  # name -> [steps], nats or whatever the floors are in
    floors: Mapping[str, float]
    log: bool = False  # whether the axis of the loss is logarithmic

    def end(self, name):
        """The mean loss over the last tenth of the steps."""
        losses = self.losses[name]
        return float(_mean(losses[-max(1, round(LAST * len(losses))) :]))

    def floor_of(self, name):
        """The highest floor that this training did not get below, as (name, value), or None."""
        end = self.end(name)
        reached = [floor for floor in self.floors.items() if round(end - floor[1], 3) >= 0]
        return max(reached, key=lambda floor: floor[1], default=None)

    @property
    def sentence(self):
        """Where each curve ends, in words."""
        return " ".join(self._ending(name) for name in self.losses)

    def _ending(self, name):
        end = self.end(name)
        if not np.isfinite(end):
            return f"“{name}” ends at {end}: it has diverged."
        ends = f"“{name}” ends at {end:.3f}"
        if not self.floors:
            return f"{ends}."
        if not (reached := self.floor_of(name)):
            lowest, value = min(self.floors.items(), key=lambda floor: floor[1])
            return f"{ends}, below {lowest} ({value:.3f})."
        floor, value = reached
        above = f"{end - value:.3f} above" if round(end - value, 3) > 0 else "at"
        return f"{ends}, {above} {floor} ({value:.3f})."

    def plot(self, ax=None):
        """The running means and the floors, on a Figure of its own unless an Axes is given."""
        from matplotlib.ticker import LogLocator, NullLocator

        ax = own_axes(7, 3.2) if ax is None else ax
        log = self.log and any((losses > 0).any() for losses in self.losses.values())
        for k, (name, losses) in enumerate(self.losses.items()):
            steps, mean = _running_mean(losses, window=max(1, len(losses) // 60))
            drawn = np.isfinite(mean) & ((mean > 0) | (not log))
            look = {"color": COLOURS[k % len(COLOURS)], "linestyle": STYLES[k % len(STYLES)]}
            ax.plot(steps, np.where(drawn, mean, np.nan), label=name, linewidth=1.8, **look)
        for name, value in self.floors.items():
            if log and value <= 0:
                continue
            ax.axhline(value, color="0.35", linewidth=0.8, linestyle=(0, (1, 2)))
            place = {"xytext": (4, 0), "textcoords": "offset points", "va": "center"}
            ax.annotate(name, (1, value), xycoords=ax.get_yaxis_transform(), **place)
        if log:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(subs=(1, 3)))
            ax.yaxis.set_major_formatter("{x:g}")
            ax.yaxis.set_minor_locator(NullLocator())
        else:
            ax.set_ylim(bottom=min(0, ax.get_ylim()[0]) if ax.dataLim.y0 < 0 else 0)
        ax.set(xlabel="step", ylabel="loss, running mean")
        ax.margins(x=0)
        ax.legend(frameon=False)
        ax.spines[["top", "right"]].set_visible(False)
        return ax.figure

    def _repr_mimebundle_(self, include=None, exclude=None):
        return mime_bundle(self.plot(), self.sentence, f"Loss by step: {', '.join(self.losses)}.")


def curves(losses, floors=None, log=False):
    """Show losses beside their floors.

    losses: name -> [steps], or one array [steps]. floors: name -> loss, in the same unit. log: draw
    the loss on a logarithmic axis, without what is not above 0.
    Returns Curves, which a notebook shows as a picture and a sentence. Raises ValueError for no
    curve, an empty one or one that has not exactly one axis, and for a floor that is no number.
    """
    losses = losses if isinstance(losses, Mapping) else {"loss": losses}
    losses = {str(name): _numbers(values, f"The curve {name!r}") for name, values in losses.items()}
    if not losses:
        raise ValueError("There is no curve; expected at least one, name -> [steps].")
    for name, values in losses.items():
        if values.ndim != 1 or not len(values):
            raise ValueError(
                f"The curve {name!r} has the shape {values.shape}; expected one loss a step, "
                "[steps], and at least one."
            )
    floors = {} if floors is None else floors
    if not isinstance(floors, Mapping):
        raise ValueError(f"floors is {floors!r}; expected name -> loss, such as {{'ln 2': 0.693}}.")
    floors = {str(name): _numbers(value, f"The floor {name!r}") for name, value in floors.items()}
    for name, value in floors.items():
        if value.ndim or not np.isfinite(value):
            raise ValueError(f"The floor {name!r} is {value}; expected one finite number.")
    return Curves(losses, {name: float(value) for name, value in floors.items()}, log)


def _numbers(values, what):
    try:
        return np.asarray(values, float)
    except (TypeError, ValueError):
        raise ValueError(f"{what} is {values!r}; expected numbers.") from None


def _mean(values):
    """Along the last axis; infinities of both signs make a NaN, and no warning."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.mean(values, axis=-1)


def _running_mean(values, window):
    """The mean of `window` values around each step, [steps] -> steps and means of full windows."""
    means = _mean(np.lib.stride_tricks.sliding_window_view(values, window))
    return np.arange(len(means)) + window / 2, means
