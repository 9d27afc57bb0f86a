"""One thing that two instruments see is told once, by the one that comes closer to the cause."""

from dataclasses import replace

from ..report import QUESTION

KEEPS = (  # (who keeps it, its finding), and the questions of others that say the same
    (
        ("axes", "answers are constant"),
        (
            ("gradients", "zero gradient"),
            ("shapes", "targets ignored"),
            ("axes", "timesteps unheard"),
        ),
    ),
    (("axes", "one timestep"), (("gradients", "zero gradient"),)),
    (("gradients", "no gradient"), (("gradients", "zero gradient"),)),
    (("noise", "acts in predict"), (("noise", "predict varies"),)),
    (("memory", "state without a reset"), (("noise", "hidden noise"),)),
)


def told_once(found):
    """found: a list of Told -> a tuple of those that are left; each names who saw the same.

    Only questions are left out: a fault is told by everyone who finds it.
    """
    there = {(told.instrument, told.name): told for told in found}
    for keeper, same in KEEPS:
        if keeper not in there:
            continue
        for key in same:
            other = there.get(key)
            if other is None or other.level != QUESTION:
                continue
            del there[key]
            there[keeper] = _joined(there[keeper], other)
    return tuple(there.values())


def _joined(kept, other):
    seen = f"{other.instrument} ({other.name})"
    words = f"{kept.words} The same shows in {seen}."
    return replace(kept, words=words, also=(*kept.also, seen))
