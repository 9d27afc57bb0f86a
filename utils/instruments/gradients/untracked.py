"""Variables that the answer is made of, and that fit does not know."""

import numpy as np

from ..report import QUESTION, Finding
from .moving import moved_by
from .steps_heard import key_of, tensor_of
from .wording import listed


def look_at_untracked(step, trial):
    """Findings on variables that were read in a step, and that Keras does not track; and facts."""
    candidates = _candidates(step, trial)
    if not candidates:
        return [], []
    again = {key_of(v) for derived in trial.again().heard.derived for v in derived.watched}
    made_anew = [v for v in candidates if key_of(v) not in again]
    kept = [v for v in candidates if key_of(v) in again]
    found, seen = [], []
    if made_anew:
        found.append(
            Finding(
                "untracked variable",
                f"{_named(made_anew, trial)} {_is(made_anew)} made anew in every call, with new "
                "numbers, so that nothing can be learned: make layers and variables once, in "
                "__init__ or build.",
            )
        )
    moving = [v for v in kept if moved_by([v], trial, ask_loss=False).answer]
    weights = [v for v in moving if np.size(v) > 1]
    knobs = [v for v in moving if np.size(v) == 1]
    for some, level in ((weights, "fault"), (knobs if not weights else [], QUESTION)):
        if some:
            found.append(
                Finding(
                    "untracked variable",
                    f"{_named(some, trial)} {'move' if len(some) > 1 else 'moves'} the answer, and "
                    "the model does not know of it: fit does not train it, and saving leaves it "
                    "out."
                    + trial.where(some)
                    + " Make it with add_weight, or keep the layer as an attribute.",
                    level,
                )
            )
    beside = [v for v in kept if not any(v is m for m in moving)]
    if beside:
        seen.append(
            f"{_named(beside, trial)} {_is(beside)} read in the step but not tracked, and did not "
            "move the answer."
        )
    return found, seen


def _candidates(step, trial):
    """Read by a tape, not tracked, not trained, and no state that the model writes itself."""
    known = {key_of(v) for v in trial.model.variables} | set(step.received)
    known |= {id(tensor_of(v)) for v in step.heard.written.values()}
    found = {}
    for derived in step.heard.derived:
        for v in derived.watched:
            if key_of(v) not in known and v.dtype.is_floating:
                found[key_of(v)] = v
    return list(found.values())


def _named(variables, trial):
    return listed([trial.name(v) for v in variables])


def _is(variables):
    return "are" if len(variables) > 1 else "is"
