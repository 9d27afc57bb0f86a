"""What a lesson imports: a handful of names, each loaded at its first use.

Importing `utils` imports neither TensorFlow nor ipywidgets, so that a lesson which needs only
NumPy keeps a small, quick kernel.
"""

from importlib import import_module

_HOMES = {
    "check": "utils.exercises",
    "hint": "utils.exercises",
    "predict": "utils.exercises",
    "look_back": "utils.exercises",
    "progress": "utils.exercises",
    "course_map": "utils.exercises",
    "influence": "utils.instruments",
    "curves": "utils.instruments.curves",
    "noise": "utils.instruments.noise",
    "spread": "utils.instruments.spread",
    "gradcheck": "utils.instruments.gradcheck",
    "streams": "utils.instruments.streams",
    "axes": "utils.instruments.axes",
    "shapes": "utils.instruments.shapes",
    "masks": "utils.instruments.masks",
    "memory": "utils.instruments.memory",
    "gradients": "utils.instruments.gradients",
    "diagnose": "utils.instruments.diagnose",
    "source": "utils.reading",
    "explore": "utils.explorers",
    "warm_up": "utils.warming_up",
}

__all__ = list(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"utils has no name {name!r}; a lesson imports {', '.join(_HOMES)}.")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value  # the next use needs no look-up
    return value


def __dir__():
    return sorted({*globals(), *_HOMES})
