"""How large the gradient of each variable is, as bars on a logarithmic axis."""

import numpy as np

from ..bundle import GROUND, own_figure

COLOURS = {"": "#0072B2", "zero": "#E69F00", "none": "#D55E00"}  # Okabe and Ito's
SHOWN = 24  # variables; more could not be read
LONGEST = 34  # letters of a name


def draw(norms):
    """norms: name -> norm of the gradient, or None. Returns a Figure of its own (no pyplot)."""
    shown = dict(list(norms.items())[:SHOWN])
    figure = own_figure(6.6, 1.1 + 0.27 * len(shown))
    ax = figure.add_subplot(facecolor=GROUND)
    sizes = [size for size in shown.values() if size and np.isfinite(size)]
    low, high = min(sizes, default=0.1) / 10, max(sizes, default=1.0)
    for row, size in enumerate(shown.values()):
        if size and np.isfinite(size):
            ax.barh(row, size, color=COLOURS[""], height=0.7)
            continue
        kind = "none" if size is None else "zero" if size == 0 else "none"
        text = "no gradient" if size is None else "0" if size == 0 else "not finite"
        ax.text(low * 1.3, row, text, va="center", color=COLOURS[kind], fontsize=9)
    ax.set_yticks(range(len(shown)), [_short(name) for name in shown], fontsize=8)
    ax.set(xscale="log", xlim=(low, high * 2), xlabel="norm of the gradient")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0e}")
    ax.minorticks_off()
    ax.invert_yaxis()
    ax.spines[["top", "right"]].set_visible(False)
    return figure


def _short(name):
    return name if len(name) <= LONGEST else "…" + name[-LONGEST + 1 :]
