"""Explorers: sliders, a sentence with the result, and beneath it pictures that answer at once.

`explore("01")` shows the explorer of lesson 01. One module builds each explorer, under the stem of
its lesson; `frame` is what they share.
"""

from importlib import import_module

_ROOMS = {
    "00": "utils.explorers.start_here",
    "01": "utils.explorers.time_major_lists",
}

__all__ = ["explore"]


def explore(lesson):
    """Show the explorer of a lesson, such as `explore("01")`. It displays, and returns None.

    Running the same cell again replaces the explorer that this cell showed before: a training
    that was under way ends.

    Raises ValueError for a lesson that has no explorer.
    """
    number = f"{lesson:02d}" if isinstance(lesson, int) else str(lesson)[:2]
    if number not in _ROOMS:
        raise ValueError(
            f"There is no explorer for lesson {lesson!r}. "
            f"There is one for {', '.join(map(repr, _ROOMS))}: try explore({min(_ROOMS)!r})."
        )
    from utils.explorers.frame import show  # ipywidgets and Matplotlib load at the first use

    show(number, import_module(_ROOMS[number]).explorer)
