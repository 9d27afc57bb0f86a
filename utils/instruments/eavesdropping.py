"""Listening to noise layers while a model runs: who was called, how, and what it did.

The listener is Python's profiling hook. It changes nothing in the model, and hears a layer however
it is called: as `layer(x)`, as `layer.call(x)`, or through a method that was put aside before.
"""

import inspect
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

TF_RANDOM = ("tensorflow/python/ops/random_ops.py", "tensorflow/python/ops/stateful_random_ops.py")
RECURRENCE = "keras/src/backend/tensorflow/rnn.py"


@dataclass
class Tally:
    """What one layer did during one run."""

    calls: int = 0  # of a recurrent cell, one for each time step
    draws: int = 0  # of its seed generators
    training: set = field(default_factory=set)  # the values that it was called with
    changed: bool = False  # whether an output differed from the input of the same shape
    masks: dict = field(default_factory=dict)  # rate -> [zeroed, seen, independent draws]


@dataclass
class Heard:
    """What was heard during one run of a model."""

    tallies: dict[int, Tally]  # by the id of the layer
    elsewhere: Counter  # (where, by what) of random numbers that no noise layer drew
    fixed: Counter  # where random numbers were drawn with a seed that is the same each time
    lost: int = 0  # calls that could not be followed
    order: list = field(default_factory=list)  # ids of layers, as they were first called


@contextmanager
def listening(layers, generators, foreign, keras):
    """Yields a Heard that fills while the block runs.

    layers: the noise layers. generators: id of a SeedGenerator -> the layer that owns it. foreign:
    gets those that no layer owns when they draw first: id -> (generator, its state before).
    """
    heard = Heard({id(layer): Tally() for layer in layers}, Counter(), Counter())
    listener = _Listener(heard, layers, generators, foreign, keras)
    before = sys.getprofile()
    sys.setprofile(listener)
    try:
        yield heard
    finally:
        sys.setprofile(before)


class _Listener:
    """The hook: a frame is told apart by its code, which costs one look-up for each call."""

    def __init__(self, heard, layers, generators, foreign, keras):
        from keras.src.random import seed_generator

        self.heard, self.foreign, self.keras = heard, foreign, keras
        self.layers = {id(layer): layer for layer in layers}
        self.generators = generators
        self.open = {}  # id of a frame -> what to do when it returns
        self.within = {}  # id of a layer -> the values of `training` of its open calls
        self.watched = {
            keras.random.SeedGenerator.next.__code__: self._drawn,
            seed_generator.draw_seed.__code__: self._seeded,
        }
        self.outermost = {}
        for layer in layers:
            codes = [_code(layer.call), *_codes_of(type(layer))]
            self.outermost[id(layer)] = codes[0]
            self.watched |= {code: self._called for code in codes if code}
        backend = sys.modules.get(f"keras.src.backend.{keras.backend.backend()}.random")
        if backend is not None:
            self.watched[backend.dropout.__code__] = self._dropping

    def __call__(self, frame, event, argument):
        try:
            if event == "call":
                self._entered(frame)
            elif event == "return" and self.open:
                done = self.open.pop(id(frame), None)
                if done is not None and argument is not None:
                    done(argument)
        except Exception:  # it would be raised in the middle of the model
            self.heard.lost += 1

    def _entered(self, frame):
        watch = self.watched.get(frame.f_code)
        if watch is not None:
            if _runs_now():
                watch(frame)
        elif frame.f_code.co_filename.endswith(TF_RANDOM) and _runs_now():
            self._elsewhere(frame, "tf.random")

    def _called(self, frame):
        names = inspect.getargvalues(frame)
        layer = self.layers.get(id(frame.f_locals.get("self")))
        if layer is None or not names.args:
            return
        tally = self.heard.tallies[id(layer)]
        given = {_flag(frame.f_locals["training"])} if "training" in names.args else set()
        inner = self.within.setdefault(id(layer), [])
        if frame.f_code is not self.outermost[id(layer)]:  # the call of a parent class
            if given and inner:
                inner[-1] = given
            return
        if id(layer) not in self.heard.order:
            self.heard.order.append(id(layer))
        tally.calls += not _is_trial(frame)
        inner.append(given)
        x = frame.f_locals.get(names.args[1]) if len(names.args) > 1 else None

        def done(y):
            tally.training |= inner.pop() if inner else given
            before, after = _array(x), _array(y)
            if before is None or after is None or before.shape != after.shape:
                return
            numbers = before.dtype.kind in "fc"  # NaN is no change of NaN
            tally.changed |= not np.array_equal(before, after, equal_nan=numbers)

        self.open[id(frame)] = done

    def _dropping(self, frame):
        """Keras' own dropout, which every layer of the family and every recurrent cell calls."""
        given = dict(frame.f_locals)
        layer = self.generators.get(id(given["seed"]))
        if layer is None or not 0 <= given["rate"] <= 1:
            return
        x, shape = _array(given["inputs"]), given.get("noise_shape")
        if x is None:
            return
        sizes = [
            full if s is None else s for s, full in zip(shape or x.shape, x.shape, strict=True)
        ]
        mask = self.heard.tallies[id(layer)].masks.setdefault(float(given["rate"]), [0, 0, 0])

        def done(y):
            alive = x != 0
            mask[0] += int((alive & (_array(y) == 0)).sum())
            mask[1] += int(alive.sum())
            mask[2] += min(int(np.prod(sizes)), int(alive.sum()))

        self.open[id(frame)] = done

    def _drawn(self, frame):
        generator = frame.f_locals["self"]
        layer = self.generators.get(id(generator))
        if layer is not None:
            self.heard.tallies[id(layer)].draws += 1
            return
        state = np.asarray(generator.state).copy()
        self.foreign.setdefault(id(generator), (generator, state))
        self._elsewhere(frame, "keras.random")

    def _seeded(self, frame):
        if isinstance(frame.f_locals["seed"], int):
            where = self._where(frame)
            if where:
                self.heard.fixed[where] += 1

    def _elsewhere(self, frame, what):
        where = self._where(frame)
        if where:
            self.heard.elsewhere[(where, what)] += 1

    def _where(self, frame):
        """The innermost layer around this frame, or what else draws; "" for a first weight."""
        while (frame := frame.f_back) is not None:
            if frame.f_code.co_filename.endswith("random_initializers.py"):
                return ""
            owner = frame.f_locals.get("self")
            if isinstance(owner, self.keras.Layer):
                if isinstance(owner, self.keras.Model):
                    return f"{frame.f_code.co_name} of “{owner.name}”"
                return f"“{owner.name}”"
            if isinstance(owner, self.keras.Loss):
                return f"the loss “{owner.name}”"
        return "a function"


def _is_trial(frame):
    """Whether this is a call beside those for each time step.

    Before its loop over the steps, Keras calls a recurrent step once to see what comes out.
    """
    in_loop = False
    while (frame := frame.f_back) is not None:
        if frame.f_code.co_filename.endswith(RECURRENCE):
            if frame.f_code.co_name == "rnn":
                if not in_loop and not frame.f_locals.get("unroll"):
                    return True
                in_loop = False
            in_loop |= frame.f_code.co_name == "_step"
    return False


def _runs_now():
    """Whether numbers are computed, rather than a graph or the shapes of one."""
    tf = sys.modules.get("tensorflow")
    return tf is None or tf.executing_eagerly()


def _array(tensor):
    """The values of one tensor; None for nests of them and for anything else."""
    if isinstance(tensor, tuple | list | dict) or not hasattr(tensor, "shape"):
        return None
    try:
        return np.asarray(tensor)
    except (TypeError, ValueError, NotImplementedError):  # symbolic, or on another device
        return None


def _flag(value):
    """None, True or False of whatever `training` was."""
    return None if value is None else bool(np.asarray(value).all())


def _codes_of(kind):
    """The code of every `call` that a class has or inherits."""
    return [_code(vars(parent)["call"]) for parent in kind.__mro__ if "call" in vars(parent)]


def _code(function):
    function = inspect.unwrap(getattr(function, "python_function", function))
    return getattr(getattr(function, "__func__", function), "__code__", None)
