"""Where targets meet answers: every operation of a step is heard, and what its tensors come from.

TensorFlow tells of each operation that it has run. What comes from the targets alone and meets what
comes from the inputs or the weights is noted, with both shapes and the line of code that did it.
"""

import inspect
import linecache
import os
import sys
import weakref
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

ANSWER, WEIGHT, MADE, CROSSED, PICKED, SHUFFLED = (1 << k for k in range(6))
FIRST_TARGET = 16  # the bit of the first array of targets
COMES_FROM = ~(MADE | CROSSED | PICKED | SHUFFLED)
ELEMENTWISE = {
    *("Add", "AddV2", "Sub", "Mul", "MulNoNan", "Div", "RealDiv", "DivNoNan", "FloorDiv"),
    *("SquaredDifference", "Maximum", "Minimum", "Pow", "Xdivy", "Xlogy", "Xlog1py", "Atan2"),
    *("Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual", "FloorMod"),
    *("LogicalAnd", "LogicalOr", "SelectV2"),
}
RESHAPING = {"ExpandDims", "Reshape", "StridedSlice"}
PICKING = {"Min", "Max", "ArgMin", "ArgMax", "TopKV2", "Exp", "MatMul", "BatchMatMulV2"}
BUILT_IN = os.path.join("keras", "src", "losses", "losses.py")
BACKWARD = os.path.join("tensorflow", "python", "eager", "backprop.py")
ALIGNING = os.path.join("keras", "src", "losses", "loss.py")
SORTING = {"TopKV2", "Sort"}
OF_SHAPES = {"Shape", "ShapeN", "Rank", "Size", "ZerosLike", "OnesLike"}  # whatever the numbers
MOST = 200  # meetings that are kept; a loss has a handful


@dataclass(frozen=True)
class Meeting:
    """One operation in which targets meet answers."""

    target: tuple[int, ...]  # shapes of the two, and of what it makes of them
    answer: tuple[int, ...]
    result: tuple[int, ...]
    which: int  # the array of targets; -1 for sample weights
    where: str  # the function that it stands in
    line: str  # its text; "" where there is none
    built_in: bool  # whether it is Keras' own loss
    metric: bool  # whether it is part of a metric
    elementwise: bool
    made: bool  # whether the owner's code gave one of the two a new axis for this
    shuffled: bool  # whether the targets changed rows at random, and the answers did not
    tells: float  # by what share of a loss their pairing would matter, roughly


@dataclass(frozen=True)
class Place:
    """Where in the code an operation runs."""

    where: str
    line: str
    built_in: bool
    metric: bool
    in_layer: bool
    backward: bool  # whether it is part of a gradient


class Listener:
    """Hears the operations of one step. Tensors are known by their id while they live."""

    def __init__(self, keras):
        self.keras = keras
        self.known = {}  # id of a tensor -> (weak reference, bits of what it comes from)
        self.meetings = []
        self.pairwise = False  # whether rows are compared with rows of their own side
        self.picked = False  # whether something is picked among all pairs, or rows are sorted
        self.rows = None
        self.listening = False
        self.calls = []  # of compute_loss, which is kept with its arguments
        self.asked = []  # calls of losses of Keras' own, with what they got
        modules = [os, keras, np, *filter(None, [sys.modules.get("tensorflow")])]
        here = os.path.dirname(os.path.dirname(__file__))
        self.libraries = (*(os.path.dirname(m.__file__) + os.sep for m in modules), here + os.sep)

    def start(self, x, y, weights):
        """From now on it listens: these are the tensors of the batch."""
        for part in self.keras.tree.flatten(x):
            self._learn(part, ANSWER)
        for part in self.keras.tree.flatten(weights):
            self._learn(part, WEIGHT)
        targets = [part for part in self.keras.tree.flatten(y) if part is not None]
        for k, part in enumerate(targets):
            self._learn(part, 1 << (FIRST_TARGET + k))
            self.rows = int(part.shape[0]) if part.shape.rank else None
        self.sizes = [int(np.prod(part.shape)) for part in targets]
        self.listening = True

    @property
    def met(self):
        """The arrays of targets that met an answer."""
        return {meeting.which for meeting in self.meetings}

    @property
    def ambiguous(self):
        """Whether another axis is as long as there are rows, where targets and answers differ."""
        pairs = [(m.target, m.answer) for m in self.meetings if len(m.target) != len(m.answer)]
        return any(max(a.count(self.rows), b.count(self.rows)) > 1 for a, b in pairs)

    def __call__(self, op_type, inputs, attrs, outputs, op_name=None, graph=None):
        if graph is not None or not self.listening:
            return
        bits = [self._bits(part) for part in inputs]
        union = 0
        for of_one in bits:
            union |= of_one
        if op_type == "RandomShuffle":
            union |= SHUFFLED
        if not union or op_type in OF_SHAPES:
            return
        if op_type in RESHAPING and self._makes_an_axis(inputs, outputs):
            union |= MADE
        if op_type in PICKING and union & CROSSED and not self._place(sys._getframe(1)).backward:
            self.picked = True
        self.picked |= op_type in SORTING and _is_target(union)
        if len(inputs) > 1 and union & ANSWER and union >= WEIGHT:
            union |= self._meet(op_type, inputs, bits, outputs)
        if op_type in ELEMENTWISE and len(inputs) > 1:
            self._own_side(inputs, bits)
        for part in outputs:
            self._learn(part, union)

    def _learn(self, tensor, bits):
        try:
            self.known[id(tensor)] = weakref.ref(tensor), bits
        except TypeError:  # nothing that can be known again
            return

    def _bits(self, tensor):
        if getattr(tensor, "dtype", None) == "resource":
            return ANSWER
        known = self.known.get(id(tensor))
        return known[1] if known is not None and known[0]() is tensor else 0

    def _meet(self, op_type, inputs, bits, outputs):
        """Note the pairs of a target and an answer among the inputs; CROSSED if rows are."""
        targets = [(a, b) for a, b in zip(inputs, bits, strict=True) if _is_target(b)]
        answers = [(a, b) for a, b in zip(inputs, bits, strict=True) if b & ANSWER]
        crossed = 0
        for target, of_target in targets:
            for answer, of_answer in answers:
                if len(self.meetings) >= MOST:
                    break
                meeting = self._meeting(op_type, target, of_target, answer, of_answer, outputs[0])
                if meeting is None:
                    return 0
                self.meetings.append(meeting)
                crossed |= CROSSED * crosses(meeting.target, meeting.answer, self.rows)
        return crossed

    def _meeting(self, op_type, target, of_target, answer, of_answer, result):
        place = self._place(sys._getframe(3))
        if place.backward:
            return None
        which = (of_target >> FIRST_TARGET).bit_length() - 1
        return Meeting(
            tuple(target.shape),
            tuple(answer.shape),
            tuple(result.shape),
            which,
            place.where,
            place.line,
            place.built_in,
            place.metric,
            op_type in ELEMENTWISE,
            bool((of_target | of_answer) & MADE),
            bool(of_target & SHUFFLED and not of_answer & SHUFFLED),
            _telling(target, answer, self.rows),
        )

    def _own_side(self, inputs, bits):
        """Whether rows are compared with rows, answers with answers or targets with targets."""
        first, second = inputs[:2]
        one, other = (of_one & COMES_FROM for of_one in bits[:2])
        if one and other and bool(one & ANSWER) == bool(other & ANSWER):
            self.pairwise |= crosses(tuple(first.shape), tuple(second.shape), self.rows)

    def _makes_an_axis(self, inputs, outputs):
        """Whether the owner's code, and no layer, adds an axis here."""
        before, after = inputs[0].shape.rank, outputs[0].shape.rank
        if before is None or after is None or after <= before:
            return False
        place = self._place(sys._getframe(2))
        return not place.built_in and not place.in_layer

    def _place(self, frame):
        """Whose code runs an operation: the innermost of the owner's, or of a loss of Keras'."""
        owner, built_in, metric, in_layer, backward = None, False, False, False, False
        while frame is not None and frame.f_code.co_name != STEP:
            path, name = frame.f_code.co_filename, frame.f_code.co_name
            if owner is None:
                built_in = path.endswith(ALIGNING) or (path.endswith(BUILT_IN) and name != "call")
                if built_in or not path.startswith(self.libraries):
                    owner = frame
            holder = frame.f_locals.get("self")
            metric |= isinstance(holder, self.keras.Metric) and name != "call"
            in_layer |= name in ("call", "__call__") and isinstance(holder, self.keras.Layer)
            backward |= path.endswith(BACKWARD)
            frame = frame.f_back
        if owner is None:
            return Place("fit", "", False, metric, in_layer, backward)
        line = "" if built_in else linecache.getline(owner.f_code.co_filename, owner.f_lineno)
        name = owner.f_code.co_qualname.replace(".<locals>", "")
        return Place(name, line.strip(), built_in, metric, in_layer, backward)


STEP = "heard_step"


@contextmanager
def hearing(listener):
    """Inside, the listener is told of every operation."""
    from tensorflow.python.framework import op_callbacks  # there is no public way

    op_callbacks.add_op_callback(listener)
    try:
        yield
    finally:
        op_callbacks.remove_op_callback(listener)
        listener.listening = False


@contextmanager
def heard(model, listener, keras):
    """Inside, every train_step of the model is heard, and what it hands to compute_loss is kept."""
    compute_loss = model.compute_loss

    def heard_loss(*arguments, **how):
        given = dict(inspect.signature(compute_loss).bind(*arguments, **how).arguments)
        given.update(given.pop("kwargs", {}))
        listener.calls.append((compute_loss, given))
        return compute_loss(*arguments, **how)

    def start(data):
        listener.start(*keras.utils.unpack_x_y_sample_weight(data))

    with hearing(listener), logs_of(model, start), _standing_in(model, "compute_loss", heard_loss):
        yield


@contextmanager
def logs_of(model, before=None):
    """Yields a list of what each train_step returns. Its `fit` may say something else: numbers of
    metrics with the same names, which an own train_step has never updated."""
    step, logs = model.train_step, []

    def heard_step(data, *others, **how):
        if before is not None:
            before(data)
        logs.append(step(data, *others, **how))
        return logs[-1]

    with _standing_in(model, "train_step", heard_step):
        yield logs


@contextmanager
def _standing_in(model, name, function):
    """Inside, a function stands in for a method of this model."""
    before = {name: vars(model)[name]} if name in vars(model) else {}
    vars(model)[name] = function
    try:
        yield
    finally:
        vars(model).pop(name, None)
        vars(model).update(before)


def crosses(one, other, rows):
    """Whether broadcasting sets the rows of one along another axis than those of the other."""
    if rows is None or rows < 2:
        return False
    places = [
        [place for place, size in enumerate(reversed(shape)) if size == rows]
        for shape in (one, other)
    ]
    return all(len(found) == 1 for found in places) and places[0] != places[1]


def _is_target(bits):
    """Whether this comes from targets or sample weights and from nothing else."""
    return not bits & ANSWER and (bits & COMES_FROM) >= WEIGHT


def _telling(target, answer, rows):
    """How far rows differ on both sides, as shares of the larger one; 0 if on one side none do."""
    try:
        sides = [np.asarray(side, float) for side in (target, answer)]
    except (TypeError, ValueError):
        return 0.0
    size = max(np.abs(side).max(initial=0) for side in sides)
    if not size or not np.isfinite(size):
        return 0.0
    return float(np.prod([_spread(side, rows) / size for side in sides]) / np.sqrt(rows))


def _spread(side, rows):
    """The standard deviation over rows, or over rows and timesteps where these are one axis."""
    if rows in side.shape:
        return side.std(axis=side.shape.index(rows)).max()
    if side.ndim and side.shape[0] > rows:
        return side.std(axis=0).max()
    return np.abs(side).max(initial=0)  # pooled before: how the rows differ is not known
