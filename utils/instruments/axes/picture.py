"""The maps of who hears whom, side by side."""

import numpy as np

from .. import picture
from ..bundle import own_figure
from ..influence import Influence

MOST_MAPS = 3
SIDE = 3.3  # inches


def draw(numbers):
    """Draw the maps of rows and of time; returns a Figure of its own (no pyplot), or None."""
    maps = []
    if not np.isnan(numbers["rows"]).all():
        maps.append(("rows of the batch", "row that answers", "poked row", numbers["rows"]))
    for (into, out), matrix in numbers["time"].items():
        title = "time" if len(numbers["time"]) == 1 else f"time: {into} to {out}"
        across = "timestep of the answer" if matrix.shape[1] > 1 else "answer"
        maps.append((title, across, "poked timestep", matrix))
    if not maps:
        return None
    maps = maps[:MOST_MAPS]
    figure = own_figure(SIDE * len(maps), SIDE)
    panels = figure.subplots(1, len(maps), squeeze=False)[0]
    for ax, (title, across, down, matrix) in zip(panels, maps, strict=True):
        picture.draw(Influence(matrix), ax)
        ax.set(title=title, xlabel=across, ylabel=down)
        ax.title.set_color(picture.INK)
    figure.supxlabel(_legend([matrix for *_, matrix in maps]), fontsize=9, color=picture.INK)
    return figure


def _legend(matrices):
    """What the marks mean, of those that are drawn."""
    dots = any(max(matrix.shape) <= picture.DOTS_UP_TO for matrix in matrices)
    hatched = any(not Influence(matrix).poked.all() for matrix in matrices)
    marks = ("dot: it moved", dots), ("darker: by more", True), ("hatched: not poked", hatched)
    return "; ".join(words for words, drawn in marks if drawn)
