"""Trainable variables that get no gradient, and why: cut off, left out, without a loss, or unused.

TensorFlow gives None where no path leads from the loss to a variable. Whether the variable matters
nevertheless is asked by moving it: does the answer change, does the loss?
"""

from ..report import FAULT, QUESTION, Finding
from .looked import NOTHING, fact, finding, unknown
from .moving import moved_by
from .steps_heard import key_of
from .wording import listed

ASKED = 6  # layers, of which each is moved by itself
SEEN, NOT_SEEN = "seen", "not seen"  # beside the levels of a finding
CUT, LEFT_OUT, TARGET, NO_LOSS, HEAD, UNUSED, LEFT_OVER, UNKNOWN = range(8)
SAID = {  # why it is silent -> level, and words
    CUT: (
        FAULT,
        "though {goal} changes when they are moved: the way back is cut in between. Look for what "
        "has no slope (argmax, round, a cast to whole numbers), for NumPy in the middle, or for "
        "stop_gradient.",
    ),
    LEFT_OUT: (
        FAULT,
        "though they are trainable, and used: they are not among the variables for which "
        "train_step asks the tape. Hand it self.trainable_variables, or set trainable = False.",
    ),
    TARGET: (
        SEEN,
        "and no optimizer: they move the loss but not the answer, as a target network does.",
    ),
    NO_LOSS: (QUESTION, "and move the answer but not the loss: what they make is in no loss."),
    HEAD: (SEEN, "since what they make, output {outputs}, is in no loss."),
    UNUSED: (
        FAULT,
        "and nothing depends on them, neither the answer nor the loss. Is a result computed and "
        "then not used?",
    ),
    LEFT_OVER: (
        QUESTION,
        "and nothing depends on them: they belong to a nested model with several outputs, of which "
        "one is not used here.",
    ),
    UNKNOWN: (NOT_SEEN, "and why could not be asked: the model raises, or varies, when asked."),
}


def silent_variables(step, trial):
    """The trainable variables without a gradient that nothing else has moved."""
    got = step.gradients
    written = {key_of(v) for v in step.heard.written.values()} | step.moved
    return [v for v in trial.trainable if got.get(key_of(v)) is None and key_of(v) not in written]


def left_out(step, trial):
    """Silent variables for which no tape was asked: their turn may come in another step."""
    offered = _offered(step)
    return [v for v in silent_variables(step, trial) if key_of(v) not in offered]


def look_at_silent(steps, trial):
    """Findings on variables that get no gradient in any of the steps, facts, and what is open."""
    quiet = [silent_variables(step, trial) for step in steps]
    keys = set.intersection(*[{key_of(v) for v in some} for some in quiet])
    variables = [v for v in quiet[0] if key_of(v) in keys]
    if not variables:
        return NOTHING
    if len(variables) == len(trial.trainable):
        return finding(_none_at_all(steps[0], trial))
    groups, why = _by_layer(variables, trial), {}
    for layer, some in groups[:ASKED]:
        reason, outputs = _why(layer, some, steps[0], trial)
        names, places = why.setdefault(reason, ([], set()))
        names += [trial.name(v) for v in some]
        places |= set(outputs)
    looked = NOTHING
    for reason, (names, places) in why.items():
        looked += _said(reason, names, places, trial)
    if len(groups) > ASKED:
        looked += unknown(
            f"Of {len(groups)} layers without a gradient {ASKED} were moved, to see what changes."
        )
    return looked


def _none_at_all(step, trial):
    goal = "the answer" if trial.standing_in else "the loss"
    why = "no tape was asked for them, and no optimizer got any."
    if step.heard.derived or step.heard.applied:
        why = (
            f"no path leads back from {goal} to them. Look for what has no slope (argmax, round, a "
            "cast to whole numbers), for NumPy in the middle, for stop_gradient, or for a loss "
            "that was computed outside of the tape."
        )
    words = f"None of the {len(trial.trainable)} trainable variables gets a gradient: {why}"
    return Finding("no gradient", words)


def _by_layer(variables, trial):
    """[(layer, its variables)], in the order of the model."""
    owners, groups = trial.owners, {}
    for v in variables:
        owner = owners.get(key_of(v))
        groups.setdefault(id(owner), (owner, []))[1].append(v)
    return list(groups.values())


def _why(layer, variables, step, trial):
    """Why the variables of one layer are silent, and which outputs they move."""
    offered = _offered(step)
    moves = moved_by(variables, trial)
    goal_moves = moves.answer if trial.standing_in else moves.loss
    if goal_moves is None or (moves.answer is None and not goal_moves):
        return UNKNOWN, ()
    if goal_moves and any(key_of(v) in offered for v in variables):
        return CUT, ()
    if goal_moves:
        return (TARGET if moves.answer is False else LEFT_OUT), ()
    if moves.answer:
        return (HEAD if trial.outputs > 1 else NO_LOSS), moves.outputs
    return (LEFT_OVER if _is_left_over(layer, trial) else UNUSED), ()


def _offered(step):
    return {key_of(s) for derived in step.heard.derived for s in derived.sources}


def _is_left_over(layer, trial):
    """Whether it belongs to a nested model with several outputs."""
    nested = [part for part in trial.layers if isinstance(part, trial.keras.Model)]
    return any(
        part is not trial.model
        and len(getattr(part, "outputs", None) or ()) > 1
        and any(layer is inner for inner in part._flatten_layers())
        for part in nested
    )


def _said(reason, names, outputs, trial):
    level, words = SAID[reason]
    words = words.format(
        goal="the answer" if trial.standing_in else "the loss",
        outputs=listed([f"{k} of {trial.outputs}" for k in sorted(outputs)], quoted=False),
    )
    comma = "," if words.startswith(("though", "since")) else ""
    words = f"{listed(names)} {'gets' if len(names) == 1 else 'get'} no gradient{comma} {words}"
    if level in (SEEN, NOT_SEEN):
        return fact(words) if level == SEEN else unknown(words)
    return finding(Finding("no gradient", words, level))
