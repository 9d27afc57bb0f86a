"""Does a variable matter? It is moved a good deal, and answer and loss are asked again."""

from dataclasses import dataclass

import numpy as np

from .steps_heard import alike, tensor_of

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
    if ask_loss and trial.left > 0:
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
    """The same before and after, a list each, equal elements made one; None if it can't be told."""
    try:
        first, again = trial.runs.again(ask), trial.runs.again(ask)
        if not alike(first, again):
            return None

        def elsewhere():
            kept = [(v, np.asarray(tensor_of(v)).copy()) for v in variables]
            try:
                for v, value in kept:
                    tensor_of(v).assign(_far_from(value))
                return ask()
            finally:
                for v, value in kept:
                    tensor_of(v).assign(value)

        then = trial.runs.again(elsewhere)
    except Exception:
        return None
    if len(then) != len(first):
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
    return step.descended or step.losses[:1]
