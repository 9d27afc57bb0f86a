"""What reaches the optimizer, and what comes of it: numbers, zeros, weights that stand still."""

import numpy as np

from ..report import QUESTION, Finding
from ..slopes import norm
from .looked import NOTHING, fact, finding, unknown
from .moving import moved_by
from .steps_heard import key_of
from .wording import listed

FAINT = 1e-6  # of the largest gradient, which is about what rounding leaves of it
FAINT_LAYERS = 2  # that are looked at more closely
LOST = 2.0**-25  # of a float32, which a step has to exceed to change it


def look_at_finite(step, trial):
    """A finding on gradients that hold NaN or infinity."""
    lost = [
        trial.name(v)
        for v in trial.trainable
        if (g := step.gradients.get(key_of(v))) is not None and not np.isfinite(g).all()
    ]
    if step.heard.skipped or not lost:
        return NOTHING
    loss = ""
    if not np.isfinite(step.descended).all():
        loss = " The loss itself is no finite number."
    count = f"all {len(lost)}" if len(lost) == len(trial.trainable) else f"{len(lost)}"
    return finding(
        Finding(
            "gradient is not finite",
            f"The gradients of {listed(lost)} hold NaN or infinity ({count} of "
            f"{len(trial.trainable)} variables).{loss} Look for a division by 0, a log or a root "
            "of 0, or an exp that is too large.",
        )
    )


def look_at_zero(steps, trial):
    """A question on layers whose gradients are 0 in every number of every step."""
    if not np.any(steps[0].descended):
        return fact("What is descended is 0, and so are all gradients.")
    zero, faint = [], []
    for layer in trial.layers:
        own = [v for v in layer._trainable_variables if v.trainable]
        if own and all(_is_zero(v, step) for v in own for step in steps):
            zero += own
        elif own and all(_is_faint(v, step) for v in own for step in steps):
            faint.append(own)
    for own in faint[:FAINT_LAYERS]:  # a slope that is lost in rounding, or none
        moves = moved_by(own, trial)
        if moves.loss is False and moves.answer is False:
            zero += own
    if not zero:
        return NOTHING
    count = f"{len(steps)} step{'s' if len(steps) > 1 else ''}"
    return finding(
        Finding(
            "zero gradient",
            f"The gradients of {listed([trial.name(v) for v in zero])} are 0 in all their numbers, "
            f"but for rounding, in {count} on this batch: nothing is learned there. Look for units "
            "that are all switched off (relu below 0), for a factor 0, for inputs that are all 0, "
            "for a softmax over one number, or for an answer that can't change.",
            QUESTION,
        )
    )


def looks_zero(step, trial):
    """Whether all gradients of some layer are 0 in this step."""
    return any(_is_zero(v, step) for v in trial.trainable)


def _is_zero(v, step):
    gradient = step.gradients.get(key_of(v))
    return gradient is not None and gradient.size > 0 and not gradient.any()


def _is_faint(v, step):
    """Whether a gradient is nothing but the rounding of others."""
    gradient = step.gradients.get(key_of(v))
    return gradient is not None and norm(gradient) < FAINT * step.largest


def stand_still(step, trial):
    """Whether a step moved none of the weights, though there was something to descend."""
    if trial.standing_in or step.error is not None or not trial.trainable:
        return False
    mine = {key_of(v) for v in trial.trainable}
    return not (step.moved & mine) and any(
        g is not None and np.any(g) for g in step.gradients.values()
    )


def look_at_still(steps, trial):
    """A finding on weights that no step moves; and what can't be told."""
    if not all(stand_still(step, trial) for step in steps):
        return NOTHING
    count, last = len(steps), steps[-1]
    n = f"{count} step{'s' if count > 1 else ''}"
    applied = [a for step in steps for a in step.heard.applied]
    if any(step.heard.skipped for step in steps):
        return unknown(f"Whether the weights move: the loss scale held back {n}.")
    if any(getattr(a.optimizer, "gradient_accumulation_steps", None) for a in applied):
        wanted = max(a.optimizer.gradient_accumulation_steps or 0 for a in applied)
        if wanted > count:
            return unknown(f"Whether the weights move: gradients are gathered over {wanted} steps.")
    words = f"In {n} of fit no trainable weight moved, though there are gradients. "
    if not applied:
        words += "No optimizer was asked to apply them: look at the end of train_step."
    elif all(a.rate == 0 for a in applied):
        words += "The learning rate is 0."
    elif not any(_should_move(a, last, trial) for a in applied):
        return unknown(f"Whether the weights move: {n} of fit are too small to change a float32.")
    else:
        rates = ", ".join(sorted({f"{a.rate:.1g}" for a in applied}))
        words += f"The learning rate is {rates}: does the optimizer get the model's own variables?"
    return finding(Finding("weights do not move", words))


def _should_move(applied, step, trial):
    """Whether the plainest of steps, rate times gradient, would change any number."""
    for v in trial.trainable:
        value, gradient = step.before.get(key_of(v)), step.gradients.get(key_of(v))
        if value is None or gradient is None or value.shape != gradient.shape:
            continue
        if np.any(np.abs(applied.rate * gradient) > LOST * np.abs(value) + 1e-30):
            return True
    return False
