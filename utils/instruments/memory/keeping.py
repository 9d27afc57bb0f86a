"""What a plain function or object remembers, as far as it can be seen, and putting it back."""

import copy
import inspect
import random
from collections import deque
from contextlib import suppress
from functools import partial

import numpy as np

from ..state import layers_of

LIBRARIES = {"keras", "tensorflow", "numpy", "builtins", "jax", "torch", "collections", "optree"}
PLAIN = bool | int | float | complex | str | bytes | type(None)


def kept(function):
    """What a plain function remembers, put back by two functions: (contents, random numbers).

    Looked at are its closure, what it names of its module, and its owner's attributes: variables,
    numbers, texts, arrays, and lists, dicts and sets of them. The first is None if there is none.
    """
    places = [*_closure(function), *_attributes(owner_of(function))]
    return _put_back(places) if places else None, _held_random(value for value, _ in places)


def kept_beside(model):
    """The same two functions for what is beside the layers of a Keras model: what functions and
    objects remember that the layers refer to.
    """
    places, held, seen = [], [], set()
    for layer in layers_of(model):
        for value in vars(layer).values():
            if id(value) in seen:
                continue
            seen.add(id(value))
            held.append(value)
            if inspect.isfunction(value):
                places += _closure(value)
            elif _is_foreign(value):
                places += _attributes(value)
    return _put_back(places), _held_random([*held, *(value for value, _ in places)])


def _put_back(places):
    """A function that gives all places their values and contents again. places: (value, bind)."""
    steps = [_content(value, bind) for value, bind in places if not _state_of(value)]

    def put_back():
        for step in steps:
            step()

    return put_back


def _held_random(values):
    """A function after which generators of random numbers draw the same ones again."""
    steps = [_content(state, bind) for v in values for state, bind in filter(None, [_state_of(v)])]

    def hold():
        for step in steps:
            step()

    return hold


def _state_of(generator):
    """The state of a generator of random numbers, and how to give it one; None for others."""
    if isinstance(generator, np.random.Generator):
        bits = generator.bit_generator
        return bits.state, partial(setattr, bits, "state")
    if isinstance(generator, random.Random):
        return generator.getstate(), generator.setstate
    if isinstance(generator, np.random.RandomState):
        return generator.get_state(), generator.set_state
    if type(generator).__name__ in ("SeedGenerator", "Generator") and hasattr(generator, "state"):
        return generator.state, lambda value: None  # a variable
    return None


def _is_foreign(value):
    """Whether this is an object of a class of the owner's, and no part of Keras or TensorFlow."""
    kinds = [kind.__module__.split(".")[0] for kind in type(value).__mro__[:-1]]
    return hasattr(value, "__dict__") and not LIBRARIES.intersection(kinds)


def _closure(function):
    """What a function's free names, and those of its module, stand for: (value, how to bind it)."""
    places = []
    for cell in getattr(function, "__closure__", None) or ():
        with suppress(ValueError):  # not given a value yet
            places.append((cell.cell_contents, partial(setattr, cell, "cell_contents")))
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    known = getattr(function, "__globals__", {})
    found = [(name, known[name]) for name in names if name in known]
    return places + [
        (value, partial(known.__setitem__, name))
        for name, value in found
        if hasattr(value, "assign") or _is_mutable(value) or _state_of(value)
    ]


def _attributes(owner):
    """The attributes of an object: (value, how to bind it)."""
    attributes = getattr(owner, "__dict__", None)
    if not isinstance(attributes, dict) or isinstance(owner, type):
        return []
    return [(value, partial(attributes.__setitem__, name)) for name, value in attributes.items()]


def owner_of(function):
    """The object that a bound method belongs to; else the function or object itself."""
    return getattr(function, "__self__", function)


def _content(value, bind):
    """A function that binds a value again, with the contents that it has now."""
    if hasattr(value, "assign") and hasattr(value, "dtype"):  # a variable
        return _variable(value, bind)
    if isinstance(value, PLAIN) or not _plain(value):
        return lambda: bind(value)
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
        bind(value)

    return put_back


def _variable(variable, bind):
    before = np.asarray(variable).copy()

    def put_back():
        if np.asarray(variable).tobytes() != before.tobytes():
            variable.assign(before)
        bind(variable)

    return put_back


def _is_mutable(value):
    """Whether this is plain data that can be changed in its place."""
    kinds = list | dict | set | deque | np.ndarray
    return isinstance(value, kinds) and _plain(value)


def _plain(value):
    """Whether this is made of numbers, arrays and texts alone."""
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    if isinstance(value, list | tuple | set | deque):
        return all(map(_plain, value))
    return isinstance(value, PLAIN | np.ndarray | np.generic)
