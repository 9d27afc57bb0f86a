"""Listening to a training step: what was derived from what, what reached an optimizer, who was
called, and which variables were written. The listener is Python's profiling hook, so that nothing
in the model, in Keras or in TensorFlow is changed, and own train_steps are heard like Keras' own.
"""

import inspect
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import numpy as np

from ..state import layers_of, memory_of_all

OWN_FILES = "/keras/src/", "/tensorflow/python/"  # of the libraries, whose ways are their own
PASSING_ON = "stop_gradient", "error_handler", "op_dispatch_handler", "wrapper"


@dataclass(frozen=True)
class Derived:
    """One call of GradientTape.gradient."""

    targets: list  # tensors
    sources: list  # variables, or tensors
    gradients: list  # a tensor or None for each source
    watched: list  # TensorFlow variables that the tape has seen being read
    weights: list | None  # output_gradients

    @property
    def of_variables(self):
        """Whether it was derived after variables, and not after inputs only."""
        return any(hasattr(source, "assign") for source in self.sources)


@dataclass(frozen=True)
class Applied:
    """One call of an optimizer's apply."""

    optimizer: object
    gradients: list  # a tensor or None for each variable
    variables: list
    rate: float  # the learning rate at that moment; NaN if it can't be read


@dataclass
class Heard:
    """What was heard during one step."""

    derived: list[Derived] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    skipped: int = 0  # calls of apply that a loss scale held back
    called: list = field(default_factory=list)  # (layer, tensors in, tensors out), in order
    written: dict = field(default_factory=dict)  # id of a variable -> it; not by an optimizer
    bent: list = field(default_factory=list)  # a kind for each custom_gradient that ran
    stopped: int = 0  # calls of stop_gradient that do not come from a library
    lost: int = 0  # calls that could not be followed


@contextmanager
def listening(optimizers, layers, foreign, keras, symbolic=False):
    """Yields a Heard that fills while the block runs.

    optimizers: whose own `apply` is to be heard, too. layers: that the model knows. foreign: a
    Foreign, which gets what is touched. symbolic: whether a graph is traced, and its tensors are
    wanted; then only the tapes are heard.
    """
    heard = Heard()
    before = sys.getprofile()
    sys.setprofile(_Listener(heard, optimizers, layers, foreign, keras, symbolic))
    try:
        yield heard
    finally:
        if before is None or callable(before):
            sys.setprofile(before)
        else:  # one written in C, as cProfile's
            before.enable()


class Foreign:
    """What a step changes and the model does not hold: put back with the rest."""

    def __init__(self):
        self.variables, self.optimizers, self.layers = {}, {}, {}

    def note_variable(self, variable):
        """Remember the values of a variable before its first change."""
        if id(variable) not in self.variables:
            self.variables[id(variable)] = variable, np.asarray(variable).copy()

    def note_optimizer(self, optimizer):
        """Remember what an optimizer holds, which may be about to be built."""
        if id(optimizer) in self.optimizers:
            return
        held = dict(vars(optimizer))
        lists = {name: list(value) for name, value in held.items() if isinstance(value, list)}
        self.optimizers[id(optimizer)] = optimizer, held, lists

    def note_layer(self, layer):
        """Remember a layer that the model does not know, before it is called for the first time."""
        if id(layer) not in self.layers:
            self.layers[id(layer)] = layer, memory_of_all(layer)

    def values_back(self):
        """Every variable noted has its values again."""
        for variable, value in self.variables.values():
            with suppress(Exception):  # it may be gone
                if np.asarray(variable).tobytes() != value.tobytes():
                    variable.assign(value)

    def put_back(self):
        """Everything noted is as it was."""
        for _, layer_back in self.layers.values():
            layer_back()
        self.values_back()
        for optimizer, held, lists in self.optimizers.values():
            vars(optimizer).clear()
            vars(optimizer).update(held)
            for name, value in lists.items():
                if list(map(id, held[name])) != list(map(id, value)):
                    held[name][:] = value


class _Listener:
    """The hook: a frame is told apart by its code, which costs one look-up for each call."""

    def __init__(self, heard, optimizers, layers, foreign, keras, symbolic):
        import tensorflow as tf

        self.heard, self.foreign, self.keras, self.tf = heard, foreign, keras, tf
        self.symbolic, self.known = symbolic, set(map(id, layers))
        self.open = {}  # id of a frame -> what to do when it returns
        self.applying = []  # optimizers whose apply is open
        self.watched = {_code(tf.GradientTape.gradient): self._deriving}
        if not symbolic:
            self.watched |= self._of_libraries() | {
                code: self._applying
                for kind in {keras.optimizers.Optimizer, *map(type, optimizers)}
                for code in _codes(kind, "apply")
            }

    def _of_libraries(self):
        from tensorflow.python.ops import custom_gradient, gen_array_ops, resource_variable_ops

        variable = resource_variable_ops.BaseResourceVariable
        writing = [name for name in vars(variable) if name.startswith(("assign", "scatter"))]
        return {
            _code(self.keras.Layer.__call__): self._calling,
            _code(custom_gradient._eager_mode_decorator): self._bending,
            _code(gen_array_ops.stop_gradient): self._stopping,
            **{_code(getattr(variable, name)): self._writing for name in writing},
        }

    def __call__(self, frame, event, argument):
        try:
            if event == "call":
                watch = self.watched.get(frame.f_code)
                if watch is None:
                    return
                if watch == self._calling:
                    self._note_layer(frame.f_locals["self"])
                if self.tf.executing_eagerly() != self.symbolic:
                    watch(frame)
            elif event == "return" and self.open:
                done = self.open.pop(id(frame), None)
                if done is not None:
                    done(argument)
        except Exception:  # it would be raised in the middle of the model
            self.heard.lost += 1

    def _deriving(self, frame):
        given = dict(frame.f_locals)
        flat = self.tf.nest.flatten
        watched = list(given["self"].watched_variables())
        weights = given.get("output_gradients")

        def done(gradients):
            if gradients is None:  # it raised
                return
            self.heard.derived.append(
                Derived(
                    flat(given["target"]),
                    flat(given["sources"]),
                    flat(gradients),
                    watched,
                    None if weights is None else flat(weights),
                )
            )

        self.open[id(frame)] = done

    def _applying(self, frame):
        optimizer = frame.f_locals.get("self")
        if not isinstance(optimizer, self.keras.optimizers.Optimizer):
            return
        inner = any(optimizer is outer for outer in self.applying)
        self.applying.append(optimizer)
        self.foreign.note_optimizer(optimizer)
        before = len(self.heard.applied)
        gradients = list(frame.f_locals["grads"])
        variables = frame.f_locals.get("trainable_variables")
        rate = _number(lambda: optimizer.learning_rate)

        def done(_):
            self.applying.pop()
            if inner:
                return
            if hasattr(optimizer, "inner_optimizer"):  # which has been heard, unless it was held
                self.heard.skipped += len(self.heard.applied) == before
                return
            mine = optimizer._trainable_variables if variables is None else variables
            self.heard.applied.append(Applied(optimizer, gradients, list(mine), rate))

        self.open[id(frame)] = done

    def _note_layer(self, layer):
        """A layer that the model does not know may be about to be built, with all in it."""
        if id(layer) not in self.known:
            with self.tf.init_scope():  # where variables have values, also while a graph is made
                self.foreign.note_layer(layer)
            self.known |= set(map(id, layers_of(layer)))

    def _calling(self, frame):
        given = frame.f_locals
        layer = given["self"]
        flat = self.tf.nest.flatten
        arguments = flat([given.get("args", ()), given.get("kwargs", {})])
        tensors = [a for a in arguments if self.tf.is_tensor(a)]

        def done(answer):
            outs = [a for a in flat(answer) if self.tf.is_tensor(a)]
            self.heard.called.append((layer, tensors, outs))

        self.open[id(frame)] = done

    def _bending(self, frame):
        if self.applying:  # the way to the variables has one of its own
            return
        function, args = frame.f_locals["f"], frame.f_locals["args"]
        library = _is_library(inspect.unwrap(function).__code__.co_filename)

        def done(answer):
            outs = [np.asarray(a) for a in self.tf.nest.flatten(answer)]
            ins = [np.asarray(a) for a in self.tf.nest.flatten(args) if self.tf.is_tensor(a)]
            kind = _kind(ins, outs)
            if kind or not library:  # those of TensorFlow have the gradients of their slopes
                self.heard.bent.append(kind)

        self.open[id(frame)] = done

    def _stopping(self, frame):
        while (frame := frame.f_back) is not None:
            if frame.f_code.co_name not in PASSING_ON:
                self.heard.stopped += not _is_library(frame.f_code.co_filename)
                return

    def _writing(self, frame):
        variable = frame.f_locals["self"]
        self.foreign.note_variable(variable)
        if not self.applying:
            self.heard.written[id(variable)] = variable


def _kind(ins, outs):
    """Of a function with a gradient of its own: "identity", "steps", or "" for a smooth one."""
    for out in outs:
        if any(i.shape == out.shape and np.array_equal(i, out) for i in ins):
            return "identity"
    numbers = np.concatenate([out.ravel() for out in outs]) if outs else np.zeros(0)
    entering = max((np.unique(i).size for i in ins if i.dtype.kind == "f"), default=0)
    levels = np.unique(numbers).size
    if entering > 2 and 2 * levels < entering and numbers.size >= entering:
        return "steps"
    return "steps" if numbers.size and np.array_equal(numbers, np.round(numbers)) else ""


def _is_library(path):
    path = path.replace("\\", "/")
    return any(part in path for part in OWN_FILES)


def _number(read):
    try:
        return float(np.asarray(read()))
    except Exception:
        return float("nan")


def _codes(kind, name):
    return [_code(vars(parent)[name]) for parent in kind.__mro__ if name in vars(parent)]


def _code(function):
    function = inspect.unwrap(getattr(function, "python_function", function))
    return getattr(getattr(function, "__func__", function), "__code__", None)
