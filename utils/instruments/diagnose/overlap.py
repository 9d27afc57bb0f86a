"""One thing that two instruments see is told once, by the one that comes closer to the cause."""

from dataclasses import replace

from ..report import QUESTION

KEEPS = {  # (who keeps it, its finding) -> questions of other instruments that come from it
    ("axes", "answers are constant"): [("gradients", "zero gradient")],
    ("axes", "one timestep"): [("gradients", "zero gradient")],  # of the recurrent weights
    ("memory", "state without a reset"): [("noise", "hidden noise")],
}


def told_once(found):
    """found: Told, in order -> a tuple of those that are left, which say what the others saw.

    Only questions are taken in: a fault is told by everyone who finds it.
    """
    left = list(found)
    for keeper, others in KEEPS.items():
        kept = next((told for told in left if _key(told) == keeper), None)
        taken = [told for told in left if _key(told) in others and told.level == QUESTION]
        if kept is None or not taken:
            continue
        joined = kept
        for told in taken:
            joined = _with(joined, told)
        left = [joined if told is kept else told for told in left if told not in taken]
    return tuple(left)


def _key(told):
    return told.instrument, told.name


def _with(kept, other):
    seen = f"{other.instrument} ({other.name})"
    return replace(
        kept, words=f"{kept.words} Seen by {seen}, too: {other.words}", also=(*kept.also, seen)
    )
