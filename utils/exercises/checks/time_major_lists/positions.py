"""Answers that name positions of a stream, in whatever collection, and words for positions."""

from collections.abc import Mapping, Sequence

import numpy as np

from utils.exercises.calling import as_array, describe, guarded
from utils.exercises.exercise import NotYet

_MESSAGES = {
    "mask": (
        "{question}you returned a mask, one yes or no for each position, and the answer wanted is "
        "the positions themselves. The difference matters to whoever reads it: as positions, "
        "True and False are 1 and 0. Look at what the first and the last yes of your mask "
        "are at."
    ),
    "pairs": (
        "{question}you returned {got}, which reads as pairs or as a table of indices. Here a "
        "position is one whole number, counted along the stream, so it is not clear which of "
        "your numbers are meant. Look at how many axes the array has that you search."
    ),
    "not_whole": (
        "{question}your answer holds {got}, and a position is a whole number. It may be an "
        "amount or the result of a division. Look at what you collect: how much, or where?"
    ),
    "a_number": (
        "{question}you returned {got}, and the answer wanted is a collection of positions. A "
        "single number can't say whether it is a position or how many there are. Look at what "
        "your function would return if there were no such position at all."
    ),
    "out_of_range": (
        "{question}your answer holds position {got}, and positions go from 0 to {last}. Nothing "
        "in the stream bears that number. Look at where your counting starts and where it ends."
    ),
}


_ROWS = (np.ndarray, list, tuple, range)


def position_messages(question):
    """The messages of `positions`, each begun with what was asked."""
    return {key: text.replace("{question}", question) for key, text in _MESSAGES.items()}


def positions(value, n, facts, most=None):
    """The set of positions, 0 to n-1, that a set, list or array of whole numbers names.

    With `most`, larger numbers up to it are let through, to be understood by the judge.
    """
    if isinstance(value, str | bytes | Mapping):
        expected = "a set, list or array of positions"
        raise NotYet("wrong_type", what="the result", got=describe(value), expected=expected)
    with guarded("its result was read"):
        if np.iterable(value) and not isinstance(value, Sequence | np.ndarray):
            value = list(value)  # a set, the keys of a dict, a generator
    if isinstance(value, tuple | list) and len(value) == 1 and isinstance(value[0], _ROWS):
        value = value[0]  # what np.where returns for one axis
    array = as_array(value, "the result")
    if array.size == 0:
        return frozenset()
    if array.ndim == 0:
        raise NotYet("a_number", got=describe(array.item()), **facts)
    if array.dtype == bool:
        raise NotYet("mask", **facts)
    if (array != np.round(array)).any():
        part = float(array[array != np.round(array)].flat[0])
        raise NotYet("not_whole", got=f"{part:.4g}", **facts)
    if array.ndim > 1 and array.shape != (array.size, 1):
        raise NotYet("pairs", got=_described(value, array), **facts)
    if array.size == n > 2 and set(array.flat) == {0, 1}:
        raise NotYet("mask", **facts)
    outside = [int(p) for p in array.flat if not 0 <= p < (most or n)]
    if outside:
        raise NotYet("out_of_range", got=outside[0], last=n - 1, **facts)
    return frozenset(int(p) for p in array.flat)


def _described(value, array):
    return (
        describe(value)
        + (" arrays" if isinstance(value, tuple) else "")
        + (f" with the shape {array.shape}" if not isinstance(value, np.ndarray) else "")
    )


def listed(positions, one="output", many="outputs", most=6):
    """'outputs 4, 7 and 10' in words, shortened in the middle."""
    numbers = [str(p) for p in sorted(positions)]
    if not numbers:
        return f"no {one}"
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    if len(numbers) > most:
        return f"{many} {', '.join(numbers[:3])}, … {numbers[-1]} ({len(numbers)} of them)"
    return f"{many} {', '.join(numbers[:-1])} and {numbers[-1]}"


def run(numbers, most=4):
    """'0, 4, 8 …' for a row of numbers."""
    shown = ", ".join(str(int(p)) for p in numbers[:most])
    return shown + (" …" if len(numbers) > most else "")
