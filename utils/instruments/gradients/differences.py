"""Are the gradients those of what is descended? Differences of it, along random lines.

A finding needs the same answer along several lines and from two points. Where something is meant to
have other gradients than its slope (stop_gradient, steps that pass gradients straight through, a
reversal of gradients), nothing is concluded.
"""

import numpy as np

from ..report import QUESTION, Finding
from .looked import NOTHING, fact, finding, unknown
from .own import own_parts
from .point import LINES, Point, common
from .retraced import Retraced
from .steps_heard import key_of
from .wording import listed

CALLS = 100  # of the step, about, until something is known
ELSEWHERE = 0.05  # how far the second point is, as a share of the largest number, or of 1
ASKED = 6  # variables in doubt that are looked at more closely
NEAR = 0.1  # a factor that is no more than this from 1 is no reversal, nor a weight
NOT = "Gradients were not compared with differences: "
OPEN = "Whether gradients are those of the loss can't be told: "


def look_at_differences(step, trial):
    """A finding on gradients that are not those of the loss; or a fact, or why it is open."""
    if not own_parts(trial) and not step.heard.bent:
        return unknown(f"{NOT}layers and loss are Keras' own.")
    if why := _why_not(step):
        return unknown(NOT + why)
    optimizers = [applied.optimizer for applied in step.heard.applied] + trial.optimizers
    try:
        retraced = Retraced(trial, optimizers)
    except Exception as error:  # of somebody's own code, which need not be fit for a graph
        return unknown(f"{NOT}as a graph the step raises {type(error).__name__}.")
    if not retraced.start:
        return NOTHING
    try:
        return _compared(retraced, step, trial)
    finally:
        trial.runs.put_back()


def _why_not(step):
    calls = [d for d in step.heard.derived if d.of_variables]
    if step.error is not None:
        return "the step raised."
    if len(calls) > 1 or len(step.heard.applied) > 1:
        return f"the step derives {len(calls)} times, each time something else."
    if not calls:
        return "no tape was heard, so that it is not known what is descended."
    if step.heard.skipped:
        return "the loss scale held the step back."
    return ""


def _compared(retraced, step, trial):
    if trial.affords(CALLS, lambda: retraced.at(retraced.start)) < CALLS:
        return unknown(f"{NOT}that takes {CALLS} runs of the step, and one takes too long for it.")
    here = Point(retraced, retraced.start)
    if here.why_not:
        return unknown(OPEN + here.why_not)
    doubtful, looked_at, blunt = here.look()
    if doubtful:
        return _judged(doubtful, here, retraced, step)
    if blunt == looked_at:
        return unknown(f"{OPEN}rounding hides what the differences would show.")
    total = len(here.gradient)
    these = f"{looked_at} variable{'' if looked_at == 1 else 's'}"
    flat = f" ({blunt} too flat to tell)" if blunt else ""
    looked = fact(
        f"Along random lines through {these} the loss changes as the gradients say{flat}."
    )
    if looked_at < total:
        looked += unknown(f"Of {total} variables {looked_at} were compared with differences.")
    return looked


def _judged(doubtful, here, retraced, step):
    """What is said of variables that are off along one line: first, whether they really are."""
    there = Point(retraced, [_nearby(array) for array in retraced.start])
    sure = []
    for a in () if there.why_not else doubtful[:ASKED]:
        pair = here.doubt(a), there.doubt(a)
        if all(pair):
            sure.append(pair)
    if not sure:
        names = listed([retraced.names[a] for a in doubtful])
        return unknown(f"{OPEN}of {names} one line says no, and others do not.")
    names = listed([at_first.name for at_first, _ in sure])
    if all(at_first.still for at_first, _ in sure):
        return unknown(
            f"The gradients of {names} are no slopes: the loss does not move by small steps, so "
            "that gradients are passed straight through, as is usual."
        )
    why = _meant(step, retraced)
    factors = [doubt.factor for pair in sure for doubt in pair if doubt.size > 1]
    factor = common(factors) if factors and None not in factors else None
    if factor is not None and not (why and abs(factor - 1) < NEAR):
        return finding(
            Finding(
                "gradient is a multiple",
                f"The loss changes {factor:.3g} times as fast as the gradients of {names} say, "
                "along every line. Is that meant, as by a reversal of gradients?",
                QUESTION,
            )
        )
    if why:
        return unknown(f"The gradients of {names} are not the slopes of the loss: {why}")
    return finding(_not_of_the_loss(names, sure[0][0]))


def _not_of_the_loss(names, doubt):
    return Finding(
        "gradient is not the loss's",
        f"The gradients of {names} are not those of the loss: along a random line through "
        f"“{doubt.name}” it changes by {doubt.found[0]:.3g} per unit, and the gradient says "
        f"{doubt.expected[0]:.3g}; so along up to {LINES} lines from each of two points. Look at "
        "custom_gradient: gradcheck compares one layer number by number.",
    )


def _nearby(array):
    rng = np.random.default_rng(array.size)
    size = max(1.0, float(np.abs(array).max(initial=0)))
    return (array + ELSEWHERE * size * rng.uniform(-1, 1, array.shape)).astype(array.dtype)


def _meant(step, retraced):
    """Why gradients may differ from slopes on purpose; nothing if no reason was heard."""
    if step.heard.stopped:
        return "stop_gradient was called, and the loss changes through what is stopped, too."
    if "steps" in step.heard.bent or retraced.quantized:
        return "some of it goes in steps, and gradients are passed straight through."
    if "identity" in step.heard.bent:
        return "a part is there to change gradients, and changes nothing else."
    trial = retraced.trial
    harmless = [*getattr(trial.model, "metrics", ()), *trial.layers]
    harmless = [part for part in harmless if type(part).__module__.startswith("keras.")]
    known = {key_of(v) for part in harmless for v in part.variables}
    if any(key_of(v) not in known for v in step.heard.written.values()):
        return "variables are written on the way, through which no gradient flows."
    return ""
