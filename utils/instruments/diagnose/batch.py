"""One batch out of what people hand in, as NumPy arrays, or a sentence about what is wrong."""

import inspect
import sys
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from utils.error_text import text_of

from ..calling import take_apart
from ..report import FAULT, Finding

ROWS = 256  # more say little more


class CannotAsk(Exception):
    """Carries the finding that ends the questions."""

    def __init__(self, name, words, level=FAULT):
        super().__init__(words)
        self.finding = Finding(name, words, level)


@dataclass(frozen=True)
class Batch:
    """One batch, and what is to be said about it."""

    x: Any
    y: Any = None
    notes: tuple[str, ...] = ()  # what was left out, in sentences
    found: tuple[Finding, ...] = ()  # what is wrong with y, which ends no question
    x_broken: str = ""  # how many numbers of x are NaN or infinite, and where; "" if none is
    y_broken: str = ""

    @property
    def arrays(self):
        """The arrays of x, a list."""
        return take_apart(self.x)[0]

    def rows(self, time_major=False):
        """How many samples there are: the length of the batch axis, or 1 where x has none."""
        shape, axis = self.arrays[0].shape, 1 if time_major else 0
        return shape[axis] if axis < len(shape) else 1


def batch_from(x, y):
    """A Batch of arrays of numbers, none of them empty. Raises CannotAsk."""
    notes = []
    if inspect.isgenerator(x) or hasattr(x, "__next__"):
        raise CannotAsk(
            "x is a generator",
            "x is a generator, and taking a batch would use it up. Take one yourself: "
            "x, y = next(generator).",
        )
    if _is_data(x):
        if y is not None:
            notes.append("y was not used: x is a data set and brings its own targets.")
        x, y = _first_batch(x)
        notes.append("Of the data set, only the first batch was looked at.")
    x, found = _numbers(x, "x"), []
    try:
        y = None if y is None else _numbers(y, "y")
    except CannotAsk as wrong:
        y, found = None, [wrong.finding]
        notes.append("Without a y that can be used, no loss was looked at.")
    broken = not_finite(x), "" if y is None else not_finite(y)
    return Batch(x, y, tuple(notes), tuple(found), *broken)


def cut(batch, rows, why=""):
    """A batch of fewer rows, spread evenly, as a shuffled fit might have met them together.

    A row with NaN or infinity is among them, if there is one.
    """
    n = batch.rows()
    if n <= rows:
        return batch
    chosen = np.linspace(0, n - 1, rows).round().astype(int)
    broken = [
        nest for nest, words in ((batch.x, batch.x_broken), (batch.y, batch.y_broken)) if words
    ]
    chosen[: len(broken)] = [_first_broken(nest) for nest in broken]
    note = f"Of {n:,} rows, {rows} were used, spread evenly{why}."
    return _of_rows(batch, chosen, note)


def first_rows(batch, rows):
    """The batch without what comes after so many rows, for a model that takes no other number."""
    if batch.rows() <= rows:
        return batch
    note = f"Of {batch.rows():,} rows, the first {rows} were used, as the model takes them."
    return _of_rows(batch, np.arange(rows), note)


def copied(batch):
    """The batch with arrays of its own: a model that changes its input harms nobody's data."""
    y = None if batch.y is None else _each(batch.y, np.copy)
    return replace(batch, x=_each(batch.x, np.copy), y=y)


def without_y(batch, finding=None, note=None):
    """The batch without its targets, and why."""
    found = (*batch.found, *filter(None, [finding]))
    return replace(batch, y=None, notes=(*batch.notes, *filter(None, [note])), found=found)


def numbers_of_rows(nest):
    """The lengths of the first axes, a sorted list."""
    return sorted({len(array) for array in take_apart(nest)[0]})


def not_finite(nest):
    """How many numbers are NaN or infinite, and where the first stands: words; "" if none is."""
    for array in take_apart(nest)[0]:
        if not _finite(array):
            wrong = np.argwhere(~np.isfinite(array))
            place = ", ".join(map(str, wrong[0]))
            return f"{len(wrong):,} of {array.size:,} numbers, the first at [{place}]"
    return ""


def _first_broken(nest):
    """The first row that holds NaN or infinity."""
    return min(np.argwhere(~np.isfinite(a))[0, 0] for a in take_apart(nest)[0] if not _finite(a))


def _of_rows(batch, chosen, note):
    x = _each(batch.x, lambda array: array[chosen])
    y = None if batch.y is None else _each(batch.y, lambda array: array[chosen])
    return replace(batch, x=x, y=y, notes=(*batch.notes, note))


def _is_data(x):
    """Whether this is a tf.data.Dataset or a PyDataset."""
    keras, tf = sys.modules.get("keras"), sys.modules.get("tensorflow")
    kinds = () if keras is None else (keras.utils.PyDataset,)
    return isinstance(x, kinds if tf is None else (*kinds, tf.data.Dataset))


def _first_batch(data):
    import keras

    try:
        indexed = isinstance(data, keras.utils.PyDataset)
        batch = data[0] if indexed else next(iter(data.take(1)))
    except (StopIteration, IndexError):
        raise CannotAsk("nothing in the batch", "x is a data set without a batch.") from None
    except Exception as error:
        words = f"x is a data set that raised {type(error).__name__}: {text_of(error)}"
        raise CannotAsk("x can't be read", words) from error
    return keras.utils.unpack_x_y_sample_weight(batch)[:2]


def _numbers(nest, name):
    """The nest with NumPy's arrays, numbers all."""
    if nest is None:
        raise CannotAsk("nothing in the batch", f"{name} is None; expected one batch of arrays.")
    if isinstance(nest, str | bytes | type) or callable(nest):
        raise CannotAsk(f"{name} is not numbers", f"{name} is {_kind(nest)}; expected arrays.")
    try:
        arrays, _ = take_apart(_plain(nest))
    except Exception as error:
        words = f"{name} can't be read as arrays of numbers: {text_of(error)}"
        if "inhomogeneous" in words:  # NumPy's word
            words = f"{name} holds rows of different lengths, which are no array; pad them."
        raise CannotAsk(f"{name} is not numbers", words) from error
    for array in arrays:
        _check(array, name)
    if not arrays:
        raise CannotAsk("nothing in the batch", f"{name} holds no array ({_kind(nest)}).")
    return _each(_plain(nest), np.asarray)


def _check(array, name):
    if array.dtype.kind not in "biufc":
        first = f", the first {_kind(array.flat[0])}" if array.size else ""
        raise CannotAsk(
            f"{name} is not numbers",
            f"{name} holds values of type {array.dtype}{first}; expected numbers. "
            + ("Text has to become numbers before a model can be poked." if _text(array) else ""),
        )
    if array.ndim == 0:
        words = f"{name} holds the single number {array}; expected arrays whose first axis is rows."
        raise CannotAsk(f"{name} does not fit", words)
    if not array.size:
        words = f"{name} is empty ({array.shape}): there is nothing to look at."
        raise CannotAsk("nothing in the batch", words)


def _plain(nest):
    """Tables such as pandas' and tensors on a device as something that NumPy reads."""
    if isinstance(nest, dict):
        return {name: _plain(part) for name, part in nest.items()}
    if hasattr(nest, "to_numpy"):
        return nest.to_numpy()
    return nest


def _each(nest, function):
    arrays, together = take_apart(nest)
    return together([function(array) for array in arrays])


def _finite(array):
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())


def _text(array):
    return array.dtype.kind in "SU" or (array.size and isinstance(array.flat[0], str | bytes))


def _kind(thing):
    return f"the class {thing.__name__}" if isinstance(thing, type) else f"a {type(thing).__name__}"
