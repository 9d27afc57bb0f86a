"""What a plain function or object remembers, as far as it can be seen, and putting it back."""

import copy
from collections import deque

import numpy as np

PLAIN = bool | int | float | complex | str | bytes | type(None)


def kept(function):
    """A function that gives a function's closure, and its owner's attributes, their values again.

    Also returns whether there is anything. Put back are numbers, texts, arrays, random generators,
    and lists, dicts and sets of them; other things stay as they are.
    """
    steps = []
    for cell in getattr(function, "__closure__", None) or ():
        try:
            value = cell.cell_contents
        except ValueError:  # not given a value yet
            continue
        steps.append(
            _content(value, lambda value, cell=cell: setattr(cell, "cell_contents", value))
        )
    owner = owner_of(function)
    attributes = getattr(owner, "__dict__", None)
    if isinstance(attributes, dict):
        steps += [
            _content(v, lambda v, n=n: attributes.__setitem__(n, v)) for n, v in attributes.items()
        ]
        steps.append(_names(attributes))
    steps = [step for step in steps if step]

    def put_back():
        for step in steps:
            step()

    return put_back, bool(steps)


def owner_of(function):
    """The object that a bound method belongs to; else the function or object itself."""
    return getattr(function, "__self__", function)


def _names(attributes):
    before = list(attributes)

    def put_back():
        for name in [name for name in attributes if name not in before]:
            del attributes[name]

    return put_back


def _content(value, bind):
    """A function that binds a value again, with the contents that it has now; None for others."""
    if isinstance(value, PLAIN) or not _plain(value):
        return (lambda: bind(value)) if isinstance(value, PLAIN) or callable(value) else None
    before = copy.deepcopy(value)

    def put_back():
        now = copy.deepcopy(before)
        if isinstance(value, np.ndarray):
            value[...] = now
        elif isinstance(value, list):
            value[:] = now
        elif isinstance(value, dict | set):
            value.clear()
            value.update(now)
        elif isinstance(value, deque):
            value.clear()
            value.extend(now)
        elif isinstance(value, np.random.Generator):
            value.bit_generator.state = now.bit_generator.state
        bind(value)

    return put_back


def _plain(value):
    """Whether this is made of numbers, arrays and texts alone, or draws random numbers."""
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    if isinstance(value, list | tuple | set | deque):
        return all(map(_plain, value))
    return isinstance(value, PLAIN | np.ndarray | np.generic | np.random.Generator)
