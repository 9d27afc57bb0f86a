"""Is it a function? The same parameters, asked again after all that may have left a trace."""

from dataclasses import dataclass, replace

import numpy as np

from .slopes import precision

MOVES = 1e-3, 0.1, 1.0  # as shares of the largest number in an array, or as they are below 1
ROUNDING = 1024  # units in the last place; sums whose order changes differ by a few


@dataclass(frozen=True)
class Answers:
    """What the same parameters got when they were handed in several times."""

    losses: tuple[tuple[str, float], ...]  # when it was called, and what it returned
    gradients: tuple[tuple[str, float], ...] = ()  # and how far off the first, as a share
    loss_varies: bool = False
    gradients_vary: bool = False
    growing: bool = False  # whether each call of gradients adds the same to the one before
    changed: tuple[str, ...] = ()  # who changed the parameters it was handed
    not_finite: tuple[str, ...] = ()  # gradients with NaN or infinity
    missing: tuple[str, ...] = ()  # gradients that are None
    still: bool = False  # whether the loss is the same wherever the parameters are
    in_place: bool = False  # whether the functions look at the caller's own arrays
    jitter: float = 0.0  # by how much equal losses differ, by rounding
    reason: str = ""  # why nothing can be compared


def probe(functions):
    """Ask loss and gradients several times -> Answers, and the gradients if they can be compared.

    The gradients are float64 arrays, zeros for None; None in their place if nothing more is to be
    asked.
    """
    moves = _moves(functions.start)
    losses = [
        (when, functions.loss_at(functions.start)) for when in ("at first", "when called again")
    ]
    if not np.isfinite([loss for _, loss in losses]).all():
        reason = f"The loss is {losses[0][1]} at these parameters, where no slope can be found."
        return Answers(tuple(losses), changed=tuple(functions.changed), reason=reason), None
    moved = [functions.loss_near(move) for move in moves]
    gradients = _asked_by_turns(functions, losses, moves[0])
    functions.watching = False
    loss_varies, jitter = _varies(losses, functions)
    if not loss_varies and not functions.in_place:
        functions.in_place = _looks_at_own(functions, moves, moved)
        if functions.in_place:
            moved = [functions.loss_near(move) for move in moves]
    first = gradients[0][1]
    apart = [(when, _apart(first, found)) for when, found in gradients]
    named = list(zip(functions.names, first, strict=True))
    answers = Answers(
        losses=tuple(losses),
        gradients=tuple(apart),
        loss_varies=loss_varies,
        gradients_vary=any(share > ROUNDING * _eps(first) for _, share in apart),
        growing=_growing([found for _, found in gradients]),
        changed=tuple(sorted(functions.changed)),
        not_finite=tuple(n for n, g in named if g is not None and not np.isfinite(g).all()),
        missing=tuple(n for n, g in named if g is None),
        still=not loss_varies and all(loss == losses[0][1] for loss in moved),
        in_place=functions.in_place,
        jitter=jitter,
    )
    if loss_varies or answers.not_finite or answers.still:
        return answers, None
    return answers, _filled(first, functions.start)


def _asked_by_turns(functions, losses, move):
    """The gradients, asked when both were called elsewhere; adds the losses in between."""
    start = functions.start
    losses.append(("after it was called elsewhere", functions.loss_at(start)))
    gradients = [("at first", functions.gradients_at(start))]
    losses.append(("after gradients was called", functions.loss_at(start)))
    gradients.append(("when called again", functions.gradients_at(start)))
    functions.loss_near(move)
    gradients.append(("after loss was called elsewhere", functions.gradients_at(start)))
    losses.append(("in the end", functions.loss_at(start)))
    return gradients


def _varies(losses, functions):
    """Whether losses that should be equal differ by more than rounding, and by how much."""
    values = np.array([loss for _, loss in losses])
    apart = float(np.ptp(values))
    return not apart <= ROUNDING * precision(functions.seen) * np.abs(values).max(), apart


def asked_once_more(answers, functions):
    """The answers, with one more loss at the same parameters, after all that was tried."""
    losses = (*answers.losses, ("after all steps", functions.loss_at(functions.start)))
    varies, _ = _varies(losses, functions)
    changed = tuple(sorted(functions.changed))
    return replace(answers, losses=losses, loss_varies=varies, changed=changed)


def _moves(start):
    """Parameters elsewhere: every number moved, by little and by much."""
    rng = np.random.default_rng(0)
    return [
        [_moved(array, share * rng.choice([-1, 1], array.shape)) for array in start]
        for share in MOVES
    ]


def _moved(array, share):
    size = max(1.0, np.abs(array).max(initial=0))
    return (array + share * size).astype(array.dtype)


def _looks_at_own(functions, moves, moved):
    """Whether the loss moves with the caller's own arrays, other than with those handed in."""
    eps = precision(functions.seen)
    for move, loss in zip(moves, moved, strict=True):
        own = functions.in_own_arrays(move)
        if own is not None and np.isfinite([own, loss]).all():
            return abs(own - loss) > ROUNDING * eps * max(abs(own), abs(loss))
    return False


def _apart(one, other):
    """The norm of the difference of two lists of gradients, over the norm of the first."""
    one, other = (_joined(gradients) for gradients in (one, other))
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.linalg.norm(other - one)
    if not apart > 0:
        return 0.0
    return float(apart / max(np.linalg.norm(one), np.finfo(float).tiny))


def _growing(gradients):
    """Whether calls add up: g, 2 g, 3 g."""
    first, *later = [_joined(found) for found in gradients]
    if not np.isfinite([first, *later]).all() or not first.any():
        return False
    return all(np.allclose(found, (k + 2) * first, rtol=1e-5) for k, found in enumerate(later))


def _joined(gradients):
    parts = [np.asarray(g, float).ravel() for g in gradients if g is not None]
    return np.concatenate(parts) if parts else np.zeros(1)


def _eps(gradients):
    return max(
        [np.finfo(g.dtype).eps for g in gradients if g is not None and g.dtype.kind == "f"],
        default=np.finfo(float).eps,
    )


def _filled(gradients, start):
    return [
        np.zeros(array.shape) if g is None else g.astype(float)
        for g, array in zip(gradients, start, strict=True)
    ]
