"""What the layers of a Keras model hold that is made of numbers, and what of it has changed."""

import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..noisy_layers import own_generators
from ..state import layers_of

DEEPEST = 4  # lists within dicts within lists


@dataclass(frozen=True)
class Part:
    """One thing that a layer holds which has numbers: variables, arrays, or nests of them."""

    layer: object
    name: str
    look: Callable  # -> what it holds now

    @property
    def key(self):
        """One key for each part, as long as its layer is kept."""
        return id(self.layer), self.name

    @property
    def words(self):
        """Its name for a reader."""
        return f"“{self.name}” of “{self.layer.name}”"

    @property
    def in_variables(self):
        """Whether it is kept in variables, which a graph assigns as a plain call does."""
        found = list(_leaves(self.look()))
        return bool(found) and all(map(_is_variable, found))

    def read(self):
        """Its numbers as a list of arrays, copies."""
        found = map(_numbers, _leaves(self.look()))
        return [array for array in found if array is not None]

    def write(self, arrays, itself=None):
        """Give it other numbers. Returns whether that could be done.

        arrays: for what is kept in variables. itself: what else the layer held under this name, if
        that is nothing which is changed in its place.
        """
        found = list(_leaves(self.look()))
        if not self.in_variables:
            fixed = not isinstance(itself, list | dict | deque | set | np.ndarray)
            if fixed and self.name in vars(self.layer):
                vars(self.layer)[self.name] = itself
            return fixed
        if [tuple(v.shape) for v in found] != [a.shape for a in arrays]:
            return False
        for variable, array in zip(found, arrays, strict=True):
            variable.assign(array)
        return True


def parts_of(model):
    """Every part of every layer, the outermost layer first; a variable counts once.

    What Keras itself keeps of any layer is not among them, nor are seeds.
    """
    keras = sys.modules["keras"]
    usual, layers, found = set(vars(keras.Layer())), layers_of(model), []
    taken = {id(g.state) for layer in layers for g in own_generators(layer, keras)}
    for layer in reversed(layers):  # the innermost first: a variable is its, not its owner's
        names = [name for name in vars(layer) if name not in usual]
        for name in sorted(names, key=lambda name: name.startswith("_")):
            value = vars(layer)[name]
            ids = {id(leaf) for leaf in _leaves(value) if _is_variable(leaf)}
            if (ids and ids <= taken) or isinstance(value, keras.Layer):
                continue
            taken |= ids
            found.append(Part(layer, name, partial(vars(layer).get, name)))
        for variable in getattr(layer, "_non_trainable_variables", ()):  # those without a name
            if id(variable) not in taken:
                taken.add(id(variable))
                found.append(Part(layer, variable.name, lambda variable=variable: variable))
    return found[::-1]


def contents(parts):
    """Key of a part -> its numbers now."""
    return {part.key: part.read() for part in parts}


def changed(parts, before, after):
    """The parts whose numbers are not the same in two contents."""
    return [part for part in parts if not alike(before[part.key], after[part.key])]


def alike(one, other):
    """Whether two lists of arrays are the same, bit for bit."""
    return len(one) == len(other) and all(
        a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
        for a, b in zip(one, other, strict=True)
    )


def _leaves(value, depth=0):
    """What stands in a nest of lists, tuples and dicts, but layers."""
    if _is_module(value):
        value = () if hasattr(value, "algorithm") else value.variables  # its own random numbers
    if isinstance(value, Mapping):
        value = value.values()
    elif not isinstance(value, list | tuple | deque):
        yield value
        return
    if depth < DEEPEST:
        for one in value:
            yield from _leaves(one, depth + 1)


def _is_variable(value):
    keras, tf = sys.modules["keras"], sys.modules.get("tensorflow")
    return isinstance(value, keras.Variable) or (tf is not None and isinstance(value, tf.Variable))


def _is_module(value):
    """Whether this is one of TensorFlow's own holders of variables, and no layer."""
    keras, tf = sys.modules["keras"], sys.modules.get("tensorflow")
    return tf is not None and isinstance(value, tf.Module) and not isinstance(value, keras.Layer)


def _numbers(value):
    """A copy of the numbers of one value; None if it has none, or none that can be read."""
    if isinstance(value, bool | int | float | complex | np.generic):
        return np.asarray(value)
    if isinstance(value, type) or not (hasattr(value, "shape") and hasattr(value, "dtype")):
        return None
    try:
        array = np.asarray(value).copy()
    except (TypeError, ValueError, NotImplementedError, AttributeError):  # symbolic, or ragged
        return None
    return array if array.dtype.kind in "biufcV" else None
