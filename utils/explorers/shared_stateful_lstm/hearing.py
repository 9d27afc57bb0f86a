"""The explorer of lesson 05: who hears whom, and how a long window hides it.

Everything is computed at each move; nothing is recorded, and nothing is trained.
"""

import ipywidgets as widgets
import numpy as np

from utils.explorers.frame import Explorer
from utils.explorers.shared_stateful_lstm.answers import (
    FAINT,
    SEEDS,
    STREAMS,
    UNITS,
    WINDOWS,
    Point,
    at_every_window,
    heard,
)
from utils.explorers.shared_stateful_lstm.panels import PANELS, size
from utils.explorers.wording import number_word, spans

MODELS = {  # what is chosen -> how the sentence names it, and who runs first if a state is shared
    "the question's graph: last stream first": ("The question's graph", "last"),
    "a Python loop: first stream first": ("A Python loop", "first"),
    "mended: a state for each stream": ("Mended", None),
}


def explorer():
    """The explorer: model, streams, window, units and seed above two maps and two curves."""
    panels = [panel() for panel in PANELS]
    controls = {
        "model": widgets.Dropdown(options=list(MODELS), description="model"),
        "streams": _slider("streams", STREAMS, 3),
        "timesteps": _slider("timesteps", WINDOWS, 10),
        "units": _slider("units", UNITS, 3),
        "seed": _slider("seed", SEEDS, 0),
    }
    return Explorer(controls, panels, drawing_on(*panels))


def drawing_on(same, next_, over_time, by_window):
    """The function that draws on these panels: (values, None) -> the sentence."""

    def draw(values, _):
        name, first = MODELS[values["model"]]
        point = Point(first, *(values[n] for n in ("streams", "timesteps", "units", "seed")))
        found = heard(point)
        same.set(found.same)
        next_.set(found.next)
        over_time.set(found.differences)
        by_window.set(point.timesteps, at_every_window(point))
        return f"{_runs(name, point)} {_hearing(point, found)} {_difference(found)}"

    return draw


def _slider(name, options, value):
    return widgets.SelectionSlider(options=options, value=value, description=name)


# What it says


def _runs(name, point):
    units = f"{point.units} unit{'s' * (point.units > 1)}"
    sizes = f"{point.timesteps} timesteps, {units}, seed {point.seed}"
    if point.first is None:
        return f"{name}, each of {point.streams} streams has its own state ({sizes})."
    listed = ", ".join(map(str, point.order))
    return f"{name} runs {point.streams} streams in the order {listed} ({sizes})."


def _hearing(point, found):
    others = [_of_others(changes) for changes in (found.same, found.next)]
    if not np.any(others):
        own = np.diag(found.next)
        return (
            f"No stream hears another; its own past moves each by {size(own.min())} to "
            f"{size(own.max())} in the next chunk."
        )
    same, next_ = (_who_hears(changes, point.order) for changes in others)
    return f"In the same chunk, {same}; in the next, {next_}."


def _of_others(changes):
    """[streams, streams], 0 where a stream hears itself."""
    return np.where(np.eye(len(changes), dtype=bool), 0, changes)


def _who_hears(changes, order):
    """Who hears which other streams, in words, and how much of it float32 hides."""
    clear, faint = changes >= FAINT, int(((changes > 0) & (changes < FAINT)).sum())
    by_listener = [(i, np.flatnonzero(clear[:, i])) for i in order]
    if all(len(heard) == len(order) - 1 for _, heard in by_listener):
        return "each hears all others"
    listed = [f"{i} hears {_numbers(heard)}" for i, heard in by_listener if len(heard)]
    alone = [f"{i} hears none" for i, heard in by_listener if not len(heard)]
    listed += alone if len(alone) < 2 else ["the rest none"] if listed else ["each only itself"]
    hidden = f" ({number_word(faint)} more too faint for float32)" if faint else ""
    return ", ".join(listed) + hidden


def _numbers(streams):
    return spans(streams, "stream").split(maxsplit=1)[1]


def _difference(found):
    if not found.differences.any():
        return "Whole and halves agree at every step."
    return (
        f"Whole and halves differ by {size(found.after_the_cut)} right after the cut, "
        f"{size(found.at_the_end)} at the last step, {size(found.differences.sum())} in sum."
    )
