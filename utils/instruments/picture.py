"""An influence matrix as a picture."""

import numpy as np

from .bundle import own_axes

INK, QUIET, UNPOKED = "#1f2933", "#e4e7eb", "#ffffff"
EACH_UP_TO = 16  # inputs or outputs; every one has its number, while the numbers can be read
DOTS_UP_TO = 30  # inputs or outputs; a mark besides the colour, while there is room for it


def draw(result, ax=None):
    """Draw which outputs (columns) moved when an input (row) was poked; returns the Figure."""
    from matplotlib.colors import ListedColormap

    ax = own_axes(4.4, 4.0) if ax is None else ax
    n_in, n_out = result.matrix.shape
    strength = _strength(result)
    colours = ListedColormap(["#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"])
    colours = colours.with_extremes(bad=QUIET)
    ax.imshow(
        np.ma.masked_invalid(strength),
        cmap=colours,
        vmin=0,
        vmax=1,
        aspect="auto",
        interpolation="nearest",
    )
    if max(n_in, n_out) <= DOTS_UP_TO:
        into, out = np.nonzero(result.moved)
        ax.plot(out, into, "o", color="white", markersize=max(2.0, 40 / max(n_in, n_out)))
    for i in np.flatnonzero(~result.poked):
        ax.axhspan(i - 0.5, i + 0.5, facecolor=UNPOKED, hatch="////", edgecolor=QUIET, linewidth=0)
    ax.set(xlabel="output", ylabel="poked input", facecolor=QUIET)
    ax.xaxis.set_major_locator(_numbering(n_out))
    ax.yaxis.set_major_locator(_numbering(n_in))
    ax.tick_params(colors=INK)
    ax.xaxis.label.set_color(INK)
    ax.yaxis.label.set_color(INK)
    return ax.figure


def _numbering(n):
    from matplotlib.ticker import FixedLocator, MaxNLocator

    return FixedLocator(range(n)) if n <= EACH_UP_TO else MaxNLocator(integer=True, min_n_ticks=1)


def _strength(result):
    """From 0, just above the tolerance, to 1, the largest change, by orders; NaN: not moved."""
    moved = result.moved
    strength = np.full(moved.shape, np.nan)
    if moved.any():
        change = np.minimum(result.matrix[moved], np.finfo(float).max)
        largest = change[change < np.finfo(float).max].max(initial=np.finfo(float).tiny)
        orders = np.log10(np.maximum(change, np.finfo(float).tiny) / largest)
        strength[moved] = np.clip(1 + orders / 6, 0, 1)  # six shades, one an order of magnitude
    return strength
