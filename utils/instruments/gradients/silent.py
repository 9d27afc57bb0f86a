"""Trainable variables that get no gradient, and why: cut off, left out, without a loss, or unused.

TensorFlow gives None where no path leads from the loss to a variable. Whether the variable matters
nevertheless is asked by moving it: does the answer change, does the loss?
"""

from dataclasses import dataclass

from ..report import FAULT, QUESTION, Finding
from .moving import moved_by
from .steps_heard import key_of
from .wording import listed

ASKED = 6  # layers, of which each is moved by itself


@dataclass(frozen=True)
class Silent:
    """Variables of one layer that get no gradient, and what they move."""

    names: tuple[str, ...]
    layer: object | None
    offered: bool  # whether a tape was asked for their gradients
    answer: bool | None  # whether they move the answer; None: that can't be told
    loss: bool | None  # whether they move what is descended
    outputs: tuple[int, ...] = ()  # which answers they move


def silent_variables(step, trial):
    """The trainable variables without a gradient that nothing else has moved."""
    got = step.gradients
    written = {key_of(v) for v in step.heard.written.values()} | step.moved
    return [v for v in trial.trainable if got.get(key_of(v)) is None and key_of(v) not in written]


def look_at_silent(steps, trial):
    """Findings on variables that get no gradient in any of the steps, and facts."""
    quiet = [silent_variables(step, trial) for step in steps]
    keys = set.intersection(*[{key_of(v) for v in some} for some in quiet])
    variables = [v for v in quiet[0] if key_of(v) in keys]
    if not variables:
        return [], [], []
    if len(variables) == len(trial.trainable):
        return [_none_at_all(steps[0], trial)], [], []
    groups = _by_layer(variables, trial)
    found, seen = [], []
    not_seen = []
    if len(groups) > ASKED:
        not_seen.append(
            f"Of {len(groups)} layers without a gradient {ASKED} were moved one by one, to see "
            "what they change."
        )
    asked = [_asked(layer, some, steps[0], trial) for layer, some in groups[:ASKED]]
    for words, level in _judged(asked, trial):
        if level is None:
            seen.append(words)
        else:
            found.append(Finding("no gradient", words, level))
    return found, seen, not_seen


def _none_at_all(step, trial):
    what = "the answer" if trial.standing_in else "the loss"
    offered = any(step.heard.derived) or any(step.heard.applied)
    why = (
        f"no path leads back from {what} to them. Look for what has no slope (argmax, round, a "
        "cast to whole numbers), for NumPy in the middle, for stop_gradient, or for a loss that "
        "was computed outside of the tape."
        if offered
        else "no tape was asked for them, and no optimizer got any."
    )
    return Finding(
        "no gradient", f"None of the {len(trial.trainable)} trainable variables gets one: {why}"
    )


def _by_layer(variables, trial):
    """[(layer, its variables)], in the order of the model."""
    owners = {key_of(v): layer for layer in trial.layers for v in layer._trainable_variables}
    groups = {}
    for v in variables:
        owner = owners.get(key_of(v))
        groups.setdefault(id(owner), (owner, []))[1].append(v)
    return list(groups.values())


def _asked(layer, variables, step, trial):
    offered = {key_of(s) for derived in step.heard.derived for s in derived.sources}
    moves = moved_by(variables, trial)
    return Silent(
        tuple(trial.name(v) for v in variables),
        layer,
        any(key_of(v) in offered for v in variables),
        moves.answer,
        moves.loss,
        moves.outputs,
    )


def _judged(asked, trial):
    """Pairs of words, and the level or None for a fact."""
    for silent in asked:
        names = listed(silent.names)
        gets = "gets" if len(silent.names) == 1 else "get"
        goal = "the answer" if trial.standing_in else "the loss"
        if silent.loss or (trial.standing_in and silent.answer):
            if silent.offered:
                yield (
                    f"{names} {gets} no gradient, though {goal} changes when moved: the way back "
                    "is cut between them. Look for what has no slope (argmax, round, a cast to "
                    "whole numbers), for NumPy in the middle, or for stop_gradient.",
                    FAULT,
                )
            elif silent.answer is not False:
                yield (
                    f"{names} {gets} no gradient: trainable, and used, but not among the "
                    "variables for which train_step asks the tape. Hand it "
                    "self.trainable_variables, or set trainable = False.",
                    FAULT,
                )
            else:
                yield (
                    f"{names} {gets} no gradient and no optimizer: they move the loss but not "
                    "the answer, as a target network does.",
                    None,
                )
        elif silent.answer:
            several = trial.outputs > 1
            words = f"{names} {gets} no gradient: what they move is in no loss"
            if several:
                which = listed([str(k) for k in silent.outputs], quoted=False)
                words += f" (output {which} of {trial.outputs}, counted from 0)"
            yield words + ".", None if several else QUESTION
        elif silent.answer is None and silent.loss is None:
            yield f"Why {names} {gets} no gradient could not be asked.", QUESTION
        else:
            unused = _is_left_over(silent.layer, trial)
            yield (
                f"{names} {gets} no gradient: nothing depends on them, neither the answer nor "
                "the loss. "
                + (
                    "They belong to an output of a nested model that is not used here."
                    if unused
                    else "Is a result computed and then not used?"
                ),
                QUESTION if unused else FAULT,
            )


def _is_left_over(layer, trial):
    """Whether it belongs to a nested model with several outputs, of which some are not used."""
    nested = [
        part
        for part in trial.layers
        if isinstance(part, trial.keras.Model) and part is not trial.model
    ]
    return any(
        layer in part._flatten_layers() and len(getattr(part, "outputs", None) or ()) > 1
        for part in nested
    )
