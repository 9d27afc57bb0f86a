"""Functions that make inputs and targets of a signal, as they should and as they should not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

SHORTEST = 20  # samples that a maker may ask for
ROW = 8  # samples in a row of those makers that cut the signal into rows


@dataclass(frozen=True)
class Maker:
    """A maker of pairs, and what is right or wrong with it."""

    name: str
    words: str  # after "a maker that …"
    make: Callable  # signal [n] -> inputs, targets
    good: bool
    spoils: str = ""  # which pairs are wrong: "all", "first", "last", "inner", or another fault


def _slices(x):
    return x[:-1], x[1:]


def _lists(x):
    return [float(v) for v in x[:-1]], [float(v) for v in x[1:]]


def _columns(x):
    return x[:-1].reshape(-1, 1), x[1:].reshape(-1, 1)


def _column_and_row(x):
    return x[:-1].reshape(-1, 1), x[1:]


def _single_precision(x):
    return x[:-1].astype(np.float32), x[1:].astype(np.float32)


def _a_part(x):
    return x[3:15], x[4:16]


def _every_second(x):
    return x[: len(x) // 2 * 2 : 2], x[1::2]


def _shuffled_together(x):
    order = np.random.default_rng(len(x)).permutation(len(x) - 1)
    return x[order], x[order + 1]


def _backwards(x):
    return x[:-1][::-1], x[1:][::-1]


def _within_rows(x):
    rows = x[: len(x) // ROW * ROW].reshape(-1, ROW)
    return rows[:, :-1].ravel(), rows[:, 1:].ravel()


def _pairs_twice(x):
    return np.tile(x[:-1], 2), np.tile(x[1:], 2)


def _rolled(x):
    return x, np.roll(x, 1)


def _rolled_back_uncut(x):
    return x, np.roll(x, -1)


def _inputs_rolled(x):
    return np.roll(x, 1), x


def _itself(x):
    return x[:-1], x[:-1]


def _two_ahead(x):
    return x[:-2], x[2:]


def _exchanged(x):
    return x[1:], x[:-1]


def _shuffled_apart(x):
    rng = np.random.default_rng(len(x))
    return rng.permutation(x[:-1]), rng.permutation(x[1:])


def _rolled_in_rows(x):
    rows = x[: len(x) // ROW * ROW].reshape(-1, ROW)
    return rows.ravel(), np.roll(rows, -1, axis=1).ravel()


def _one_gap(x):
    middle = len(x) // 2
    return np.delete(x, middle)[:-1], np.delete(x, middle)[1:]


def _one_exchanged(x):
    targets = x[1:].copy()
    middle = len(targets) // 2
    targets[[middle, middle + 1]] = targets[[middle + 1, middle]]
    return x[:-1], targets


def _one_input_more(x):
    return x, x[1:]


def _one_target_more(x):
    return x[:-1], np.append(x[1:], x[0])


def _shuffles_first(x):
    x[:] = np.random.default_rng(len(x)).permutation(x)  # in place: the caller's own
    return x[:-1].copy(), x[1:].copy()


def _rows_stacked(x):
    """Time is cut into rows, and the rows are read column by column."""
    columns = x[: len(x) // ROW * ROW].reshape(-1, ROW).T.ravel()
    return columns[:-1], columns[1:]


GOOD = (
    Maker("slices", "cuts the signal twice, one sample apart", _slices, True),
    Maker("lists", "gives lists of numbers", _lists, True, "form"),
    Maker("columns", "gives columns, [T, 1]", _columns, True, "form"),
    Maker("column and row", "gives inputs [T, 1] and targets [T]", _column_and_row, True, "form"),
    Maker("float32", "gives float32", _single_precision, True, "precision"),
    Maker("a part", "uses samples 3 to 15 only", _a_part, True, "part"),
    Maker("every second", "takes every second pair", _every_second, True, "part"),
    Maker("within rows", f"leaves out a pair every {ROW} samples", _within_rows, True, "part"),
    Maker("shuffled", "shuffles the pairs, both sides alike", _shuffled_together, True, "order"),
    Maker("backwards", "gives the last pair first", _backwards, True, "order"),
    Maker("twice", "gives each pair twice", _pairs_twice, True, "order"),
)
BAD = (
    Maker("previous", "rolls the signal by +1, as the question did", _rolled, False, "all"),
    Maker("exchanged", "gives the sample before, without a wrap", _exchanged, False, "all"),
    Maker("itself", "gives each sample as its own target", _itself, False, "all"),
    Maker("two ahead", "gives the sample after the next", _two_ahead, False, "all"),
    Maker("shuffled apart", "shuffles each side for itself", _shuffled_apart, False, "all"),
    Maker("by columns", "reads rows of samples column by column", _rows_stacked, False, "all"),
    Maker("wraps at the end", "rolls by −1, uncut", _rolled_back_uncut, False, "last"),
    Maker("wraps at the start", "rolls the inputs instead", _inputs_rolled, False, "first"),
    Maker("wraps in rows", f"wraps every {ROW} samples", _rolled_in_rows, False, "inner"),
    Maker("a gap", "has lost one sample in the middle", _one_gap, False, "inner"),
    Maker("two exchanged", "has two targets exchanged", _one_exchanged, False, "inner"),
    Maker("an input more", "has an input without a target", _one_input_more, False, "count"),
    Maker("a target more", "has a target without an input", _one_target_more, False, "count"),
    Maker("shuffles in place", "shuffles the signal in place", _shuffles_first, False, "place"),
)
