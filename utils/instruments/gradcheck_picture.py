"""The error of a gradcheck by its step."""

import numpy as np

from .bundle import GROUND

COLOUR = "#0072B2"  # Okabe and Ito's


def draw(report, ax=None):
    """Draw the norm error over the step, both axes logarithmic; returns the Figure."""
    if ax is None:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(6, 3.2), dpi=100, layout="constrained", facecolor=GROUND)
        ax = figure.add_subplot(facecolor=GROUND)
    errors = np.asarray(report.errors)
    drawn = np.isfinite(errors) & (errors > 0)
    ax.plot(report.deltas[drawn], errors[drawn], "o-", color=COLOUR, markersize=4, linewidth=1.6)
    ax.set(xscale="log", yscale="log", xlabel="step", ylabel="norm error")
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure
