"""A picture that is redrawn fast: its own figure, kept artists, and a blitted background.

A full draw of a canvas costs some 20 ms, drawing a few artists over a kept background about one.
No pyplot: its global figures belong to the cells, and a callback may run beside a cell.
"""

import struct
import threading
import zlib
from collections import OrderedDict

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

# Okabe and Ito's colours: told apart with every common kind of colour blindness.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, BLACK, GREY = "#56B4E9", "#CC79A7", "#000000", "#595959"
BACKGROUNDS = 12  # that a panel remembers, of 1 MB each
TITLE = {"fontsize": 9.5, "loc": "left"}  # of axes
PIXELS_PER_CSS_PIXEL = 1.5  # sharp enough on a dense screen; the size of the PNG grows with it


class Panel:
    """One figure with one picture of it; `width` and `height` are in CSS pixels.

    figure: draw into this one, such as a subfigure, as plain Matplotlib would. Otherwise the panel
    has its own. Artists given to `keep` are drawn anew each time, over a
    background that holds everything else. The background is captured again when something in it
    has changed (limits, ticks, a title): Matplotlib marks the figure as stale then, and only then,
    because kept artists are "animated" and do not pass their staleness on.

    A panel whose background takes only a few forms, say one for each number of time steps, says so
    with `lay_out`: a form that was drawn once is not drawn again.
    """

    width, height = 410, 280

    def __init__(self, figure=None):
        inches = self.width / 100, self.height / 100
        dpi = 100 * PIXELS_PER_CSS_PIXEL
        self.figure = figure or Figure(figsize=inches, dpi=dpi, facecolor="white")
        self.canvas = None if figure else _Canvas(self.figure)
        self.alt = ""  # says what the picture is of; the explorer's sentence says what it shows
        self.full_draws = 0
        self._kept = []
        self._layout = None
        self._backgrounds = OrderedDict()  # layout -> pixels, the latest last
        self._png = None

    def keep(self, *artists):
        """Take artists out of the background; return the first. Later ones are drawn on top."""
        for artist in artists:
            artist.set_animated(self.canvas is not None)
            self._kept.append(artist)
        return artists[0]

    def lay_out(self, layout):
        """Say which form the background takes from now on.

        layout: hashable, and all that the background depends on: equal layouts, equal pixels. Call
        it in the same go in which the axes are changed.
        """
        self._layout = layout

    def set_limits(self, axes, x=None, y=None):
        """Set limits of axes only where they differ, so that an equal picture keeps its axes."""
        if x is not None and tuple(axes.get_xlim()) != tuple(x):
            axes.set_xlim(x)
        if y is not None and tuple(axes.get_ylim()) != tuple(y):
            axes.set_ylim(y)

    def png(self):
        """Draw if something has changed, and return the picture as the bytes of a PNG."""
        if not (self._png is None or self.figure.stale or any(a.stale for a in self._kept)):
            return self._png
        self._draw_background()
        renderer = self.canvas.get_renderer()
        for artist in self._kept:
            artist.draw(renderer)
            artist.stale = False  # an invisible one does not say so itself
        self._png = _png_of(np.asarray(self.canvas.buffer_rgba()))
        return self._png

    def _draw_background(self):
        """Put everything but the kept artists on the canvas, from memory if it is known there."""
        known = self._backgrounds.get(self._layout)
        if known is not None and (self._layout is not None or not self.figure.stale):
            self.canvas.restore_region(known)
            self._backgrounds.move_to_end(self._layout)
            self.figure.stale = False
            return
        self.canvas.draw()
        self.full_draws += 1
        self._backgrounds[self._layout] = self.canvas.copy_from_bbox(self.figure.bbox)
        if len(self._backgrounds) > BACKGROUNDS:
            self._backgrounds.popitem(last=False)


def plain(axes, labelsize=8):
    """Small numbers on the ticks, and no lines at the top and on the right."""
    axes.tick_params(labelsize=labelsize)
    axes.spines[["top", "right"]].set_visible(False)


class _Canvas(FigureCanvasAgg):
    """One whose pixels, 1 MB, are those of every panel of its size that this thread draws.

    A panel begins each picture by drawing or putting back its whole background.
    """

    _own = threading.local()

    def get_renderer(self):
        renderers = vars(self._own).setdefault("renderers", {})
        key = *self.figure.bbox.size, self.figure.dpi
        if key not in renderers:
            renderers[key] = RendererAgg(*key)
        self.renderer = renderers[key]
        return self.renderer


def _png_of(pixels):
    """The bytes of a PNG of pixels [height, width, 4], RGBA of a byte each.

    Its rows are compressed as they are: Pillow tries five filters on each, and takes twice as long
    for a file of the same size, since these pictures are mostly empty.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 4 * width), np.uint8)  # each begins with its filter, 0: none
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)  # 8 bits a channel, 6: RGBA
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
