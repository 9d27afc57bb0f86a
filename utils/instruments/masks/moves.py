"""How far the real part of an answer moves when something is changed that it should not hear."""

from dataclasses import dataclass

import numpy as np

from ..runs import as_arrays
from .padding import MORE, is_at_end, longer
from .watching import Watch

LOUD = 3.0  # standard deviations of what stands at masked steps


@dataclass(frozen=True)
class Moves:
    """How far the answers of each row move, as shares of the largest number of the answer."""

    behind: np.ndarray  # [rows] when what stands behind the mask is changed
    zeros: bool  # whether nothing but zeros stood there
    more: np.ndarray | None  # [rows] with more padding; None: not known
    why: str = ""  # it is not
    passed_on: np.ndarray | None = None  # [rows] when it is changed wherever the mask goes


def moves_of(passes, masks, in_time):
    """Change what stands behind the masks, and add padding -> Moves; None if all is noise.

    masks: {timesteps: [rows, timesteps] of bool}, True for what is real. in_time: whether there is
    time for more than one pass.
    """
    poked = Watch(passes.keras, poke=loud)
    answers = passes.ask(poked)
    if moved(passes.answers, answers, masks, passes.keras).any() and passes.varies(seeds=False):
        return None
    more, others, why = None, (), "the time was up"
    if in_time:
        more, others, why = _with_more_padding(passes, masks)
    behind = moved(passes.answers, answers, masks, passes.keras, others)
    on = None
    if more is None and not behind.any() and in_time:
        answers = passes.ask(Watch(passes.keras, poke=_but_edges, everywhere=True))
        on = moved(passes.answers, answers, masks, passes.keras)
    return Moves(behind, poked.zeros, more, why, on)


def moved(before, after, masks, keras, others=(), at_end=None):
    """[rows] how far real answers are apart; not counted is what stands at masked steps.

    others: which answers have no time axis, though an axis that is as long as a mask. at_end: where
    steps were added; None: nowhere.
    """
    pairs = list(zip(as_arrays(before, keras), as_arrays(after, keras), strict=True))
    rows = len(next(iter(masks.values())))
    far, real_rows = np.zeros(rows), np.all([mask.any(axis=1) for mask in masks.values()], axis=0)
    for k, (one, other) in enumerate(pairs):
        if not _comparable(one, other, rows):
            continue
        timed = one.ndim > 1 and one.shape[1] in masks and k not in others
        if timed and one.shape != other.shape and at_end is not None:
            other = _without_more(other, at_end)
        if one.shape != other.shape:
            continue
        apart = np.abs(one.astype(float) - other)
        if timed:
            apart[~masks[one.shape[1]]] = 0
        size = np.abs(one).max(initial=0) or 1.0
        far = np.maximum(far, apart.reshape(rows, -1).max(axis=1, initial=0) / size)
    return np.where(real_rows & np.isfinite(far), far, 0.0)


def loud(values, mask):
    """values [rows, timesteps, …] with other numbers, of the size of these, where mask is False."""
    rng = np.random.default_rng(0)
    size = LOUD * (float(values.std()) or 1.0)
    noise = (size * rng.normal(size=values.shape)).astype(values.dtype)
    return np.where(mask.reshape(*mask.shape, *[1] * (values.ndim - 2)), values, noise)


def _but_edges(values, mask):
    """The same, but for the first and last step: a masked LSTM repeats its last answer there, and
    taking the last step of that is right."""
    mask = mask.copy()
    mask[:, [0, -1]] = True
    return loud(values, mask)


def _with_more_padding(passes, masks):
    """How far answers move [rows], which answers have no time axis, and why neither is known."""
    far, others = None, set()
    for steps, mask in masks.items():
        answers = None if mask.all() else _longer_by(passes, steps, mask)
        if answers is None:
            continue
        before, after = (as_arrays(nest, passes.keras) for nest in (passes.answers, answers))
        if not all(_fit(a, b, steps) for a, b in zip(before, after, strict=True)):
            continue
        for k, (a, b) in enumerate(zip(before, after, strict=True)):
            if a.ndim > 1 and a.shape[1] == steps and a.shape == b.shape:
                others.add(k)  # as many classes as there are timesteps, for instance
        apart = moved(passes.answers, answers, masks, passes.keras, others, is_at_end(mask))
        far = apart if far is None else np.maximum(far, apart)
    if far is None:
        return None, others, "the model takes no longer sequences"
    if far.any() and passes.varies():
        return None, others, "the model answers differently each time"
    return far, others, ""


def _longer_by(passes, steps, mask):
    """The answers to x with more padding of one kind; None unless that is taken, and masked."""
    at_end = is_at_end(mask)
    place = tuple(np.argwhere(~mask)[-1 if at_end else 0])
    made = longer(as_arrays(passes.x, passes.keras), place, steps, at_end)
    watch = Watch(passes.keras)
    try:
        answers = passes.ask(watch, passes.nest(made), any_length=True)
    except RuntimeError:
        return None
    grown = [m for _, m in watch.makers if m.shape[1] == steps + MORE]
    masked = grown and not any(_added(m, at_end).any() for m in grown)
    return answers if masked else None


def _fit(before, after, steps):
    """Whether an answer is as before, or longer by what was added."""
    if before.shape == after.shape:
        return True
    return before.ndim > 1 and after.shape == (len(before), steps + MORE, *before.shape[2:])


def _added(mask, at_end):
    """The part of a mask that was added."""
    return mask[:, -MORE:] if at_end else mask[:, :MORE]


def _without_more(array, at_end):
    return array[:, :-MORE] if at_end else array[:, MORE:]


def _comparable(one, other, rows):
    return one.ndim > 0 and len(one) == len(other) == rows and one.dtype.kind in "biuf"
