"""Whether a model can be asked at all: its first answer to the batch, and one step of its fit."""

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.error_text import text_of

from ..calling import take_apart
from ..memory.asking import differ
from ..report import QUESTION, Finding
from ..runs import Runs
from ..untouched import untouched
from .batch import (
    ROWS,
    Batch,
    CannotAsk,
    batch_from,
    copied,
    cut,
    first_rows,
    not_finite,
    numbers_of_rows,
    without_y,
)

CALLS = 100  # that the instruments make, roughly; a batch is cut until they fit
FEWEST = 8  # rows that are left of a batch
FOREIGN = {  # packages whose models are no Keras models and take no NumPy arrays
    "torch": "lambda x: model(torch.as_tensor(x)).detach().numpy()",
    "tf_keras": "lambda x: model(x, training=False)",
    "flax": "lambda x: model.apply(parameters, x)",
}


@dataclass(frozen=True)
class Asked:
    """A model that answers, and the batch to ask it with."""

    model: Any
    batch: Batch
    once: float  # seconds of one answer
    keras: bool  # whether it is a Keras model or layer
    same_again: bool = True  # whether it gives the same answer twice

    @property
    def compiled(self):
        """Whether it has a fit that could be run."""
        return bool(getattr(self.model, "compiled", False))


def asked(model, x, y, time_major, seconds):
    """Check model and data -> Asked. Raises CannotAsk with the finding, TypeError if not callable.

    seconds: what all instruments together have; a batch is cut so that they can ask CALLS times.
    """
    _check_model(model)
    keras = _is_keras(model)
    batch, may_cut = batch_from(x, y), False
    if keras and not time_major:
        _check_rows(batch)
    batch = _fitting_y(batch, keras, time_major)
    if keras and not time_major:
        batch, may_cut = _rows_cut(batch, model)
    batch = copied(batch)
    answer, once, same = _answer(model, batch, keras)
    _check_answer(answer, model, batch, keras)
    if may_cut and once > seconds / CALLS:
        batch, once = _small_enough(model, batch, once, seconds / CALLS)
    if keras and batch.y is not None and getattr(model, "compiled", False):
        batch = _one_step(model, batch)
    elif batch.y is not None and batch.y_broken:
        words = (
            f"y holds NaN or infinity in {batch.y_broken}. Whether the loss can cope with them is "
            "not known without it."
        )
        batch = without_y(batch, Finding("y is not finite", words, QUESTION))
    return Asked(model, batch, once, keras, same)


def owner_of(model):
    """The Keras model of which this is a method, such as predict; else what was given."""
    owner = getattr(model, "__self__", None)
    return owner if _is_keras(owner) else model


def _is_keras(model):
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    return keras is not None and isinstance(model, keras.Layer)


def _check_model(model):
    if isinstance(model, type):
        name = model.__name__
        words = f"model is the class {name}; expected an instance of it: diagnose({name}(…), x, y)."
        raise CannotAsk("model is a class", words)
    home = {kind.__module__.split(".")[0] for kind in type(model).__mro__}
    for package, line in FOREIGN.items():
        if package in home:
            words = (
                f"model is a {type(model).__name__} of {package}; expected a Keras 3 model, or a "
                f"function from arrays to arrays, which could be {line}."
            )
            raise CannotAsk("model of another framework", words)
    if not callable(model):
        predict = callable(getattr(model, "predict", None))
        raise TypeError(
            f"model is {type(model).__name__}; expected a Keras model, or a function from arrays "
            f"to arrays{', such as its method: diagnose(model.predict, x, y)' if predict else ''}."
        )


def _rows_cut(batch, model):
    """The batch with as many rows as the model wants, and whether it may be cut any further."""
    keras = sys.modules["keras"]
    inputs = keras.tree.flatten(getattr(model, "inputs", None) or [])
    named = [tensor.shape[0] for tensor in inputs if tensor is not None and tensor.shape]
    rows = max(filter(None, named), default=None)
    if any(getattr(layer, "stateful", False) for layer in model._flatten_layers()):
        return first_rows(batch, rows or float("inf")), False
    if rows is None:
        return cut(batch, ROWS), True
    if _is_built_from_data(model, keras):  # it takes any other number, and so may be asked less
        return cut(batch, rows, f": the model was built with {rows}"), True
    return first_rows(batch, rows), False


def _is_built_from_data(model, keras):
    """Whether a Sequential has its input from the first data that it met, and not from its owner.

    Keras makes an InputLayer then, of their shape and a dtype, without a name.
    """
    first = next(iter(getattr(model, "_layers", ())), None)
    if not isinstance(model, keras.Sequential) or not isinstance(first, keras.layers.InputLayer):
        return False
    given = getattr(getattr(first, "_auto_config", None), "config", {})
    told = {name for name in ("batch_shape", "dtype", "shape", "name") if given.get(name)}
    return told == {"batch_shape", "dtype"}


def _check_rows(batch):
    rows = numbers_of_rows(batch.x)
    if len(rows) > 1:
        words = f"The arrays of x have different numbers of rows: {', '.join(map(str, rows))}."
        raise CannotAsk("x does not fit", words)


def _fitting_y(batch, keras, time_major):
    """The batch, without y if y has another number of rows."""
    if batch.y is None:
        return batch
    have, shape = numbers_of_rows(batch.y), batch.arrays[0].shape
    wanted = set(shape[:2]) if time_major or not keras else {shape[0]}
    if len(have) == 1 and set(have) <= wanted:
        return batch
    words = (
        f"y has {' and '.join(map(str, have))} rows and x has {batch.rows(time_major)}; expected "
        "one target for each row. What needs a loss was not looked at."
    )
    return without_y(batch, Finding("y does not fit", words))


# The first answer


def _answer(model, batch, keras):
    """The answer to x as predict gives it; the seconds of a second one, and whether it is equal."""

    def ask():
        return model(batch.x, training=False) if keras else model(_copied(batch.x))

    if not keras:
        return _timed(ask, model, batch)
    with untouched(model):
        return _timed(ask, model, batch)


def _small_enough(model, batch, once, wanted):
    """The batch with as few rows as one answer in `wanted` seconds asks for, and its seconds.

    Whole where rows cost little: then the time goes into calling the layers one by one.
    """
    n = batch.rows()
    if n < 2 * FEWEST:
        return batch, once
    few = cut(batch, FEWEST)
    _, least, _ = _answer(model, few, True)
    if once < 2 * least:
        return batch, once
    each = (once - least) / (n - FEWEST)
    rows = min(n, FEWEST + int(max(0.0, wanted - least) / each))
    why = f": one answer to all of them takes {once:.2g} s"
    return cut(batch, rows, why), least + each * (rows - FEWEST)


def _timed(ask, model, batch):
    try:
        answer = ask()
        began = time.perf_counter(), time.process_time()
        again = ask()
        wall, own = time.perf_counter() - began[0], time.process_time() - began[1]
        # What others do on this machine is not the model's fault.
        return answer, min(wall, own), _is_same(answer, again)
    except Exception as error:
        raise _raised(error, model, batch) from error


def _is_same(answer, again):
    """Whether two answers are equal but for rounding; what is not numbers is looked at later."""
    try:
        return not differ(take_apart(answer)[0], take_apart(again)[0])
    except Exception:
        return False


def _raised(error, model, batch):
    """The model's own exception, and what it says about the shapes, in a CannotAsk."""
    what = f"{type(error).__name__}: {_text(error)}"
    shapes = ", ".join(f"{array.shape} {array.dtype}" for array in batch.arrays)
    declared = [
        str(tuple(tensor.shape))
        for tensor in getattr(model, "inputs", None) or []
        if getattr(tensor, "shape", None) is not None
    ]
    if declared and not _as_declared(model, batch.arrays):
        words = (
            f"The model takes {', '.join(declared)}, where None is any size; x is {shapes}. Asked "
            f"with it, the model raised {what}"
        )
        return CannotAsk("x does not fit", words)
    words = f"Asked for its answer to x ({shapes}), the model raised {what}"
    fits = "incompatible" not in str(error) and "Invalid input shape" not in str(error)
    return CannotAsk("the model raises" if fits else "x does not fit", words)


def _as_declared(model, arrays):
    """Whether the arrays have the shapes of the model's inputs."""
    shapes = [tuple(tensor.shape) for tensor in model.inputs]
    return len(shapes) == len(arrays) and all(
        len(shape) == array.ndim
        and all(size in (None, n) for size, n in zip(shape, array.shape, strict=True))
        for shape, array in zip(shapes, arrays, strict=True)
    )


def _text(error):
    """What an exception says, without the arguments of the call that Keras adds."""
    quoted = isinstance(error, KeyError) and error.args and isinstance(error.args[0], str)
    said = text_of(Exception(error.args[0]) if quoted else error)
    return " ".join(said.split("Arguments received by")[0].split())


def _check_answer(answer, model, batch, keras):
    """Raise CannotAsk unless it is made of finite numbers."""
    try:
        arrays = [array for array in take_apart(answer)[0] if array.dtype.kind in "biufc"]
    except Exception:  # what can't be read as arrays is no answer
        arrays = []
    if not sum(array.size for array in arrays):
        words = f"The model answers with {_described(answer)}; expected an array of numbers."
        raise CannotAsk("no answer", words)
    finite = all(np.isfinite(array).all() for array in arrays)
    if batch.x_broken:
        copes = (
            "The model's answer is finite nevertheless; nothing could be poked there. Give a batch "
            "without them to have the rest looked at."
        )
        kind = "NaN" if any(np.isnan(array).any() for array in arrays) else "infinite"
        spoilt = (
            f"The model's answer to it is {kind} too, so nothing could be poked. Mend those values "
            "in x first."
        )
        raise CannotAsk(
            "x is not finite",
            f"x holds NaN or infinity in {batch.x_broken}. {copes if finite else spoilt}",
            *([QUESTION] if finite else []),
        )
    if not finite:
        words = f"x is finite and the model's answer is not: {not_finite(arrays)}."
        broken = _broken_weights(model) if keras else ""
        raise CannotAsk("answers are not finite", f"{words} {broken}".strip())


def _broken_weights(model):
    """Which variables hold NaN or infinity, in a sentence."""
    wrong = [
        variable.path
        for variable in model.variables
        if np.asarray(variable).dtype.kind == "f" and not np.isfinite(np.asarray(variable)).all()
    ]
    if not wrong:
        return "All weights are finite: look for the first layer that makes it of finite numbers."
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return f"“{wrong[0]}”{more} held it before anything was asked."


def _described(answer):
    if answer is None:
        return "None"
    shape = getattr(answer, "shape", None)
    return f"a {type(answer).__name__}{f' of shape {tuple(shape)}' if shape is not None else ''}"


def _copied(nest):
    arrays, together = take_apart(nest)
    return together([array.copy() for array in arrays])


# One step of fit


def _one_step(model, batch):
    """The batch; without y, and with a finding, if fit can't take a step with it."""
    with untouched(model):
        runs = Runs(model, batch.x, batch.y, [], sys.modules["keras"])
        try:
            logged = runs.step(plainly=True)
        except Exception:
            try:
                logged = runs.step(plainly=False)  # as fit would run it
            except Exception as error:
                words = f"{_text(error)} What needs a loss was not looked at."
                return without_y(batch, Finding("fit raises", words))
    if not batch.y_broken:
        return batch
    if logged and np.isfinite(logged[0]).all():
        note = "y holds NaN or infinity, which the loss leaves out: what needs y was not looked at."
        return without_y(batch, note=note)
    words = f"y holds NaN or infinity in {batch.y_broken}, and so the loss is not finite."
    return without_y(batch, Finding("y is not finite", words))
