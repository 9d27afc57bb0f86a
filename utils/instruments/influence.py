"""Poke one input, see which outputs move.

Needs no labels and no training, and works on any callable or Keras model from arrays to arrays.
A poke changes a value and never sets it to zero: a zero may be what was there already.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import picture, wording
from .bundle import mime_bundle
from .calling import check_input, from_same_state, replies, take_apart
from .pokes import poker

REPEATS = 3  # answers to one and the same input, to see by how much they differ by themselves
NOISY_REPEATS = 20  # when they do differ
ROUNDING = 8  # units in the last place of the largest output: a smaller change is none
COPIES_ROUND = 4  # times as much: in a larger product the terms are added in another order
LARGEST_MATRIX = 10**8  # numbers
NOISY = (
    "The model answers differently to the same input, so that small changes are lost in its noise "
    "and some of those shown may be chance. Does it draw random numbers, or carry a state?"
)


@dataclass(frozen=True)
class Influence:
    """Which outputs moved when one input was poked."""

    matrix: np.ndarray  # [inputs, outputs] the largest change of an output; a row of NaN: not poked
    tolerance: float  # a change up to this is no movement
    deterministic: bool = True  # whether the same input always got the same answer
    note: str = ""  # what to know before one believes the rest

    @property
    def moved(self):
        """[inputs, outputs] of bool: did this output move when this input was poked?"""
        return np.nan_to_num(self.matrix, nan=0.0) > self.tolerance

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
        return " ".join(filter(None, [wording.describe(self.moved, self.poked), self.note]))

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
    x: what to call it with; numbers or booleans.
    inputs, outputs: the axis or axes along which positions count one by one. By default all but the
        last, or axis 0 if there is only one. What lies along the other axes is poked, and watched,
        together. The positions of several arrays are counted on from one to the next.
    poke: a function from the values at one position to other values of the same shape, or to a list
        of such values to be tried one by one. By default a little more, a little less, the largest
        and the smallest value in x; whole numbers and booleans only become what occurs in x.
    tolerance: a change up to this is no movement. By default what the answers to one and the same
        input differ by, or the rounding of the outputs.
    vectorized: whether the model takes copies of x along a new first axis, [copies, *x.shape], and
        answers with [copies, *y.shape]. Much quicker.
    max_pokes: how many pokes are allowed. Beyond that some inputs are left out, as the note says.

    Returns an Influence. Raises ValueError or TypeError if x or the answers can't be used, and
    RuntimeError from the model's own exception if the model raises. A Keras model is called with
    training=False and always from the state that it is in; it is left bit for bit as it was.
    """
    arrays, put_together = take_apart(x)
    check_input(arrays)
    places = [(a, p) for a in range(len(arrays)) for p in np.ndindex(_counted(arrays[a], inputs))]
    pokers = [poker(array, poke) for array in arrays]
    pokes = [
        (i, value)
        for i in _evenly(max_pokes, len(places))  # a poke each, at least
        for value in pokers[places[i][0]](_values(arrays, inputs, *places[i]))
    ]
    pokes, note = _at_most(max_pokes, pokes, len(places))

    def poked(i, value):
        a, position = places[i]
        copies = [array.copy() for array in arrays]
        _values(copies, inputs, a, position)[...] = value  # a view: this writes into the copy
        return copies

    with from_same_state(model, put_together(arrays)) as call:

        def ask(questions, names):
            return replies(call, questions, names, put_together, vectorized)

        def spread(repeats):
            base, *again = ask([arrays] * repeats, ["for x as it is"] * repeats)
            return base, np.max([_change(base, answer, outputs) for answer in again])

        base, noise = spread(REPEATS)
        rounding = _rounding(base) * (COPIES_ROUND if vectorized else 1)
        steady = noise <= rounding
        if not steady:
            noise = 2 * spread(NOISY_REPEATS)[1]  # the largest of many differences is larger still
            note = " ".join([NOISY, note])

        matrix = _empty_matrix(len(places), len(_change(base, base, outputs)))
        names = [f"when input {i} was poked" for i, _ in pokes]
        answers = ask((poked(i, value) for i, value in pokes), names)
        for (i, _), answer in zip(pokes, answers, strict=True):
            matrix[i] = np.fmax(matrix[i], _change(base, answer, outputs))  # NaN: not poked so far

    if tolerance is None:
        tolerance = max(noise, rounding)
    return Influence(matrix, float(tolerance), bool(steady), note.strip())


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


def _change(base, answer, axes):
    """How far each output is from where it was: [outputs], the largest along the other axes."""
    changes = []
    for before, after in zip(base, answer, strict=True):
        with np.errstate(invalid="ignore"):  # infinite - infinite
            moved = np.abs(np.subtract(after, before, dtype=np.result_type(before, np.float64)))
        moved = np.where(np.isnan(moved), np.inf, moved)
        first = _counted(moved, axes)
        changes.append(_counted_first(moved, axes).reshape(int(np.prod(first)), -1).max(axis=1))
    return np.concatenate(changes)


def _rounding(base):
    """The rounding errors to be expected in the largest of these numbers."""
    return max(
        ROUNDING * np.finfo(y.dtype).eps * float(np.abs(y).max()) if y.dtype.kind in "fc" else 0.0
        for y in base
    )


def _empty_matrix(inputs, outputs):
    if inputs * outputs > LARGEST_MATRIX:
        raise ValueError(
            f"{inputs} inputs and {outputs} outputs make too large a matrix. Name the axes that "
            "count with inputs= and outputs=, or take a smaller x."
        )
    return np.full((inputs, outputs), np.nan)


def _at_most(limit, pokes, inputs):
    """The pokes of as many inputs as the limit allows, evenly spread, and a note if not of all."""
    if len(pokes) <= limit:
        return pokes, ""
    tried = sorted({i for i, _ in pokes})
    chosen = {tried[k] for k in _evenly(len(tried) * limit // len(pokes), len(tried))}
    return (
        [poke for poke in pokes if poke[0] in chosen],
        f"Only {len(chosen)} of {inputs} inputs were poked, evenly spread, "
        f"because max_pokes allows {limit} pokes and each input takes several.",
    )


def _evenly(at_most, n):
    """At most so many of the numbers 0 to n - 1, but one at least, spread evenly."""
    return np.linspace(0, n - 1, max(1, min(at_most, n))).round().astype(int).tolist()
