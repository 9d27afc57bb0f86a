"""What an answer has no business changing: libraries, the course, settings of the whole process."""

import builtins
import math
import operator
import random
import sys
from contextlib import contextmanager, suppress

import numpy as np
import numpy.linalg
import numpy.random

_COURSE = "utils.exercises.", "utils.puzzles.bug_hunt."  # what judges by itself
_KERAS = ("keras", "keras.layers", "keras.initializers", "keras.ops", "keras.random")
_GONE = object()
_known = {}  # the namespaces that `_watched` has found, and among how many modules


@contextmanager
def as_before():
    """Undoes at the end what was replaced in libraries and the course, and what was set.

    Yields a list that holds the names of all this when the block has ended.
    """
    replaced = [(owner, dict(vars(owner))) for owner in _watched()]
    depth, settings, changed = sys.getrecursionlimit(), _settings(), []
    try:
        yield changed
    finally:
        sys.setrecursionlimit(depth)
        changed += _put_back(replaced)
        changed += _set_again(settings)


def _watched():
    """The namespaces that an answer has no business in: libraries, the course and its classes."""
    if _known.get("modules") != len(sys.modules):
        _known["modules"] = len(sys.modules)
        libraries = np, np.random, np.linalg, builtins, math, random
        _known["owners"] = [*libraries, *_course(), *_keras()]
    return _known["owners"]


def _course():
    for name, module in list(sys.modules.items()):
        if name.startswith(_COURSE) and module is not None:
            yield module
            for value in list(vars(module).values()):
                if _is_class(value) and value.__module__ == name:
                    yield value


def _keras():
    """Keras' namespaces and their classes, where it is loaded: judges compute with them."""
    if "keras" not in sys.modules:
        return
    for name in _KERAS:
        module = sys.modules.get(name)
        if module is not None:
            yield module
            yield from filter(_is_class, list(vars(module).values()))


def _put_back(before):
    """Undoes what was replaced since; the names of it."""
    changed = []
    for owner, names in before:
        now = vars(owner)
        if list(now) == list(names) and all(map(operator.is_, names.values(), now.values())):
            continue  # the usual case, at the speed of C
        for name, value in names.items():
            if now.get(name, _GONE) is not value:
                _set_back(owner, name, value)
                changed.append(f"{_full_name(owner)}.{name}")
        if _is_class(owner):
            for name in set(vars(owner)) - set(names) - {"__annotations__"}:  # made when asked for
                type.__delattr__(owner, name)
                changed.append(f"{_full_name(owner)}.{name}")
    return changed


def _set_back(owner, name, value):
    if _is_class(owner):
        with suppress(AttributeError, TypeError):  # what Python keeps for itself
            type.__setattr__(owner, name, value)
    else:
        vars(owner)[name] = value


def _full_name(owner):
    if _is_class(owner):  # whose metaclass is not asked
        return f"{owner.__module__}.{type.__dict__['__name__'].__get__(owner)}"
    return owner.__name__


def _is_class(value):
    return issubclass(type(value), type)


def _settings():
    """{name: (value, how to set it)} of what Keras and TensorFlow keep for the whole process."""
    found = {}
    config = getattr(sys.modules.get("keras"), "config", None)
    if config is not None:
        found["the type of all numbers in Keras"] = config.floatx(), config.set_floatx
        found["the dtype policy of Keras"] = config.dtype_policy(), config.set_dtype_policy
    config = getattr(sys.modules.get("tensorflow"), "config", None)
    if config is not None:
        eager = config.functions_run_eagerly()
        found["TensorFlow's eager mode"] = eager, config.run_functions_eagerly
    return found


def _set_again(before):
    """Sets again what was set otherwise since; the names of it."""
    changed = []
    for name, (now, put) in _settings().items():
        value, _ = before.get(name, (now, None))
        if now != value:
            put(value)
            changed.append(name)
    return changed
