"""The error of a gradcheck by its step."""

import numpy as np

from .bundle import own_axes

COLOUR = "#0072B2"  # Okabe and Ito's
LIMITS = 1e-6, 2.0  # that the error's axis shows at least: a flat line is to look flat


def draw(report, ax=None):
    """Draw the norm error over the step, both axes logarithmic; returns the Figure."""
    ax = own_axes(6, 3.2) if ax is None else ax
    errors = np.asarray(report.errors)
    drawn = np.isfinite(errors) & (errors > 0)
    ax.plot(report.deltas[drawn], errors[drawn], "o-", color=COLOUR, markersize=4, linewidth=1.6)
    ax.set(xscale="log", yscale="log", xlabel="step", ylabel="norm error, all parameters")
    for axis in (ax.xaxis, ax.yaxis):  # Matplotlib's own labels, 10⁻⁵, need its reader of formulas
        axis.set_major_formatter(lambda value, _: f"{value:.0e}")
    ax.minorticks_off()  # hundreds of them would take 4 MB
    ax.set_ylim(min(LIMITS[0], errors[drawn].min(initial=1) / 3), LIMITS[1])
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure
