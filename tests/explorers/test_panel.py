"""A panel redraws what changed, and only that; what it shows is what a full draw would show."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from utils.explorers.panel import BACKGROUNDS, PIXELS_PER_CSS_PIXEL, Panel


@pytest.fixture
def drawn():
    """A panel with one kept line, and the line."""
    panel = Panel()
    axes = panel.figure.add_subplot()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return panel, panel.keep(axes.plot([0, 1], [0, 0.5], lw=4)[0])


def pixels(png):
    return np.asarray(Image.open(BytesIO(png)))


def test_the_picture_has_the_panels_size(drawn):
    panel, _ = drawn
    picture = pixels(panel.png())
    height, width, channels = picture.shape
    assert (width, height) == (
        panel.width * PIXELS_PER_CSS_PIXEL,
        panel.height * PIXELS_PER_CSS_PIXEL,
    )
    assert channels == 4 and (picture[..., 3] == 255).all(), "the page would shine through"


def test_nothing_changed_gives_the_same_picture_without_drawing(drawn):
    panel, _ = drawn
    assert panel.png() is panel.png()
    assert panel.full_draws == 1


def test_a_moved_artist_is_drawn_over_the_kept_background_and_leaves_no_trace(drawn):
    panel, line = drawn
    first = panel.png()
    line.set_ydata([0, 1])
    assert not np.array_equal(pixels(panel.png()), pixels(first))
    line.set_ydata([0, 0.5])
    assert np.array_equal(pixels(panel.png()), pixels(first))
    assert panel.full_draws == 1


def test_a_hidden_artist_vanishes(drawn):
    panel, line = drawn
    first = panel.png()
    line.set_visible(False)
    hidden = panel.png()
    assert not np.array_equal(pixels(hidden), pixels(first))
    assert panel.png() is hidden


def test_new_limits_capture_the_background_anew_and_equal_ones_do_not(drawn):
    panel, line = drawn
    first = panel.png()
    panel.set_limits(line.axes, x=(0, 1), y=(0, 1))
    assert panel.png() is first
    panel.set_limits(line.axes, y=(0, 2))
    assert not np.array_equal(pixels(panel.png()), pixels(first))
    assert panel.full_draws == 2


def test_a_layout_that_was_drawn_once_is_not_drawn_again(drawn):
    panel, line = drawn
    pictures = {}
    for upper in (1, 2, 1, 2):
        panel.lay_out(upper)
        panel.set_limits(line.axes, y=(0, upper))
        picture = pixels(panel.png())
        assert np.array_equal(picture, pictures.setdefault(upper, picture))
    assert not np.array_equal(pictures[1], pictures[2])
    assert panel.full_draws == 2


def test_without_a_layout_every_change_of_the_background_is_drawn(drawn):
    panel, line = drawn
    for upper in (2, 1, 2):
        panel.set_limits(line.axes, y=(0, upper))
        panel.png()
    assert panel.full_draws == 3


def test_a_panel_forgets_the_layout_that_was_not_used_for_longest(drawn):
    panel, line = drawn
    for upper in (*range(1, BACKGROUNDS + 2), 2, 1):
        panel.lay_out(upper)
        panel.set_limits(line.axes, y=(0, upper))
        panel.png()
    assert panel.full_draws == BACKGROUNDS + 2  # 2 was remembered, 1 was not


def test_later_artists_are_on_top(drawn):
    panel, line = drawn
    over = line.axes.plot([0, 1], [0, 0.5], lw=4, color="red")[0]
    assert panel.keep(over) is over
    red = pixels(panel.png()).reshape(-1, 3)
    assert (red == [255, 0, 0]).all(axis=1).any()
    line.set_color("blue")
    below = pixels(panel.png()).reshape(-1, 3)
    assert (below == [255, 0, 0]).all(axis=1).any()


def test_a_subfigure_is_drawn_by_its_own_figure():
    from matplotlib.figure import Figure

    panel = Panel(Figure().subfigures(1, 2)[0])
    line = panel.keep(panel.figure.add_subplot().plot([0, 1])[0])
    assert panel.canvas is None
    assert not line.get_animated()


def test_panels_of_one_size_share_a_canvas_and_show_a_picture_each():
    panels = [Panel() for _ in range(2)]
    lines = [
        panel.keep(panel.figure.add_subplot().plot([0, 1], [0, 1], color=colour)[0])
        for panel, colour in zip(panels, ("red", "blue"), strict=True)
    ]
    seen = {}
    for height in (0.2, 0.7, 0.2):
        for k, (panel, line) in enumerate(zip(panels, lines, strict=True)):
            line.set_ydata([height, height])
            picture = pixels(panel.png())
            assert np.array_equal(picture, seen.setdefault((k, height), picture))
    assert len({picture.tobytes() for picture in seen.values()}) == 4
    assert [panel.full_draws for panel in panels] == [1, 1]
    assert panels[0].canvas.get_renderer() is panels[1].canvas.get_renderer()
    with ThreadPoolExecutor(1) as another:
        assert another.submit(panels[0].canvas.get_renderer).result() is not (
            panels[0].canvas.get_renderer()
        )
        lines[0].set_ydata([0.7, 0.7])
        assert np.array_equal(pixels(another.submit(panels[0].png).result()), seen[0, 0.7])
