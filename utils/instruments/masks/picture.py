"""The mask of each row, and how far its answer moves when what is masked changes."""

import numpy as np

from ..bundle import GROUND, own_figure

INK, REAL, MASKED = "#1f2933", "#9ecae1", "#ffffff"
COLOURS = {"other values behind the mask": "#0072B2", "more padding": "#E69F00"}
ROWS = 16


def drawer(mask, moves):
    """A function that draws them on a Figure of its own. mask: [rows, timesteps], True: real."""
    return lambda: _draw(mask[:ROWS], moves)


def _draw(mask, moves):
    rows = len(mask)
    figure = own_figure(6.4, 1.6 + 0.16 * rows)
    left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.2, 1))
    look = {"cmap": _two_colours(), "vmin": 0, "vmax": 1, "edgecolor": "white", "linewidth": 0.3}
    left.pcolormesh(np.arange(mask.shape[1] + 1) - 0.5, np.arange(rows + 1) - 0.5, mask, **look)
    for row, step in np.argwhere(~mask):
        left.plot([step - 0.5, step + 0.5], [row - 0.5, row + 0.5], color="0.75", linewidth=0.6)
    left.set(xlabel="timestep (struck out: masked)", ylabel="row", ylim=(rows - 0.5, -0.5))
    far = {"other values behind the mask": moves.behind, "more padding": moves.more}
    far = {name: 100 * moved[:rows] for name, moved in far.items() if moved is not None}
    for k, (name, moved) in enumerate(far.items()):
        how = {"color": COLOURS[name], "hatch": "//" if k else "", "label": name}
        right.barh(np.arange(rows) + (k - 0.5) * 0.36, moved, height=0.34, **how)
    most = max(moved.max() for moved in far.values())
    right.set(xlabel="how far its answer moves, %", xlim=(0, 1.05 * most or 100))
    if not most:
        right.text(0.5, 0.5, "nothing moves", transform=right.transAxes, ha="center", color=INK)
    figure.legend(*right.get_legend_handles_labels(), loc="outside upper center", ncols=2)
    for ax in (left, right):
        ax.set_facecolor(GROUND)
        ax.tick_params(colors=INK)
        ax.spines[["top", "right"]].set_visible(False)
        ax.xaxis.get_major_locator().set_params(integer=ax is left)
        ax.yaxis.get_major_locator().set_params(integer=True)
    return figure


def _two_colours():
    from matplotlib.colors import ListedColormap

    return ListedColormap([MASKED, REAL])
