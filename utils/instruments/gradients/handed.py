"""From the tape to the optimizer: is the gradient that arrives the one that was derived for it?"""

import numpy as np

from ..report import QUESTION, Finding
from .looked import NOTHING, fact, finding, unknown
from .steps_heard import as_array, key_of
from .wording import listed

SAME = 1e-4  # of its size, by which a gradient may differ by rounding, or by another precision


def look_at_handing_over(step, trial):
    """Findings on gradients that arrive at another variable, or upside down; and facts."""
    derived = _derived(step)
    if not derived:
        return NOTHING
    swapped, turned, scaled, other = [], [], [], []
    for applied in step.heard.applied:
        for gradient, v in zip(applied.gradients, applied.variables, strict=False):
            gradient = as_array(gradient)
            mine = derived.get(key_of(v))
            if gradient is None or mine is None or not np.any(gradient):
                continue
            factors = [factor_of(gradient, d) for d in (*mine, sum(mine))]
            known = [factor for factor in factors if factor is not None]
            if any(abs(factor - 1) < SAME for factor in known):
                continue
            whose = _owner(gradient, v, derived, step)
            if known:
                (turned if max(known) < 0 else scaled).append(trial.name(v))
            elif whose is not None:
                swapped.append(f"{trial.name(v)} gets that of {trial.name(whose)}")
            else:
                other.append(trial.name(v))
    return _said(swapped, turned, scaled, other)


def _said(swapped, turned, scaled, other):
    looked = NOTHING
    if swapped:
        looked += finding(
            Finding(
                "gradient is not the loss's",
                f"Gradients reach the wrong variables: {listed(swapped)}. They were derived in "
                "another order than they are applied: zip them with the very list that the tape "
                "got.",
            )
        )
    if turned:
        looked += finding(
            Finding(
                "gradient is a multiple",
                f"The gradients of {listed(turned)} reach the optimizer with the sign turned: each "
                "step climbs what the tape derived. Is that meant?",
                QUESTION,
            )
        )
    if scaled:
        looked += fact(
            f"The gradients of {listed(scaled)} are scaled between tape and optimizer, as by "
            "clipping."
        )
    if other:
        looked += unknown(
            f"The gradients of {listed(other)} are changed between tape and optimizer; how was not "
            "looked at."
        )
    return looked


def _derived(step):
    """key -> the gradients that tapes gave for a variable."""
    found = {}
    for derived in step.heard.derived:
        for gradient, source in zip(derived.gradients, derived.sources, strict=True):
            if gradient is not None and hasattr(source, "assign"):
                found.setdefault(key_of(source), []).append(as_array(gradient))
    return found


def _owner(gradient, variable, derived, step):
    """The one other variable whose gradient this is, number by number; None if there is none."""
    sources = {key_of(s): s for d in step.heard.derived for s in d.sources}
    owners = [
        sources[key]
        for key, found in derived.items()
        if key != key_of(variable) and any(factor_of(gradient, d) == 1 for d in found)
    ]
    return owners[0] if len(owners) == 1 and gradient.size > 1 else None


def factor_of(one, other):
    """The number by which `one` is a multiple of `other`; None if it is none."""
    if one.shape != other.shape or not np.any(other) or not np.isfinite([one, other]).all():
        return None
    if np.array_equal(one, other):
        return 1
    size = np.linalg.norm(other)
    factor = float((one / size).ravel() @ (other / size).ravel())
    return factor if np.linalg.norm(one - factor * other) <= SAME * abs(factor) * size else None
