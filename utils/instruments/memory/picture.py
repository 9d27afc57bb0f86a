"""How far answers are apart: by what came before, after a reset, in pieces; against rounding."""

import numpy as np

from ..bundle import own_axes

COLOURS = {"carried": "#0072B2", "after a reset": "#D55E00", "split": "#009E73"}  # Okabe and Ito's
WORDS = {
    "carried": "after another x",
    "after a reset": "after another x and a reset",
    "split": "in two pieces",
}
LEAST = 1e-9  # where the axis begins


def has_bars(numbers):
    """Whether there is a state to draw anything of."""
    return numbers.get("carried", 0) > 0


def draw(numbers):
    """A bar for each distance above 0, on a logarithmic axis; returns the Figure."""
    names = [name for name in WORDS if name in numbers]
    sizes = [max(numbers[name], LEAST) if numbers[name] else 0 for name in names]
    ax = own_axes(6, 0.9 + 0.45 * len(names))
    places = np.arange(len(names))
    ax.barh(places, sizes, left=LEAST, height=0.6, color=[COLOURS[name] for name in names])
    for place, name in zip(places, names, strict=True):
        value = numbers[name]
        ax.annotate(
            f"{value:.3g}" if value else "0",
            (max(value, LEAST), place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    if "rounding" in numbers:
        ax.axvline(max(numbers["rounding"], LEAST), color="0.35", linestyle=":", linewidth=1)
    ax.set(xscale="log", xlim=(LEAST, max([10 * size for size in sizes] + [1.0])))
    ax.set_yticks(places, [WORDS[name] for name in names])
    ax.set_xlabel("how far answers are apart, at most")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0e}")
    ax.minorticks_off()
    ax.invert_yaxis()
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure
