"""From lessons/ to notebooks/ and solutions/: build, compare, lint, reset and run the editions.

`lessons()` reads only the headers and is quick; jupytext is loaded when an edition is built.
"""

from importlib import import_module

_HOMES = {
    "Lesson": "utils.building.catalogue",
    "lessons": "utils.building.catalogue",
    "find_lesson": "utils.building.catalogue",
    "reference_answers": "utils.building.answers",
    "reference_imports": "utils.building.answers",
}

__all__ = list(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"utils.building has no name {name!r}.")
    return getattr(import_module(_HOMES[name]), name)
