"""Calling a model that one knows nothing about: any nest of arrays, always from the same state."""

import re
import sys
from contextlib import contextmanager
from itertools import islice

import numpy as np

NUMBERS_AT_ONCE = 2**22  # in one vectorized call


def take_apart(nest):
    """A nest of arrays -> a list of its arrays, and a function that puts such a list together.

    Tuples, lists and dicts of arrays are nests; a list of plain numbers is one array.
    """
    if isinstance(nest, dict):
        return _take_apart_all(nest.values(), lambda parts: dict(zip(nest, parts, strict=True)))
    if isinstance(nest, tuple | list) and not _is_table(nest):
        return _take_apart_all(nest, type(nest) if type(nest) in (list, tuple) else list)
    return [_as_array(nest)], lambda arrays: arrays[0]


def _is_table(nest):
    """Whether this is one array written out: nested lists that hold nothing but numbers."""
    if isinstance(nest, tuple | list):
        return len(nest) > 0 and all(map(_is_table, nest))
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
    return np.asarray(value)


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


def replies(call, questions, names, put_together, vectorized):
    """Yield the model's answer to each question, as a list of arrays.

    questions: lists of arrays, put together to what the model takes. names: a phrase for each, used
    if something is wrong. vectorized: many questions in one call, along a new first axis.
    """
    questions, names, base = iter(questions), iter(names), None
    at_once = 1
    while chunk := list(islice(questions, at_once)):
        name = next(names), *islice(names, len(chunk) - 1)
        stacked = [np.stack(arrays) for arrays in zip(*chunk, strict=True)]
        asked = put_together(stacked if vectorized else [a[0] for a in stacked])
        try:
            answer = call(asked)
        except Exception as error:
            raise RuntimeError(
                f"The model raised {type(error).__name__} {name[0]}: {_first_words(error)}"
            ) from error
        arrays = [np.asarray(array) for array in take_apart(answer)[0]]
        if vectorized:
            _check_copies(arrays, len(chunk))
        else:
            arrays = [array[np.newaxis] for array in arrays]
        for k in range(len(chunk)):
            reply = [np.asarray(array[k]) for array in arrays]
            _check_answer(reply, base, name[k])
            base = base or reply
            yield reply
        if vectorized:
            at_once = max(1, NUMBERS_AT_ONCE // sum(a.size for a in [*chunk[0], *base]))


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


@contextmanager
def from_same_state(model, x):
    """Yields the model as a function that always starts from the state which the model is in now.

    A Keras model is called with training=False, and its variables are put back after each call and
    at the end, also when something is raised. Anything else is called as it is. x: an example.
    """
    if not callable(model):
        raise TypeError(
            f"model is {type(model).__name__}; expected something to call, such as a Keras model "
            "or a function from an array to an array."
        )
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        yield model
        return
    if not model.built:
        _build(model, x)
    before = [(variable, np.asarray(variable).copy()) for variable in _variables(model, keras)]

    def put_back():
        for variable, value in before:
            if np.asarray(variable).tobytes() != value.tobytes():
                variable.assign(value)

    def from_before(run):
        def call(x):
            try:
                return run(x)
            finally:
                put_back()

        return call

    def plainly(x):
        return model(x, training=False)

    try:
        plain = from_before(plainly)
        yield _compiled(plain, from_before, plainly, x, keras) or plain
    finally:
        put_back()


def _compiled(plain, from_before, plainly, x, keras):
    """The model as a graph, many times quicker; None if it would not answer as it does plainly.

    A graph keeps what Python drew while it was traced, so that noise made by Python would freeze.
    """
    if keras.backend.backend() != "tensorflow":
        return None
    import tensorflow as tf

    try:
        graph = from_before(tf.function(plainly))
        answers = [take_apart(call(x))[0] for call in (plain, plain, graph, graph)]
        first, again, compiled, also = answers
        steady = all(map(np.array_equal, first, again)) and all(map(np.array_equal, compiled, also))
        return graph if steady and all(map(np.allclose, first, compiled)) else None
    except Exception:  # it can't be traced, or it raises anyway and will be asked again
        return None


def _build(model, x):
    """Let the first call make the variables; states that it has left behind go back to zero."""
    try:
        model(x, training=False)
    except Exception:  # it will be asked again, and its words reported
        return
    for layer in model._flatten_layers():
        if getattr(layer, "stateful", False) and hasattr(layer, "reset_state"):
            layer.reset_state()


def _variables(model, keras):
    """Every variable of a layer and of those within it, states and seeds among them, once each."""
    found = {}
    for layer in model._flatten_layers():
        held = [*layer.variables, *keras.tree.flatten([*vars(layer).values()])]
        found.update((id(v), v) for v in held if isinstance(v, keras.Variable))
    return list(found.values())


def _first_words(error):
    """What an exception says, without colours and in a few lines."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
    return text if len(text) <= 600 else f"{text[:600]} …"
