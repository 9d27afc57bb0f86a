"""Puzzle 02: a model without input_shape is three times better. Which of four suspects did it?

Importing the room loads neither TensorFlow nor Keras; each name is loaded at its first use.
"""

from importlib import import_module

_HOMES = {  # public name -> the module of this room that it lives in
    "wave": "question",
    "data": "question",
    "split": "question",
    "question_layers": "question",
    "LookAlike": "look_alike",
    "PERTURBATIONS": "perturbations",
    "PROGRAM": "perturbations",
    "baseline": "perturbations",
    "perturbed": "perturbations",
    "play": "perturbations",
    "history": "reenactment",
    "GRAPH_MODE": "reenactment",
    "at_hand": "reenactment",
    "chances": "experiments",
    "Setting": "training",
    "trainings": "training",
    "train_pair": "training",
}
_RECORDS = ("grid", "full_scale", "many_seeds")  # modules of this room, each with `recorded`

__all__ = [*_HOMES, *_RECORDS]


def __getattr__(name):
    if name in _RECORDS:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"Room 02 has no name {name!r}; it has {', '.join(__all__)}.")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
