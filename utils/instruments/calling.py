"""Calling a model that one knows nothing about: any nest of arrays, one by one or many at once."""

from itertools import islice

import numpy as np

from utils.error_text import text_of

NUMBERS_AT_ONCE = 2**22  # in one vectorized call


def take_apart(nest):
    """A nest of arrays -> a list of its arrays, and a function that puts such a list together.

    Tuples, lists and dicts of arrays are nests; a list of plain numbers is one array.
    """
    if isinstance(nest, dict):
        return _take_apart_all(nest.values(), lambda parts: dict(zip(nest, parts, strict=True)))
    if isinstance(nest, tuple | list) and not is_table(nest):
        return _take_apart_all(nest, type(nest) if type(nest) in (list, tuple) else list)
    return [_as_array(nest)], lambda arrays: arrays[0]


def is_table(nest):
    """Whether this is one array written out: nested lists that hold nothing but numbers."""
    if isinstance(nest, tuple | list):
        return len(nest) > 0 and all(map(is_table, nest))
    return np.isscalar(nest)


def _take_apart_all(parts, build):
    taken = [take_apart(part) for part in parts]
    ends = np.cumsum([len(arrays) for arrays, _ in taken])

    def rebuild(arrays):
        pieces = np.split(np.arange(ends[-1]), ends[:-1]) if len(ends) else []
        return build(
            [put([arrays[k] for k in piece]) for piece, (_, put) in zip(pieces, taken, strict=True)]
        )

    return [array for arrays, _ in taken for array in arrays], rebuild


def _as_array(value):
    if hasattr(value, "detach"):  # a PyTorch tensor
        value = value.detach()
    try:
        array = np.asarray(value)
    except ValueError as error:  # from NumPy, about rows of different lengths
        raise ValueError(f"{text_of(error)} Expected an array of numbers.") from None
    if array.dtype.kind == "V" and array.dtype.names is None:  # bfloat16 and its like
        try:
            return array.astype(np.float32)
        except (TypeError, ValueError):  # no number at all
            return array
    return array


def check_input(arrays):
    """Raise a sentence unless these can be poked."""
    if sum(array.size for array in arrays) == 0:
        shapes = ", ".join(str(array.shape) for array in arrays) or "no array at all"
        raise ValueError(f"x is empty ({shapes}): there is nothing to poke.")
    for array in arrays:
        if array.dtype.kind not in "biufc":
            raise TypeError(f"x holds {array.dtype} values; numbers or booleans can be poked.")
        if not np.isfinite(array).all():
            raise ValueError(
                "x holds NaN or infinity; a poke could not be told apart from what is there."
            )


def replies(call, x, questions, names, put_together, vectorized=False):
    """Yield for each question the model's answers to x and to the question, as lists of arrays.

    x and questions: lists of arrays, put together to what the model takes. names: a phrase for each
    question, used if something is wrong. vectorized: many questions in one call, along a new first
    axis. Then the answer to x comes from the same place of as large a call: a product of another
    size adds its terms in another order.
    """
    questions, names = iter(questions), list(names)

    def answers(chunk, name):
        stacked = [np.stack(arrays) for arrays in zip(*chunk, strict=True)]
        try:
            answer = call(put_together(stacked if vectorized else [a[0] for a in stacked]))
        except Exception as error:
            raise RuntimeError(
                f"The model raised {type(error).__name__} {name}: {text_of(error)}"
            ) from error
        arrays = take_apart(answer)[0]
        if not vectorized:
            return [arrays]
        _check_copies(arrays, len(chunk))
        return [[np.asarray(array[k]) for array in arrays] for k in range(len(chunk))]

    as_it_is = "for x as it is"
    (first,) = answers([x], as_it_is)
    _check_answer(first, None, as_it_is)
    at_once, before = 1, [first]
    if vectorized:
        room = NUMBERS_AT_ONCE // sum(a.size for a in [*x, *first])
        at_once = max(1, min(room, len(names)))
        before = answers([x] * at_once, as_it_is)
    phrases = iter(names)
    while chunk := list(islice(questions, at_once)):
        asked = list(islice(phrases, len(chunk)))
        after = answers(chunk + [x] * (at_once - len(chunk)), asked[0])
        for phrase, base, answer in zip(asked, before, after, strict=False):
            _check_answer(answer, first, phrase)
            yield base, answer


def _check_copies(arrays, copies):
    if any(array.shape[:1] != (copies,) for array in arrays):
        raise ValueError(
            f"The model was asked {copies} copies at once and answered with {_shapes(arrays)}; "
            f"with vectorized=True the first axis has to be {copies}."
        )


def _check_answer(arrays, first, name):
    """Raise a sentence unless an answer can be compared with the first one."""
    if first is not None and [a.shape for a in arrays] != [a.shape for a in first]:
        raise ValueError(
            f"The shape of the model's answer is {_shapes(arrays)} {name} and was "
            f"{_shapes(first)} before. Outputs can be compared if their number stays the same."
        )
    if sum(array.size for array in arrays) == 0:
        raise ValueError(f"The model's answer is empty ({_shapes(arrays) or 'no array at all'}).")
    for array in arrays:
        if array.dtype.kind not in "biufc":
            raise TypeError(
                f"The model's answer holds {array.dtype} values; expected an array of numbers. "
                "Does the model return something?"
            )
        if first is None and not np.isfinite(array).all():
            raise ValueError(
                f"The model's answer {name} holds NaN or infinity, so that no change in it can be "
                "seen. Look for the first layer that produces it."
            )


def _shapes(arrays):
    return ", ".join(str(array.shape) for array in arrays)
