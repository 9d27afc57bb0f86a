"""The instrument: steps of the model's own fit, what was heard of them, and what it means."""

import sys

import numpy as np

from ..report import Report
from ..runs import Runs, batch_of
from ..untouched import untouched
from . import picture
from .alikes import look_at_repeats, look_at_starts, look_at_twins
from .differences import look_at_differences
from .handed import look_at_handing_over
from .hearing import Foreign
from .looked import fact, unknown
from .silent import left_out, look_at_silent, silent_variables
from .steps_heard import key_of
from .trial import Trial
from .untracked import look_at_untracked
from .updates import look_at_finite, look_at_still, look_at_zero, looks_zero, stand_still

SECONDS = 1.2
STEPS = 4  # of fit on one batch, where the first one leaves a doubt


def gradients(model, x, y=None, *, seconds=SECONDS):
    """Listen to a step of a Keras model's own fit: does every weight get its gradient, and move?

    model: a Keras model or layer, built or not, compiled or not. x, y: one batch as for `fit`,
        arrays or nests of them, or a tf.data.Dataset or PyDataset as x. Without a loss the answers,
        each weighted at random, stand in for it.
    seconds: how long it may take, tracing and the first step not counted.

    Own train_steps, loops within them and several optimizers are heard as they run. Returns a
    Report; numbers: "norms", {variable: norm of its gradient, or None where there is none}, and
    "descended", for each step the values that its tapes were asked to derive. The model is left
    bit for bit as it was. Raises TypeError for what can't be called, ValueError for a batch that
    can't be used, and RuntimeError from the model's own exception.
    """
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if not callable(model) or isinstance(model, type):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(f"model is {what}; expected a Keras model or layer.")
    if keras is None or not isinstance(model, keras.Layer):
        return _not_looked_at(
            "This is a plain function, of whose training nothing is known. gradcheck(loss, "
            "gradients, parameters) compares gradients with differences."
        )
    if keras.backend.backend() != "tensorflow":
        return _not_looked_at(
            f"Gradients are listened to with TensorFlow; Keras runs on {keras.backend.backend()}."
        )
    foreign = Foreign()
    with untouched(model, foreign.put_back):
        x, y, notes = batch_of(model, x, y, keras)
        runs = Runs(model, x, y, notes, keras)
        return _report(Trial(model, runs, foreign, seconds, keras))


def _not_looked_at(why):
    return Report("gradients", not_seen=(why,))


def _report(trial):
    trial.build()
    first = trial.step()
    if first.error is not None and not _nothing_to_apply(first, trial):
        raise first.error
    trial.remember()  # everything is built by now
    if not trial.trainable:
        kind = "weights that could be trained" if not trial.model.variables else "trainable weights"
        return Report(
            "gradients", seen=(f"There are no {kind}.",), not_seen=tuple(trial.runs.notes)
        )
    steps = [first, *_more_steps(first, trial)]
    looked = _looked_at(steps, trial)
    norms = _norms(first, trial)
    if not looked.found:
        looked = fact(_all_well(first, norms, trial)) + looked
    return Report(
        "gradients",
        looked.found,
        looked.seen,
        (*looked.not_seen, *trial.runs.notes),
        {"norms": norms, "descended": [step.descended for step in steps]},
        lambda: picture.draw(norms),
    )


def _nothing_to_apply(step, trial):
    """Whether the step raised since there was no gradient at all, as Keras does."""
    return len(silent_variables(step, trial)) == len(trial.trainable) and any(
        all(g is None for g in derived.gradients) for derived in step.heard.derived
    )


def _more_steps(first, trial):
    """Further steps on the same batch, if the first one leaves a doubt that they may lift."""
    doubts = (
        left_out(first, trial),
        looks_zero(first, trial) and not trial.standing_in,
        stand_still(first, trial),
        first.heard.skipped,
    )
    if first.error is not None or not any(doubts):
        return []
    steps = []
    try:
        count = trial.affords(STEPS - 1, lambda: steps.append(trial.step()))
        while steps[-1].error is None and len(steps) < count:
            steps.append(trial.step())
    finally:
        trial.runs.put_back()
    return [step for step in steps if step.error is None]


def _looked_at(steps, trial):
    first = steps[0]
    looked = look_at_silent(steps, trial) + look_at_untracked(first, trial)
    looked += look_at_twins(first, trial) + look_at_still(steps, trial)
    not_finite = look_at_finite(first, trial)
    looked += not_finite + look_at_zero(steps, trial)
    looked += look_at_starts(first, trial) + look_at_repeats(first, trial)
    if not not_finite.found:
        looked += look_at_handing_over(first, trial) + look_at_differences(first, trial)
    if first.heard.lost:
        looked += unknown(f"{first.heard.lost} calls could not be followed.")
    return looked


def _norms(step, trial):
    norms = {}
    for v in trial.trainable:
        gradient = step.gradients.get(key_of(v))
        norms[trial.name(v)] = None if gradient is None else float(np.linalg.norm(gradient))
    return norms


def _all_well(step, norms, trial):
    sizes = [size for size in norms.values() if size is not None and np.isfinite(size)]
    what = "the stand-in for a loss" if trial.standing_in else "the loss"
    words = f"Each of {len(norms)} trainable variables gets a gradient of {what}"
    if sizes:
        words += f", of norm {min(sizes):.1g} to {max(sizes):.1g}"
    return words + "."
