"""The mask of each row, and how far its answer moves when what is masked changes."""

import numpy as np

from ..bundle import own_figure

INK, REAL, MASKED = "#1f2933", "#9ecae1", "#ffffff"
COLOURS = {"other values behind the mask": "#0072B2", "more padding": "#E69F00"}
ROWS = 16


def drawer(mask, moves):
    """A function that draws them on a Figure of its own. mask: [rows, timesteps], True: real."""
    return lambda: _draw(mask[:ROWS], moves)


def _draw(mask, moves):
    rows = len(mask)
    figure = own_figure(6.4, 1.4 + 0.16 * rows)
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.2, 1))
    left.pcolormesh(
        np.where(mask, 1.0, 0.0), cmap=_two_colours(), vmin=0, vmax=1, edgecolor="white", lw=0.3
    )
    for row, step in np.argwhere(~mask):
        left.plot([step, step + 1], [row, row + 1], color="0.75", linewidth=0.6)
    left.set(xlabel="timestep (struck out: masked)", ylabel="row", ylim=(rows, 0))
    far = {"other values behind the mask": moves.behind, "more padding": moves.more}
    places = np.arange(rows) + 0.5
    for k, (name, moved) in enumerate(far.items()):
        if moved is not None:
            right.barh(
                places + (k - 0.5) * 0.36,
                np.maximum(100 * moved[:rows], 0),
                height=0.34,
                color=COLOURS[name],
                hatch="//" if k else "",
                label=name,
            )
    right.set(xlabel="how far its answer moves, %", xlim=(0, None))
    right.legend(fontsize="x-small", loc="best")
    for ax in (left, right):
        ax.tick_params(colors=INK)
        ax.spines[["top", "right"]].set_visible(False)
    return figure


def _two_colours():
    from matplotlib.colors import ListedColormap

    return ListedColormap([MASKED, REAL])
