"""Numbers that a loss of Keras' own takes for probabilities, and that are none.

Keras clips such answers without a word. What it gets is noted where its losses are called, whether
they were given to compile by name, as a class or as a function, or are called in an own train_step.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from ..report import QUESTION, Finding
from . import wording

NO_ANSWERS = "answers are no probabilities"
NO_TARGETS = "targets are no probabilities"
OF_TARGETS = {"binary_crossentropy", "binary_focal_crossentropy"}
DIVIDING = {"categorical_crossentropy", "categorical_focal_crossentropy"}  # first of all
NAMES = {*OF_TARGETS, *DIVIDING, "sparse_categorical_crossentropy", "kl_divergence"}
ROUNDING = 0.01  # beyond 0 and 1, more than bfloat16 rounds


@dataclass(frozen=True)
class Call:
    """One call of a loss: a function, which Keras gives answers and targets of like shapes."""

    name: str  # of the function: "binary_crossentropy"; "" for an own one
    from_logits: bool
    target: np.ndarray
    answer: np.ndarray
    counts: np.ndarray  # weights and mask, as wide as Keras was given them; 1 without any

    @property
    def squeezed(self):
        """The shape of answers whose last axis Keras takes off; None where it takes none."""
        axes, shape = self.target.ndim, self.answer.shape
        return shape if 1 < axes == len(shape) - 1 and shape[-1] == 1 else None


@contextmanager
def noted(calls, keras):
    """Inside, each call of a loss that Keras brings shapes together for is added to this list."""
    before = keras.losses.Loss.__call__

    def noting(loss, y_true, y_pred, sample_weight=None):
        if (call := call_of(loss, y_true, y_pred, sample_weight, keras)) is not None:
            calls.append(call)
        return before(loss, y_true, y_pred, sample_weight)

    keras.losses.Loss.__call__ = noting
    try:
        yield
    finally:
        keras.losses.Loss.__call__ = before


def call_of(loss, target, answer, weights, keras):
    """The Call of a loss, an object or a function; None for an own class, or without values."""
    function, how = loss, {}
    if isinstance(loss, keras.losses.Loss):
        if type(loss).call is not keras.losses.MeanSquaredError.call:
            return None  # an own class may make probabilities first
        function, how = loss.fn, getattr(loss, "_fn_kwargs", {})
    name = getattr(function, "__name__", "")
    if function is not getattr(keras.losses, name or "get", None):
        name = ""  # an own function of the same name
    try:
        arrays = [np.asarray(part, float) for part in (target, answer)]
        counts = _counts(weights, getattr(answer, "_keras_mask", None))
    except (TypeError, ValueError, NotImplementedError):
        return None  # a nest, or symbols without values
    return Call(name, bool(how.get("from_logits")), *arrays, counts)


def findings(calls, weighted=False):
    """At most one for the answers and one for the targets: the gravest.

    weighted: whether the data has weights, which were not used: they may leave out some targets.
    """
    return tuple(filter(None, [_of_answers(calls), None if weighted else _of_targets(calls)]))


def has_weights(data):
    """Whether batches of this Dataset or PyDataset have weights; False for arrays."""
    batch = getattr(data, "element_spec", None)
    if batch is None and not isinstance(data, (np.ndarray, list, tuple, dict)):
        batch = data[0] if hasattr(data, "__getitem__") and hasattr(data, "workers") else None
    return isinstance(batch, tuple) and len(batch) > 2


def _of_answers(calls):
    asked = [c for c in calls if c.name in NAMES and not c.from_logits]
    outside = [(share, c) for c in asked if (share := _outside(c.answer, c)) > 0]
    if not outside:
        return None
    share, call = max(outside, key=lambda pair: (not _only_large(pair[1]), pair[0]))
    level = {"level": QUESTION} if _only_large(call) else {}
    words = wording.no_probabilities(call, share, call.name in DIVIDING, _only_large(call))
    return Finding(NO_ANSWERS, words, **level)


def _of_targets(calls):
    asked = [c for c in calls if c.name in OF_TARGETS]
    outside = [(share, c) for c in asked if (share := _outside(c.target, c)) > 0]
    if not outside:
        return None
    share, call = max(outside, key=lambda pair: pair[0])
    return Finding(NO_TARGETS, wording.no_probable_targets(call, share))


def _only_large(call):
    """Whether dividing by the sum makes probabilities of these answers after all."""
    return call.name in DIVIDING and call.answer.min() >= -ROUNDING


def _outside(array, call):
    """The share of numbers outside [0, 1], among those that count."""
    outside = (array < -ROUNDING) | (array > 1 + ROUNDING)
    counts = call.counts
    if counts.ndim and counts.shape == array.shape[: counts.ndim]:
        outside = outside[counts != 0]
    return float(outside.mean()) if outside.size else 0.0


def _counts(weights, mask):
    """Weights where there are any, 0 where the mask says that nothing counts."""
    parts = [np.asarray(part, float) for part in (weights, mask) if part is not None]
    if not parts:
        return np.ones(())
    parts = [p[..., 0] if p.ndim > 1 and p.shape[-1] == 1 else p for p in parts]
    axes = max(part.ndim for part in parts)
    return np.prod(
        np.broadcast_arrays(*(p.reshape(p.shape + (1,) * (axes - p.ndim)) for p in parts)), axis=0
    )
