"""Does a variable matter? It is moved a good deal, and answer and loss are asked again."""

from dataclasses import dataclass

import numpy as np

from .steps_heard import tensor_of
from .trial import alike

FAR = 0.5, 1.5  # how far each number goes, as a share of the largest, or of 1


@dataclass(frozen=True)
class Moves:
    """What changes when some variables are moved."""

    answer: bool | None  # None: can't be told
    loss: bool | None
    outputs: tuple[int, ...] = ()  # which answers


def moved_by(variables, trial, ask_loss=True):
    """Move all of some variables at once -> Moves. The model is put back."""
    answer = _ask(variables, trial, trial.answers)
    loss = None
    if ask_loss:
        loss = _ask(variables, trial, lambda: _descended(trial))
    outputs = ()
    if answer is not None:
        outputs = tuple(k for k, (a, b) in enumerate(zip(*answer, strict=True)) if a is not b)
    return Moves(
        None if answer is None else bool(outputs),
        None if loss is None else any(a is not b for a, b in zip(*loss, strict=True)),
        outputs,
    )


def _ask(variables, trial, ask):
    """Answers before and after, a list each, where equal elements are the same object.

    None if that can't be told: the model raises, or does not answer the same way twice.
    """
    kept = [(v, np.asarray(v).copy()) for v in map(tensor_of, variables)]

    def elsewhere():
        try:
            for v, value in kept:
                v.assign(_far_from(value))
            return ask()
        finally:
            for v, value in kept:
                v.assign(value)

    try:
        first, then = trial.runs.again(ask), trial.runs.again(elsewhere)
        steady = alike(first, then) or alike(first, trial.runs.again(ask))
    except RuntimeError:
        return None
    if not steady or len(then) != len(first):
        return None
    return first, [a if alike([a], [b]) else b for a, b in zip(first, then, strict=True)]


def _far_from(value):
    rng = np.random.default_rng(0)
    size = max(1.0, float(np.abs(value.astype(float)).max(initial=0)))
    way = rng.uniform(*FAR, value.shape) * rng.choice([-1, 1], value.shape)
    return (value + size * way).astype(value.dtype)


def _descended(trial):
    """What the tapes were asked to derive in one step, one number for each; or what was logged."""
    step = trial.step()
    if step.error is not None:
        raise step.error
    return [np.asarray(number) for number in step.descended or step.losses[:1]]
