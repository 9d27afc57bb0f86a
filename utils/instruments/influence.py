"""Poke one input, see which outputs move.

Needs no labels and no training, and works on any callable or Keras model from arrays to arrays.
A poke changes a value and never sets it to zero: a zero may be what was there already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

import numpy as np

from . import picture, wording
from .bundle import mime_bundle
from .calling import check_input, replies, take_apart
from .changes import BEYOND_NOISE, difference, own_changes
from .pokes import poker
from .state import from_same_state

LARGEST_MATRIX = 10**8  # numbers
NOISY = (
    "The model answers differently to the same input, so that small changes are lost in its noise "
    "and some of those shown may be chance. Does it draw random numbers, or carry a state?"
)
DRAWN = (
    "The model draws random numbers even with training=False, as a Dropout does that is always on. "
    "Shown is what moved in any of {} draws, each of them held while the inputs were poked."
)


@dataclass(frozen=True)
class Influence:
    """Which outputs moved when one input was poked."""

    # [inputs, outputs] the largest change of an output, 0 if within tolerance; NaN: not poked
    matrix: np.ndarray
    tolerance: float | np.ndarray = 0.0  # [outputs] a change up to this was no movement
    deterministic: bool = True  # whether the same input always got the same answer
    note: str = ""  # what to know before one believes the rest

    @property
    def moved(self):
        """[inputs, outputs] of bool: did this output move when this input was poked?"""
        return np.nan_to_num(self.matrix, nan=0.0) > 0

    @property
    def poked(self):
        """[inputs] of bool: was this input poked? All are, unless there were too many."""
        return ~np.isnan(self.matrix).any(axis=1)

    def moves(self, i):
        """The outputs that input i moves."""
        if not self.poked[i]:
            raise ValueError(f"Input {i} was not poked. {self.note}")
        return np.flatnonzero(self.moved[i]).tolist()

    def hears(self, j):
        """The inputs that move output j."""
        return np.flatnonzero(self.moved[:, j]).tolist()

    @property
    def sentence(self):
        """The result in words."""
        seen = wording.describe(self.moved, self.poked)
        if not self.deterministic:
            seen = f"As far as the noise lets one see, {seen[0].lower()}{seen[1:]}"
        return " ".join(filter(None, [seen, self.note]))

    def plot(self, ax=None):
        """The matrix as a picture: on the Axes given, else on a Figure of its own (no pyplot)."""
        return picture.draw(self, ax)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return mime_bundle(self.plot(), self.sentence, "Influence map.")

    def __repr__(self):
        return self.sentence


def influence(
    model: Callable,
    x,
    *,
    inputs=None,
    outputs=None,
    poke=None,
    tolerance=None,
    vectorized=False,
    max_pokes=4000,
):
    """Poke the inputs of a model one at a time and see which of its outputs move.

    model: a callable or a Keras model, from an array (or a list, tuple or dict of arrays) to one.
    x: what to call it with; numbers or booleans (bfloat16 is handed on as float32).
    inputs, outputs: the axis or axes along which positions count one by one. By default all but the
        last, or axis 0 if there is only one. What lies along the other axes is poked, and watched,
        together. The positions of several arrays are counted on from one to the next.
    poke: a function from the values at one position to other values of the same shape, or to a list
        of such values to be tried one by one. By default a little more, a little less, the largest
        and the smallest value in x, and 0, 1 and twice the value if all of x is the same; whole
        numbers and booleans only become what occurs in x.
    tolerance: a change up to this is no movement. By default it is found for each number of the
        answer: what it differs by when the input stays the same, or changes by rounding errors.
    vectorized: whether the model takes copies of x along a new first axis, [copies, *x.shape], and
        answers with [copies, *y.shape]. Much quicker.
    max_pokes: how many pokes are allowed. Beyond that some inputs are left out, as the note says.

    Returns an Influence. Raises ValueError or TypeError if an argument or the answers can't be
    used, and RuntimeError from the model's own exception if the model raises. A Keras model is
    called with training=False, always from the state that it is in, and left in it, though built:
    the variables, arrays, attributes, lists, dicts and sets of its layers are put back. What is in
    other objects that a layer keeps is not, nor is anything behind a plain function; the note says
    so if the same input then gets another answer.
    """
    _check_arguments(inputs, outputs, poke, tolerance, max_pokes)
    arrays, put_together = take_apart(x)
    check_input(arrays)
    places = [(a, p) for a in range(len(arrays)) for p in np.ndindex(_counted(arrays[a], inputs))]
    pokers = [poker(array, poke) for array in arrays]

    def others(i):
        return pokers[places[i][0]](_values(arrays, inputs, *places[i]))

    def poked(pokes):
        copies = [array.copy() for array in arrays]
        for i, value in pokes:
            a, position = places[i]
            _values(copies, inputs, a, position)[...] = value  # a view: this writes into the copy
        return copies

    example = put_together([a[np.newaxis] for a in arrays] if vectorized else arrays)
    with from_same_state(model, example) as calls:  # several if it draws random numbers
        pokes, note = _pokes(others, len(places), max_pokes, len(calls))
        matrix, tolerances, steady = np.nan, 0.0, True
        for call in calls:

            def ask(questions, names, call=call):
                return replies(call, arrays, questions, names, put_together, vectorized)

            limits, agreed = own_changes(ask, arrays, poked(dict(pokes).items()))
            if tolerance is not None:
                limits = [np.full(limit.shape, float(tolerance)) for limit in limits]
            moved, drift = _watch(ask, arrays, pokes, poked, limits, len(places), outputs)
            matrix = np.fmax(matrix, moved)  # NaN: not poked
            tolerances = np.maximum(tolerances, _by_output(limits, outputs))
            steady = steady and agreed and not drift.any()

    notes = [not steady and NOISY, len(calls) > 1 and DRAWN.format(len(calls)), note]
    steady = steady and len(calls) == 1
    return Influence(matrix, tolerances, steady, " ".join(filter(None, notes)))


def _check_arguments(inputs, outputs, poke, tolerance, max_pokes):
    for name, axes in (("inputs", inputs), ("outputs", outputs)):
        found = [] if axes is None else np.atleast_1d(np.asarray(axes, object)).tolist()
        if not all(isinstance(axis, int | np.integer) for axis in found):
            raise ValueError(f"{name} is {axes!r}; expected the number of an axis, or several.")
        if len({*found}) < len(found):
            raise ValueError(f"{name} is {axes!r}; expected each axis once.")
    if poke is not None and not callable(poke):
        raise ValueError(f"poke is {poke!r}; expected a function from a value to other values.")
    numbers = int | float | np.integer | np.floating
    fits = isinstance(tolerance, numbers) and 0 <= tolerance < np.inf
    if tolerance is not None and not fits:
        raise ValueError(f"tolerance is {tolerance!r}; expected a number of at least 0.")
    if not isinstance(max_pokes, int | np.integer) or max_pokes < 1:
        raise ValueError(f"max_pokes is {max_pokes!r}; expected a whole number of at least 1.")


def _watch(ask, x, pokes, poked, limits, inputs, outputs):
    """Poke and watch: the changes beyond the limits [inputs, outputs], and how far x has drifted.

    Drift is a change of the answer to x itself, [outputs]; changes of its size are taken for it.
    """
    changes = _empty_matrix(inputs, len(_by_output(limits, outputs)))
    questions = (poked([one]) for one in pokes)
    names = [f"when input {i} was poked" for i, _ in pokes]
    answers = ask(chain(questions, [x]), [*names, "for x as it is, after the pokes"])

    def beyond(before, after):
        moved = map(difference, before, after)
        far = [np.where(m > limit, m, 0.0) for m, limit in zip(moved, limits, strict=True)]
        return _by_output(far, outputs)

    for (i, _), (before, after) in zip(pokes, answers, strict=False):
        changes[i] = np.fmax(changes[i], beyond(before, after))  # NaN: not poked so far
    drift = beyond(*next(answers))
    changes[changes <= BEYOND_NOISE * drift] = 0.0
    return changes, drift


def _values(arrays, axes, a, position):
    """A view of what lies at one position of one of the arrays."""
    return _counted_first(arrays[a], axes)[(*position, ...)]


def _counted(array, axes):
    """The sizes of the axes along which positions count."""
    return tuple(array.shape[axis] for axis in _axes(array, axes))


def _counted_first(array, axes):
    """A view of the array with those axes in front."""
    axes = _axes(array, axes)
    return np.moveaxis(array, axes, range(len(axes)))


def _axes(array, axes):
    if axes is None:
        return tuple(range(max(array.ndim - 1, min(array.ndim, 1))))
    axes = tuple(np.atleast_1d(axes).tolist())
    if any(not -array.ndim <= axis < array.ndim for axis in axes):
        raise ValueError(f"There is no axis {axes} in an array of shape {array.shape}.")
    return tuple(axis % array.ndim for axis in axes)


def _by_output(numbers, axes):
    """One number for each output, [outputs]: the largest along the other axes, of each array."""
    largest = []
    for array in numbers:
        first = _counted(array, axes)
        largest.append(_counted_first(array, axes).reshape(int(np.prod(first)), -1).max(axis=1))
    return np.concatenate(largest)


def _empty_matrix(inputs, outputs):
    if inputs * outputs > LARGEST_MATRIX:
        raise ValueError(
            f"{inputs} inputs and {outputs} outputs make too large a matrix. Name the axes that "
            "count with inputs= and outputs=, or take a smaller x."
        )
    return np.full((inputs, outputs), np.nan)


def _pokes(others, inputs, max_pokes, draws):
    """Pairs of an input and a value for it, as many as the limit allows, and a note if not all."""
    limit = max(1, max_pokes // draws)
    pokes = [(i, value) for i in _evenly(limit, inputs) for value in others(i)]  # one each or more
    tried = sorted({i for i, _ in pokes})
    if len(pokes) > limit:
        tried = [tried[k] for k in _evenly(len(tried) * limit // len(pokes), len(tried))]
    if len(tried) == inputs:
        return pokes, ""
    return (
        [poke for poke in pokes if poke[0] in {*tried}],
        f"Only {len(tried)} of {inputs} inputs were poked, evenly spread, "
        f"because max_pokes is {max_pokes} and each input takes several"
        + (f", in each of {draws} draws." if draws > 1 else "."),
    )


def _evenly(at_most, n):
    """At most so many of the numbers 0 to n - 1, but one at least, spread evenly."""
    return np.linspace(0, n - 1, max(1, min(at_most, n))).round().astype(int).tolist()
