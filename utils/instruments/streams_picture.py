"""Two influence maps side by side: who hears whom in the same chunk, and in the next."""

from . import picture
from .bundle import own_figure

TITLES = "same chunk", "next chunk"


def draw(report):
    """Draw both maps of a StreamsReport; returns a Figure of its own (no pyplot)."""
    figure = own_figure(6.6, 3.4)
    for ax, found, title in zip(
        figure.subplots(1, 2), (report.same, report.then), TITLES, strict=True
    ):
        picture.draw(found, ax)
        ax.set(title=title, xlabel="stream that answers", ylabel="poked stream", aspect="equal")
        ax.title.set_color(picture.INK)
    return figure
