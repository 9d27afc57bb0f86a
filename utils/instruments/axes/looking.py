"""`axes`: ask along each axis, and say what was heard."""

import sys
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..calling import take_apart
from ..report import Report
from ..runs import batch_of
from ..seeds import global_seeds_kept
from ..state import from_same_state, layers_of
from ..untouched import untouched
from .asking import asker_for
from .batch import batch_from
from .derivatives import slopes
from .evidence import shifts
from .features import among_features
from .layout import sides_of_answer, sides_of_input
from .otherwise import Otherwise
from .picture import draw
from .recurrent import recurrence_noted
from .rows import across_rows
from .timesteps import along_time
from .verdicts import judge

NOISY = (
    "The model answers differently to the same input, and the noise could not be held: who hears "
    "whom was not looked at."
)


@dataclass(frozen=True)
class Looked:
    """All that was measured, for the words and the picture."""

    model: object  # None for a plain callable
    asker: object
    batch: object
    inputs: list
    answers: list
    rows: object
    times: list
    features: list
    shifts: list
    recurrence: list
    causal: bool
    time_major: bool
    seconds: float

    @cached_property
    def adds_losses(self):
        """Whether a layer adds a loss of its own, for which an input may be there alone."""
        if self.model is None:
            return False
        try:
            self.model(self.batch.nest, training=False)
            return any(getattr(layer, "_losses", None) for layer in layers_of(self.model))
        finally:
            self.asker.calls[0](self.batch.nest)  # which puts the state back

    @cached_property
    def slopes(self):
        """[answers][inputs] how steep an answer is in each number of an input; None: not known."""
        return slopes(self)

    def is_steep(self, a, index, k=None):
        """Whether an answer, or any of them, has a slope in a part of an input."""
        of_answers = self.slopes if k is None else [self.slopes[k]]
        return any(of[a] is not None and bool(of[a][index].any()) for of in of_answers)

    @cached_property
    def otherwise(self):
        """The same model with other weights."""
        return Otherwise(self)


def axes(model, x, y=None, *, causal=None, time_major=False, seconds=1.5):
    """Ask a model who hears whom: along the batch, along time, and among the features.

    model: a Keras model or layer, built or not, compiled or not, asked as in `predict`; or a plain
    callable from arrays to arrays. x: one batch, an array or a nest of them, of numbers; whole
    numbers are poked only to values that occur. y: the targets, from which it can be seen which
    timesteps matter. causal: True if output t must not hear inputs after t. time_major: True if x
    and a sequence of answers are [timesteps, batch, ...]. seconds: how long it may ask, tracing not
    counted; of what is too large, some is taken evenly, as the report says.

    Returns a Report. Its numbers are the matrices: "rows" [rows, rows], "time" {(input, answer):
    [timesteps, timesteps of the answer]}, "features" {input: [features]}, each the largest change
    seen, 0 within rounding, NaN where nothing was poked. A Keras model is left bit for bit as it
    was. Raises TypeError for what can't be called, ValueError for data that can't be used, and
    RuntimeError from the model's own exception if the model raises.
    """
    _check_arguments(causal, time_major, seconds)
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        with global_seeds_kept():
            return _look(model, None, x, y, (), causal, time_major, seconds)
    with untouched(model):
        notes = ()
        if not time_major:  # else axis 0, along which a batch is cut, is time
            x, y, notes = batch_of(model, x, y, keras)
        return _look(model, model, x, y, notes, causal, time_major, seconds)


def _check_arguments(causal, time_major, seconds):
    if causal not in (None, True, False):
        raise ValueError(f"causal is {causal!r}; expected True, or None where it is not declared.")
    if time_major not in (True, False):
        raise ValueError(f"time_major is {time_major!r}; expected True or False.")
    numbers = int | float | np.integer | np.floating
    if not isinstance(seconds, numbers) or isinstance(seconds, bool) or not seconds > 0:
        raise ValueError(f"seconds is {seconds!r}; expected a number above 0.")


def _look(model, owner, x, y, notes, causal, time_major, seconds):
    whole = batch_from(x, owner, time_major)
    with recurrence_noted(owner) as recurrence, from_same_state(model, whole.nest) as calls:
        asker, batch, more = asker_for(
            calls, whole, seconds, lambda arrays: sides_of_input(owner, x, arrays, time_major)
        )
        inputs, targets = asker.inputs, _targets(y, owner, calls[0], batch)
        notes = [*notes, *more]
        if not asker.steady:
            return Report("axes", not_seen=(*notes, NOISY))
        answers = sides_of_answer(asker.base, inputs, batch.rows, time_major, targets)
        looked = Looked(
            owner,
            asker,
            batch,
            inputs,
            answers,
            across_rows(asker, batch, inputs, answers),
            along_time(asker, inputs, answers),
            among_features(asker, inputs),
            shifts(inputs, whole.arrays, answers, targets),
            recurrence,
            causal,
            time_major,
            seconds,
        )
        if asker.drifts():
            return Report("axes", not_seen=(*notes, NOISY))
        found, seen, not_seen = judge(looked)
    numbers = _numbers(looked)
    return Report("axes", found, seen, (*notes, *not_seen), numbers, lambda: draw(numbers))


def _targets(y, owner, call, batch):
    """The arrays of y in the order of those of the answer; none where that is not known."""
    if y is None:
        return []
    if isinstance(y, dict):
        answer = call(batch.nest)
        names = list(answer) if isinstance(answer, dict) else getattr(owner, "output_names", [])
        if {*names} != {*y}:
            return []
        y = [y[name] for name in names]
    return take_apart(y)[0]


def _numbers(looked):
    inputs, answers = looked.inputs, looked.answers
    return {
        "rows": looked.rows.matrix,
        "time": {(inputs[t.into].name, answers[t.out].name): t.matrix for t in looked.times},
        "features": {inputs[f.into].name: f.moved.max(axis=1) for f in looked.features},
    }
