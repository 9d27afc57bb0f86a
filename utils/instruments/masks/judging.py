"""From what moves an answer, or a loss, to findings."""

import numpy as np

from ..report import FAULT, QUESTION, Finding
from ..runs import as_arrays
from . import wording
from .moves import moved
from .padding import longer, padding_of
from .watching import Watch

LOST, COUNTS, UNMASKED = "mask lost", "padding counts in the loss", "padding not masked"
MOVED = 1000  # roundings of the largest number of an answer
MOST = 0.1  # the same with few digits, as a share
CLEARLY = 10  # times that, for padding that nothing masks: most models settle while they read it


def limit_of(passes):
    """Up to which share of an answer's largest number a move is none."""
    return min(MOVED * 10.0**-passes.digits, MOST)


def lost(moves, passes, at_end):
    """Whether the answer hears what is masked."""
    watch, limit = passes.base, limit_of(passes)
    behind = bool((moves.behind > limit).any())
    more = None if moves.more is None else bool((moves.more > limit).any())
    if behind and not (moves.zeros and more is False):  # what is always 0 may move nothing
        unsure = moves.zeros and more is None
        yield Finding(LOST, wording.behind(moves, watch, more), QUESTION if unsure else FAULT)
    elif more:
        yield Finding(LOST, wording.more(moves, watch), FAULT if at_end else QUESTION)
    elif moves.passed_on is not None and (moves.passed_on > limit).any():
        yield Finding(LOST, wording.passed_on(moves, watch), QUESTION)


def unmasked(passes, in_time):
    """Padding in x that nothing masks -> findings, what was seen, what was not."""
    arrays = as_arrays(passes.x, passes.keras)
    for array in arrays:
        padding = padding_of(array)
        if padding is None:
            continue
        if not in_time:
            return (), (), (wording.UNTRIED,)
        steps = array.shape[1]
        mask = padding.mask(steps)
        row = int(padding.lengths.argmax())
        made = longer(arrays, (row, steps - 1 if padding.at_end else 0), steps, padding.at_end)
        try:
            answers = passes.ask(Watch(passes.keras), passes.nest(made), any_length=True)
            far = moved(passes.answers, answers, {steps: mask}, passes.keras, at_end=padding.at_end)
        except (RuntimeError, ValueError):
            return (), (), (wording.fixed(padding),)
        if (far > CLEARLY * limit_of(passes)).any() and not passes.varies():
            words = wording.unmasked(padding, far)
            return (Finding(UNMASKED, words, QUESTION),), (), ()
        return (), (wording.unmoved(padding),), ()
    return (), (wording.NOTHING_TO_MASK,), ()


def counted(losses, model):
    """What the loss makes of other answers to padding; weights would be given to fit alone."""
    metrics = getattr(model, "_compile_metrics", None)
    weighted = bool(getattr(metrics, "_user_weighted_metrics", None))
    yield Finding(COUNTS, wording.counts(*losses), QUESTION if weighted else FAULT)


def shares(far):
    """[rows] as plain floats, for a report's numbers."""
    return None if far is None else np.asarray(far, float).tolist()
