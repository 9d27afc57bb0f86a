"""A model without a compiled loss: what a loss would make of its answers and the targets."""

import numpy as np

from utils.error_text import text_of

from ..report import FAULT, QUESTION, Finding, Report
from . import probabilities, wording
from .judging import BROADCAST, Evidence, judged
from .meetings import Listener, crosses, hearing
from .pairing import paired_by

DIFFER = "shapes differ"
SAME = 5e-6  # two losses that differ by less, as a share of their size, differ by rounding
NO_PAIRS = "There are {} answers and {} arrays of targets: they were not compared."


def compared(answers, targets, loss, steps, notes, keras):
    """A Report on answers and targets, lists of arrays; loss: a function of two arrays, or None."""
    if len(answers) != len(targets):
        return Report("shapes", not_seen=(*notes, NO_PAIRS.format(len(answers), len(targets))))
    found, seen = [], []
    for answer, target in zip(answers, targets, strict=True):
        if loss is None:
            found += _without_loss(target.shape, answer.shape, steps)
            seen.append(wording.shapes_of(target.shape, answer.shape))
        else:
            of_one, words = _with_loss(loss, target, answer, steps, keras)
            found += of_one
            seen += words
    numbers = {"answers": [a.shape for a in answers], "targets": [t.shape for t in targets]}
    return Report("shapes", tuple(found), tuple(seen), tuple(notes), numbers)


def _without_loss(target, answer, steps):
    """Shapes that an elementwise loss of one's own would broadcast to something larger."""
    full = together(target, answer)
    if target == answer or full is None or not answer or not target:
        return
    if len(target) != len(answer):
        if crosses(target, answer, answer[0]):
            yield Finding(DIFFER, wording.would_cross(target, answer, full), QUESTION)
    elif len(full) > 1 and full[1] in steps and target[1] != answer[1]:
        yield Finding(DIFFER, wording.would_stretch(target, answer, full), QUESTION)


def _with_loss(loss, target, answer, steps, keras):
    """What this loss makes of one answer and its targets: findings, and what was seen."""
    function = loss
    if keras is not None and isinstance(loss, str):
        function = keras.losses.get(loss)
    call = None if keras is None else probabilities.call_of(function, target, answer, None, keras)
    outside = probabilities.findings([] if call is None else [call])
    if keras is None or keras.backend.backend() != "tensorflow":
        return [*_repeated(function, target, answer), *outside], [
            wording.shapes_of(target.shape, answer.shape)
        ]
    target, answer = (keras.ops.convert_to_tensor(_narrow(part)) for part in (target, answer))
    listener = Listener(keras)
    with hearing(listener):
        listener.start(answer, target, None)
        _called(function, target, answer)

    def ask(arrays):
        return float(np.mean(_called(function, keras.ops.convert_to_tensor(arrays[0]), answer)))

    found, _ = paired_by(ask, [np.asarray(target)], 1.0)
    evidence = Evidence(
        tuple(listener.meetings),
        int(answer.shape[0]) if answer.shape.rank else 0,
        tuple(listener.sizes),
        frozenset(steps),
        tuple(found),
        listener.pairwise,
        listener.picked,
    )
    found, seen = judged(evidence)
    return found + outside, seen


def _repeated(function, target, answer):
    """Whether the loss is the same with both sides repeated to the shape that they make."""
    full = together(target.shape, answer.shape)
    value = _called(function, target, answer)
    if full is None or not crosses(target.shape, answer.shape, answer.shape[0]):
        return
    repeated = _called(function, *(np.broadcast_to(part, full) for part in (target, answer)))
    if np.shape(value) == np.shape(repeated) and np.allclose(value, repeated, rtol=SAME):
        words = wording.would_cross(target.shape, answer.shape, full)
        yield Finding(BROADCAST, words, FAULT)


def _called(function, target, answer):
    try:
        return np.asarray(function(target, answer))
    except Exception as error:
        raise RuntimeError(
            f"The loss raised {type(error).__name__} for targets of shape {tuple(target.shape)} "
            f"and answers of shape {tuple(answer.shape)}: {text_of(error)}"
        ) from error


def _narrow(array):
    """As a model takes it: float64 becomes float32."""
    return array.astype(np.float32) if array.dtype == np.float64 else array


def together(target, answer):
    """What broadcasting makes of two shapes; None if it can't."""
    try:
        return np.broadcast_shapes(target, answer)
    except ValueError:
        return None
