"""Explorers: sliders, a sentence with the result, and beneath it pictures that answer at once.

`explore("01")` shows the explorer of lesson 01, `explore("02.op_seed")` one of several. A module
builds each explorer, under the stem of its lesson; `frame` is what they share.
"""

from importlib import import_module

_ROOMS = {
    "00": "utils.explorers.start_here",
    "01": "utils.explorers.time_major_lists",
    "02": "utils.explorers.dropout_and_seed.chance",
    "02.op_seed": "utils.explorers.dropout_and_seed.op_seed",
    "02.how_many": "utils.explorers.dropout_and_seed.how_many",
    "03": "utils.explorers.sequence_or_last_state.training",
    "03.floor": "utils.explorers.sequence_or_last_state.floor",
    "04": "utils.explorers.gradient_check.checking",
    "05": "utils.explorers.shared_stateful_lstm.hearing",
}

__all__ = ["explore"]


def explore(lesson):
    """Show an explorer by its lesson, such as `explore("01")`. It displays, and returns None.

    Running the same cell again replaces the explorer that this cell showed before: a training
    that was under way ends.

    Raises ValueError for a lesson that has no explorer.
    """
    key = f"{lesson:02d}" if isinstance(lesson, int) else str(lesson)
    if key not in _ROOMS:
        raise ValueError(
            f"There is no explorer for lesson {lesson!r}. "
            f"There is one for {', '.join(map(repr, _ROOMS))}: try explore({min(_ROOMS)!r})."
        )
    from utils.explorers.frame import show  # ipywidgets and Matplotlib load at the first use

    show(key, import_module(_ROOMS[key]).explorer)
