"""Does a sequence get the same answers in pieces as it gets as a whole?

Where it doesn't, the layers with a state are compared one by one: one that hears the same in both
and answers otherwise is the cause. If there is none, parts without a state hear several timesteps.
"""

import numpy as np

from ..report import QUESTION, Finding
from .asking import apart
from .inquiry import inner
from .pieces import joined

ROWS_MIXED = "its answers to pieces can't be put together to an answer of the whole."
BACKWARDS = (
    "“{}” runs backwards in time, so that the state which it hands to the next piece is that of an "
    "earlier timestep. A sequence that is read backwards can't be read in pieces."
)
WINDOW = (
    "though the layers with a state go on as in the whole: parts without a state hear several "
    "timesteps, or count them, as a convolution, a pooling, an attention or a place in the "
    "sequence does, and know no more than their piece."
)
WINDOWS = ("Conv", "Pool", "Attention", "Flatten", "UpSampling", "BatchNorm", "TimeDistributed")


def ask_split(inquiry, cutter, why):
    """The whole of x against two pieces of it, of different length."""
    if cutter is None:
        inquiry.not_seen.append(f"Pieces against the whole were not asked: {why}.")
        return
    asking, step = inquiry.asking, (cutter.timesteps + 2) // 3
    parts = cutter.cut(inquiry.x, 0, step), cutter.cut(inquiry.x, step, cutter.timesteps)
    (whole,) = asking.after(inquiry.x)
    try:
        answers = asking.after(*parts)
    except RuntimeError as error:
        inquiry.not_seen.append(f"Pieces against the whole were not asked: {error}")
        return
    together = joined(whole, answers)
    if together is None:
        inquiry.not_seen.append(f"Pieces were not compared with the whole: {ROWS_MIXED}")
        return
    distance, limit = apart(whole, together)
    inquiry.numbers |= {"split": distance, "rounding": limit}
    pieces = f"In two pieces ({step} and {cutter.timesteps - step} timesteps)"
    if distance <= limit:
        inquiry.seen.append(f"{pieces} the sequence gets the answers of the whole.")
        return
    asking.start()
    whole_heard, _ = inquiry.hear(inquiry.x)
    asking.start()
    heard = [inquiry.hear(part)[0] for part in parts]
    mask = next((call.mask for call in whole_heard.calls if call.mask is not None), None)
    if mask is not None and not _far(_real(whole, mask), _real(together, mask)):
        inquiry.seen.append(
            f"{pieces} the sequence gets the answers of the whole, but for masked timesteps."
        )
        return
    apart_by = f"{pieces} the sequence gets other answers than as a whole, by up to {distance:.3g}"
    in_time = any(a.shape != b.shape for a, b in zip(whole, answers[0], strict=True))
    _why(inquiry, cutter, whole_heard, heard, apart_by, in_time)


def _why(inquiry, cutter, whole, pieces, apart_by, in_time):
    """Tell what it comes from. in_time: whether there is an answer to each timestep."""
    causes = {n: _is_cause(whole.of(n), [h.of(n) for h in pieces]) for n in inquiry.holders}
    found = [n for n, cause in causes.items() if cause]
    found = [n for n in found if not any(m in found for m in inner(n))]
    backwards = [n for n in found if getattr(n, "go_backwards", False)]
    forwards = [n for n in found if n not in backwards]
    if backwards and not forwards:
        _ask_owner(inquiry, f"{apart_by}: {BACKWARDS.format(backwards[0].name)}", in_time)
    elif cutter.declared:
        inquiry.seen.append(
            f"{apart_by}; the model declares {cutter.timesteps} timesteps, so that pieces may not "
            "be what it takes."
        )
    elif forwards:
        layer = forwards[0]
        certain = _keras_own(layer) or (_causal(inquiry, cutter) and not _hears_several(layer))
        inquiry.found.append(
            Finding(
                "split differs",
                f"{apart_by}. “{layer.name}” hears the same in both and answers otherwise: what it "
                "carries is not all that it needs to go on. Look at what it writes into its state.",
                *(() if certain else (QUESTION,)),
            )
        )
    elif None in causes.values():
        inquiry.not_seen.append(f"{apart_by}; by which layer could not be told.")
    else:
        # Who hears to the end of the chunk takes it for a unit.
        _ask_owner(inquiry, f"{apart_by}, {WINDOW}", in_time and _causal(inquiry, cutter))


def _ask_owner(inquiry, words, in_time):
    """A question where each timestep is answered as it comes; a fact where the chunk is a unit."""
    if in_time:
        words = f"{words} Is the model meant to read sequences in pieces?"
        inquiry.found.append(Finding("split differs", words, QUESTION))
    else:
        inquiry.seen.append(words)


def _is_cause(whole, pieces):
    """Whether a layer answers otherwise to the same, in pieces and as a whole; None: not known."""
    if not whole or any(call.given is not None for call in whole):
        return False  # it did not run, or not from a state of its own
    if len(whole) > 1 or any(len(calls) != 1 for calls in pieces):
        return None
    parts = [calls[0] for calls in pieces]
    heard = joined(whole[0].x, [part.x for part in parts])
    if heard is None:
        return None
    if _far(whole[0].x, heard):
        return False
    if whole[0].y is not None and all(part.y is not None for part in parts):
        said = joined(whole[0].y, [part.y for part in parts])
        if said is None:
            return None
        if _far(_real(whole[0].y, whole[0].mask), _real(said, whole[0].mask)):
            return True
    last = [array for part in whole[0].exit for array in part]
    end = [array for part in parts[-1].exit for array in part]
    return [a.shape for a in last] == [a.shape for a in end] and _far(last, end)


def _far(one, other):
    distance, limit = apart(one, other)
    return distance > limit


def _real(arrays, mask):
    """The numbers of the timesteps that are not masked, as far as arrays have a time axis."""
    if mask is None:
        return arrays
    steps = mask.astype(bool)
    return [a[steps] if a.shape[: steps.ndim] == steps.shape else a for a in arrays]


def _causal(inquiry, cutter):
    """Whether the answers to all but the last timestep stay as they are without the last one."""
    asking, last = inquiry.asking, cutter.timesteps - 1
    (whole,) = asking.after(inquiry.x)
    (shorter,) = asking.after(cutter.cut(inquiry.x, 0, last))
    for one, other in zip(whole, shorter, strict=False):
        axes = [a for a in range(one.ndim) if one.shape[a] != other.shape[a]]
        if len(axes) != 1 or one.shape[axes[0]] != other.shape[axes[0]] + 1:
            return False
        if _far([np.take(one, range(last), axes[0])], [other]):
            return False
    return True


def _hears_several(layer):
    """Whether a layer holds others that hear several timesteps and keep nothing of them."""
    return any(
        any(word in type(one).__name__ for word in WINDOWS) for one in (layer, *inner(layer))
    )


def _keras_own(layer):
    return type(layer).__module__.startswith("keras.")
