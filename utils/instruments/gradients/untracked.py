"""Variables that the answer is made of, and that fit does not know."""

import numpy as np

from ..report import QUESTION, Finding
from .looked import NOTHING, fact, finding
from .moving import moved_by
from .steps_heard import key_of, tensor_of
from .wording import listed

ANEW = (
    "Made anew in every call, with new numbers, so that nothing can be learned: {}. Make layers "
    "and variables once, in __init__ or build."
)
UNKNOWN_TO_FIT = (
    "The answer is made with {}, which the model does not know of: fit does not train it, and "
    "saving leaves it out. Make it with add_weight, or keep the layer as an attribute."
)
BESIDE = "Read in the step and not tracked, but the answer does not depend on it: {}."


def look_at_untracked(step, trial):
    """Findings on variables that were read in a step, and that Keras does not track; and facts."""
    candidates = _candidates(step, trial)
    if not candidates:
        return NOTHING
    read_again = {key_of(v) for derived in trial.again().heard.derived for v in derived.watched}
    places, looked = _places(step, trial), NOTHING

    def named(variables):
        return listed([places.get(key_of(v)) or trial.name(v) for v in variables])

    if made_anew := [v for v in candidates if key_of(v) not in read_again]:
        looked += finding(Finding("untracked variable", ANEW.format(named(made_anew))))
    kept = [v for v in candidates if key_of(v) in read_again]
    moving = [v for v in kept if moved_by([v], trial, ask_loss=False).answer]
    weights = [v for v in moving if np.size(v) > 1]
    if weights:
        looked += finding(Finding("untracked variable", UNKNOWN_TO_FIT.format(named(weights))))
    elif moving:  # a single number may be a knob that somebody turns
        words = UNKNOWN_TO_FIT.format(named(moving)) + " Is it not to be learned?"
        looked += finding(Finding("untracked variable", words, QUESTION))
    beside = [v for v in kept if not any(v is m for m in moving)]
    if beside:
        looked += fact(BESIDE.format(named(beside)))
    return looked


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


def _places(step, trial):
    """key of a variable -> where it is kept: in a layer that was called, or as an attribute."""
    found = {}
    for layer in {id(part): part for part, _, _ in step.heard.called}.values():
        found |= {key_of(v): f"{layer.name}/{v.name}" for v in layer._trainable_variables}
    for layer in trial.layers:
        for name, value in vars(layer).items():
            if hasattr(value, "assign") and not name.startswith("_"):
                found.setdefault(key_of(value), f"{layer.name}.{name}")
    return found
