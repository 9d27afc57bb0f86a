"""Asking a Keras model from one and the same state, with its seeds held, and resetting it."""

import inspect
import re
import sys

import numpy as np

from utils.error_text import text_of

from ..calling import take_apart
from ..changes import difference
from ..noisy_layers import own_generators
from ..pokes import poker
from ..seeds import global_seeds_kept
from ..state import layers_of, memory_of_all

ROUNDING = 256  # units in the last place of the largest number of an answer
FORGET = re.compile(r"_?(reset|clear|forget|flush)(_\w*(stat|mem|cach|buf|hid|carr|hist)\w*)?$")


class Asking:
    """A Keras model that can be asked again from the state in which it is at the start."""

    def __init__(self, model, x, beside, keras):
        """beside: two functions, which put back what is kept beside the layers, and draws."""
        self.model, self.x, self.keras = model, x, keras
        self.beside, self.hold = beside
        self.fresh = not all(layer.built for layer in model._flatten_layers())
        as_it_was = self._memory()
        self.seeds, self.graph = [], None
        self.ask(x)  # which builds what is not built
        self.layers = layers_of(model)
        generators = [g for layer in self.layers for g in own_generators(layer, keras)]
        if not self.fresh:
            as_it_was()
        self.start = as_it_was
        self.seeds = [(g.state, np.asarray(g.state).copy()) for g in generators]

    def starts_here(self, moving=None):
        """From now on, the start is the state in which the model is now.

        moving: all that changes, if that is known; then no time is lost with what does not.
        """
        if moving is None or not all(part.in_variables for part in moving):
            self.start = self._memory()
            return
        held = [(part, part.read()) for part in moving]

        def start():
            self.beside()
            for part, arrays in held:
                part.write(arrays)

        self.start = start

    def _memory(self):
        layers_back = memory_of_all(self.model)

        def put_back():
            self.beside()
            layers_back()

        return put_back

    def quickened(self):
        """Ask by a graph from now on, if it answers as plain calls do, state and all."""
        if not backend_is_tensorflow():
            return
        import tensorflow as tf

        plain = self.after(self.x, self.x)
        self.graph = tf.function(lambda x: self.model(x, training=False))
        try:
            same = all(map(np.allclose, *map(flat, (plain, self.after(self.x, self.x)))))
        except Exception:  # it can't be traced
            same = False
        if not same:
            self.graph = None

    def ask(self, x, plainly=False, **how):
        """The answer to x, a list of arrays. Every question gets the same random numbers.

        plainly: not as a graph, so that it can be heard.
        """
        for seed, value in self.seeds:
            seed.assign(value)
        self.hold()
        with global_seeds_kept():
            try:
                answer = self._run(x, plainly, how)
            except Exception as error:
                raise RuntimeError(
                    f"The model raised {type(error).__name__}: {text_of(error)}"
                ) from error
            return arrays_of(answer)

    def _run(self, x, plainly, how):
        if (
            self.graph is None
            or plainly
            or how
            or _shapes(x, self.keras) != _shapes(self.x, self.keras)
        ):
            return self.model(x, training=False, **how)
        return self.graph(self.keras.tree.map_structure(self.keras.ops.convert_to_tensor, x))

    def after(self, *history, then=None):
        """The answers to what is asked one after the other, from the start.

        then: a function that is called before the last one is asked.
        """
        self.start()
        answers = [self.ask(x) for x in history[:-1]]
        if then:
            then()
        return [*answers, self.ask(history[-1])]

    def other(self, x):
        """Another x of the same numbers, backwards; or others where they are all the same."""
        return self.keras.tree.map_structure(another, x)


def another(array):
    """Another array of the same numbers: backwards; if that is no other, a little different."""
    turned = array.ravel()[::-1].reshape(array.shape)
    if not np.array_equal(turned, array):
        return turned
    values = poker(array, None)(array)
    return values[0] if values else array


def arrays_of(answer):
    """What a call answers, as a list of arrays. Raises TypeError for what is no number."""
    arrays = [np.asarray(array).copy() for array in take_apart(answer)[0]]
    for array in arrays:
        if array.dtype.kind not in "biufc":
            raise TypeError(
                f"The model's answer holds {array.dtype} values; expected arrays of numbers."
            )
    return arrays


def apart(one, other):
    """How far two answers are apart, and up to where that is rounding; infinite by shape."""
    if [a.shape for a in one] != [a.shape for a in other]:
        return float("inf"), 0.0
    largest = max((np.abs(a).max(initial=0) for a in (*one, *other)), default=0)
    eps = max((np.finfo(a.dtype).eps for a in one if a.dtype.kind in "fc"), default=0.0)
    moved = [difference(a, b).max(initial=0) for a, b in zip(one, other, strict=True)]
    return float(max(moved, default=0)), float(ROUNDING * eps * largest)


def differ(one, other):
    """Whether two answers are apart by more than rounding."""
    moved, limit = apart(one, other)
    return moved > limit


def finite(answer):
    """Whether all numbers of an answer are numbers."""
    return all(np.isfinite(array).all() for array in answer)


def ways_to_forget(layer):
    """The methods of a layer that clear what it holds: (name, method); and those that want more."""
    free, wanting = [], []
    for kind in type(layer).__mro__:
        if kind.__module__.startswith(("keras.", "builtins", "tensorflow.")):
            names = [n for n in ("reset_state",) if n in vars(kind)]
        else:
            names = [name for name in vars(kind) if FORGET.match(name)]
        for name in names:
            method = getattr(layer, name, None)
            if not callable(method) or name in [known for known, _ in (*free, *wanting)]:
                continue
            (free if _takes_nothing(method) else wanting).append((name, method))
    return free, wanting


def call_flags(model):
    """The arguments of the model's own call that ask it to begin anew, such as reset=True."""
    try:
        names = inspect.signature(model.call).parameters
    except (TypeError, ValueError):
        return []
    return [name for name in names if re.search(r"reset|new_seq|is_start|first", name)]


def _takes_nothing(method):
    try:
        arguments = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return True
    return all(
        a.default is not a.empty or a.kind in (a.VAR_POSITIONAL, a.VAR_KEYWORD) for a in arguments
    )


def flat(answers):
    """The arrays of several answers in one list."""
    return [array for answer in answers for array in answer]


def _shapes(x, keras):
    return [np.shape(array) for array in keras.tree.flatten(x)]


def backend_is_tensorflow():
    """Whether Keras works on TensorFlow, whose graphs are what predict makes of a call."""
    return sys.modules["keras"].backend.backend() == "tensorflow"
