"""Listening to layers that keep a state: when each runs in one pass, on what, from which state."""

import inspect
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from ..calling import take_apart

RESETS = "reset_state", "reset_states", "reset"


@dataclass
class Call:
    """One run of one layer."""

    layer: object
    x: list  # what it was called with, arrays
    given: list | None  # the initial state, if one was handed to it, arrays
    mask: np.ndarray | None  # [batch, timesteps], where there is one
    entry: list  # what the layer held before, and after: a list of arrays for each of its parts
    exit: list = field(default_factory=list)
    y: list | None = None  # what it answered, arrays
    depth: int = 0  # how many of the layers listened to it runs inside of


@dataclass
class Heard:
    """What was heard of some layers in one pass of their model."""

    calls: list = field(default_factory=list)
    resets: list = field(default_factory=list)  # the layers whose reset was called in that pass
    lost: int = 0

    def of(self, layer):
        """The runs of one layer, in their order."""
        return [call for call in self.calls if call.layer is layer]


@contextmanager
def listening(layers, parts, all_layers):
    """Yields a Heard that fills while the block runs.

    layers: the ones to listen to. parts: all parts of the model. all_layers: whose resets count.
    """
    heard = Heard()
    listener = _Listener(heard, layers, parts, all_layers)
    before = sys.getprofile()
    sys.setprofile(listener)
    try:
        yield heard
    finally:
        sys.setprofile(before)


class _Listener:
    """Python's profiling hook, which changes nothing, and hears a layer however it is called."""

    def __init__(self, heard, layers, parts, all_layers):
        self.heard = heard
        self.parts = {id(layer): [p for p in parts if p.layer is layer] for layer in layers}
        self.layers = {id(layer): layer for layer in layers}
        self.all = {id(layer): layer for layer in all_layers}
        self.codes = {code for layer in layers if (code := _code(layer.call))}
        self.resets = {
            code
            for layer in all_layers
            for name in RESETS
            if (code := _code(getattr(layer, name, None)))
        }
        self.open = {}  # id of a frame -> its Call

    def __call__(self, frame, event, argument):
        try:
            if event == "call":
                self._entered(frame)
            elif event == "return" and self.open:
                call = self.open.pop(id(frame), None)
                if call is not None and argument is not None:
                    call.exit = self._held(call.layer)
                    call.y = _arrays(argument)
        except Exception:  # it would be raised in the middle of the model
            self.heard.lost += 1

    def _entered(self, frame):
        code = frame.f_code
        if code not in self.codes and code not in self.resets:
            return
        owner = frame.f_locals.get("self")
        if code in self.resets and id(owner) in self.all:
            self.heard.resets.append(owner)
        layer = self.layers.get(id(owner))
        if layer is None or code not in self.codes or _code(layer.call) is not code:
            return
        names = [name for name in inspect.getargvalues(frame).args if name != "self"]
        x = _arrays(frame.f_locals.get(names[0])) if names else []
        if x is None:  # a graph, or the shapes of one
            return
        given, mask = (
            _arrays(frame.f_locals[name]) if frame.f_locals.get(name) is not None else None
            for name in ("initial_state", "mask")
        )
        mask = mask[0] if mask else None
        call = Call(layer, x, given, mask, self._held(layer), depth=len(self.open))
        self.heard.calls.append(call)
        self.open[id(frame)] = call

    def _held(self, layer):
        return [part.read() for part in self.parts[id(layer)]]


def _arrays(nest):
    """The arrays of a nest, copies; None if there is one that has no numbers yet."""
    try:
        arrays = [np.asarray(array).copy() for array in take_apart(nest)[0]]
    except (TypeError, ValueError, NotImplementedError, AttributeError):
        return None
    return arrays if all(array.dtype.kind in "biufc" for array in arrays) else None


def _code(function):
    function = inspect.unwrap(getattr(function, "python_function", function))
    return getattr(getattr(function, "__func__", function), "__code__", None)
