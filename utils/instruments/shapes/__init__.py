"""Shapes: what reaches the loss, and what the loss makes of it.

One plain step of the model's own `fit` is heard, operation by operation: where do the targets meet
the answers, with which shapes, and does broadcasting compare what does not belong together? Then
the targets change places: a loss that stays the same pairs no answer with its own target.
"""

import sys
import time

import numpy as np

from utils.error_text import text_of

from ..calling import take_apart
from ..report import Report
from ..runs import Runs, as_arrays, batch_of
from ..untouched import untouched
from . import picture, probabilities
from .by_hand import compared
from .judging import Evidence, fits_by_chance, judged
from .meetings import Listener, heard
from .pairing import pairings
from .raising import explained
from .rows import takes_any_number

__all__ = ["shapes"]

NAME = "shapes"
ROWS = 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2  # one of them, which no other axis has
MANY = 64  # rows, of which no more are needed
FEWER = "Of {1} rows {0} were used, a number that no other axis has."
NO_TARGETS = "There are no targets (y), and nothing that could be compared with the answers."
ONE_ROW = "With one row nobody can see whether it is compared with others: give two or more."
SAME_SIZE = (
    "The batch has {} rows and another axis is as long, so that crossed rows may stay unseen."
)
UNHEARD = "Its fit did not call train_step, or not in a way that could be heard."


def shapes(model, x, y=None, *, loss=None, seconds=0.5):
    """Hear what reaches the loss of a model, and see what the loss makes of it.

    model: a Keras model, whose own `fit` makes one step if it is compiled; or any callable from an
        array (or nest of arrays) to one. x, y: one batch as for `fit`, arrays or nests of them, or
        a tf.data.Dataset or PyDataset as x, of which the first batch is taken. At most 64 rows are
        used, unless the model wants a certain number.
    loss: for a model that is not compiled: a function of targets and answers, a Keras loss, or the
        name of one. Without it the shapes alone are compared.
    seconds: how long it may take beyond the step that is heard, roughly: where steps take much
        longer, fewer are made.

    Returns a Report: "silently broadcast", "targets are not paired", "every step gets one target",
    "one answer for every step", "answers are no probabilities", "targets are no probabilities"; as
    questions "targets ignored" and "shapes differ". A Keras model is left bit for bit as it was,
    also when something is raised. Raises TypeError for what can't
    be called, ValueError for data that can't be used, and RuntimeError from an exception of the
    model or its loss, with the shapes that they got.
    """
    if not callable(model) or isinstance(model, type):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(f"model is {what}; expected a Keras model, or a function of a batch.")
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        return _of_function(model, x, y, loss, keras)
    weighted = probabilities.has_weights(x)
    with untouched(model):
        x, y, notes = batch_of(model, x, y, keras)
        if y is None:
            return Report(NAME, not_seen=(*notes, NO_TARGETS))
        fits = isinstance(model, keras.Model) and model.compiled and loss is None
        if fits and keras.backend.backend() == "tensorflow":
            return _in_fit(model, x, y, notes, seconds, keras, weighted)
        steps = _steps(as_arrays(x, keras))
        answers = Runs(model, x, y, notes, keras).predict()
        return compared(answers, as_arrays(y, keras), loss, steps, notes, keras)


def _in_fit(model, x, y, notes, seconds, keras, weighted):
    """One step of fit, with a number of rows that no other axis has where that is possible."""
    rows = len(as_arrays(x, keras)[0])
    few, by_chance = _rows(model, x, y, rows, keras), ()
    try:
        heard_so = _one_step(model, x, y, few, keras)
        if few == rows and heard_so[1].ambiguous:
            few = _rows(model, x, y, rows, keras, taken={rows})
            heard_so = _one_step(model, x, y, few, keras)
    except RuntimeError as error:
        heard_so = _all_rows(model, x, y, few, rows, error, keras)
        by_chance = tuple(fits_by_chance(heard_so[1].meetings, rows, few, error))
    runs, listener, took = heard_so
    notes += runs.notes
    if listener.rows is None:
        return Report(NAME, not_seen=(*notes, UNHEARD))
    if listener.rows < 2:
        notes.append(ONE_ROW)
    elif listener.rows in _sizes(x, y, keras):
        notes.append(SAME_SIZE.format(listener.rows))
    runs.remember()
    pairs, why = pairings(runs, listener.calls, took, seconds, keras)
    found, seen = judged(_evidence(listener, pairs, x, y, keras))
    if listener.rows < rows:
        seen = (FEWER.format(listener.rows, rows), *seen)
    numbers = {
        "meetings": [(m.target, m.answer, m.result) for m in listener.meetings if not m.metric],
        "pairings": pairs,
    }
    not_seen = tuple(filter(None, [*notes, why]))
    found = by_chance + found + probabilities.findings(listener.asked, weighted)
    return Report(NAME, found, seen, not_seen, numbers, picture.drawer(pairs))


def _all_rows(model, x, y, few, rows, error, keras):
    """The step with all rows, where fewer raised an exception; a sentence where they do, too."""
    try:
        if few < rows:
            return _one_step(model, x, y, rows, keras)
    except RuntimeError as again:
        error = again
    raise explained(error, Runs(model, x, y, [], keras), keras) from error


def _evidence(listener, pairs, x, y, keras):
    return Evidence(
        tuple(listener.meetings),
        listener.rows,
        tuple(listener.sizes),
        frozenset(_steps(as_arrays(x, keras))),
        tuple(pairs),
        listener.pairwise,
        listener.picked,
        _own_input(x, y, keras),
        tuple(call.squeezed for call in listener.asked),
    )


def _one_step(model, x, y, rows, keras):
    """The step is run plainly and heard -> runs, the listener, and the seconds that it took."""
    x, y = (keras.tree.map_structure(lambda a: a[:rows], nest) for nest in (x, y))
    runs, listener = Runs(model, x, y, [], keras), Listener(keras)
    built, began = model.built, time.process_time()  # a busy machine changes no result
    with heard(model, listener, keras), probabilities.noted(listener.asked, keras):
        runs.step(plainly=True)
    took = time.process_time() - began
    return runs, listener, took if built else took / 2  # half of a first one goes into building


def _rows(model, x, y, rows, keras, taken=frozenset()):
    """A number of rows that no other axis has, if the model leaves it open; all, if they will do.

    taken: other numbers that are not wanted.
    """
    if not takes_any_number(model, keras):
        return rows
    taken = taken | _sizes(x, y, keras)
    for tensor in keras.tree.flatten(getattr(model, "outputs", None) or []):
        taken |= {*tensor.shape[1:]}
    some = [rows] if rows <= MANY else []
    return next((n for n in (*some, *ROWS) if n <= rows and n not in taken), rows)


def _sizes(x, y, keras):
    """The lengths of all axes but the first."""
    return {size for nest in (x, y) for array in as_arrays(nest, keras) for size in array.shape[1:]}


def _own_input(x, y, keras):
    """Whether all targets are among the inputs, as those of an autoencoder are."""
    inputs = as_arrays(x, keras)
    return all(any(np.array_equal(t, a) for a in inputs) for t in as_arrays(y, keras))


def _steps(arrays):
    """The lengths of the time axes: of sequences of vectors, or of whole numbers."""
    found = {a.shape[1] for a in arrays if a.ndim > 2 or (a.ndim == 2 and a.dtype.kind in "iu")}
    return found - {1}


def _of_function(function, x, y, loss, keras):
    """What a plain callable answers, against the targets."""
    if y is None:
        return Report(NAME, not_seen=(NO_TARGETS,))
    arrays, targets = take_apart(x)[0], take_apart(y)[0]
    try:
        answers = take_apart(function(x))[0]
    except Exception as error:
        words = f"The model raised {type(error).__name__}: {text_of(error)}"
        raise RuntimeError(words) from error
    return compared(answers, targets, loss, _steps(arrays), [], keras)
