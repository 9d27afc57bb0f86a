"""The memory of a plain function: asked is what a caller could ask, one call after the other."""

import numpy as np

from utils.error_text import text_of

from ..calling import check_input, take_apart
from ..report import QUESTION, Finding, Report
from ..seeds import global_seeds_kept
from .asking import another, apart, arrays_of, differ, ways_to_forget
from .hearing import RESETS
from .keeping import kept, owner_of
from .pieces import joined
from .wording import STATELESS, carried, not_reset, reset_works, without_reset

NO_BEGINNING = (
    "The same x gets different answers, and the function offers no reset_state() and no state that "
    "could be put back: a state can't be told from noise. Hand in the model itself, or give the "
    "function a reset_state()."
)
INSIDE = "In which order streams run can't be heard of a plain function."


class _Function:
    """A function that can be asked again from where it began, as far as that can be put back."""

    def __init__(self, function, x):
        self.function = function
        self.put_back, self.hold = kept(function)
        self.resets = _resets(function)
        self.arrays, self.put_together = take_apart(x)

    def start(self):
        """Back to the beginning."""
        if self.put_back:
            self.put_back()
        else:
            self.reset()

    def reset(self):
        """Call its own resets."""
        for name, method in self.resets:
            try:
                method()
            except Exception as error:
                raise RuntimeError(
                    f"{name}() raised {type(error).__name__}: {text_of(error)}"
                ) from error

    def after(self, *history, then=None):
        """The answers to lists of arrays asked one after the other, from the start."""
        self.start()
        answers = [self.ask(arrays) for arrays in history[:-1]]
        if then:
            then()
        return [*answers, self.ask(history[-1])]

    def ask(self, arrays):
        """The answer to one list of arrays; the global seeds are the same each time."""
        self.hold()
        with global_seeds_kept():
            try:
                answer = self.function(self.put_together([a.copy() for a in arrays]))
            except Exception as error:
                raise RuntimeError(
                    f"The function raised {type(error).__name__}: {text_of(error)}"
                ) from error
            return arrays_of(answer)


def of_function(function, x, seconds):
    """What memory() finds out about a plain function. It is left as it was, or else reset."""
    asked = _Function(function, x)
    check_input(asked.arrays)
    found, seen, not_seen, numbers = [], [], [], {}
    try:
        asked.ask(asked.arrays)
        _ask(asked, found, seen, not_seen, numbers)
    finally:
        asked.start()
    return Report("memory", tuple(found), tuple(seen), tuple(not_seen), numbers)


def _ask(asked, found, seen, not_seen, numbers):
    x, other = asked.arrays, [another(array) for array in asked.arrays]
    (first,), (again,) = asked.after(x), asked.after(x)
    if differ(first, again):
        not_seen.append(NO_BEGINNING)
        return
    probes = [part for part in (_cut(x, 0, 1), x) if part]
    probe, distance = x, 0.0
    for tried in probes:
        try:
            distance, _ = _told_apart(asked, x, other, tried)
        except RuntimeError:  # it does not take so short a sequence
            continue
        if distance > 0:
            probe = tried
            break
    numbers["carried"] = distance
    if not distance:
        seen.append(STATELESS)
        return
    seen.append(carried(distance))
    not_seen.append(INSIDE)
    _ask_reset(asked, x, other, probe, found, seen, numbers)
    _ask_split(asked, x, first, found, seen, not_seen, numbers)


def _ask_reset(asked, x, other, probe, found, seen, numbers):
    if not asked.resets:
        found.append(without_reset(numbers["carried"], "what the function keeps"))
        return
    words = f"{asked.resets[0][0]}()"
    distance, limit = _told_apart(asked, x, other, probe, then=asked.reset)
    numbers["after a reset"] = distance
    if distance <= limit:
        seen.append(reset_works(words))
    else:
        found.append(not_reset(words, distance, "is kept by the function"))
        return
    (as_it_is,), (anew,) = asked.after(probe), asked.after(probe, then=asked.reset)
    if differ(as_it_is, anew):
        found.append(
            Finding(
                "state is not fresh",
                "As it was handed in, the function answers otherwise than after a reset: it is in "
                "the middle of something.",
                QUESTION,
            )
        )


def _ask_split(asked, x, whole, found, seen, not_seen, numbers):
    """The whole against two pieces along axis 1, where sequences have their time."""
    timesteps = x[0].shape[1] if x[0].ndim > 1 else 0
    first, second = _cut(x, 0, (timesteps + 2) // 3), _cut(x, (timesteps + 2) // 3, timesteps)
    if timesteps < 2 or not first:
        not_seen.append("Pieces were not compared with the whole: x has no axis of time to cut.")
        return
    start = asked.reset if asked.resets else None
    (whole,) = asked.after(x, then=start)
    try:
        answers = [*asked.after(first, then=start), asked.ask(second)]
    except RuntimeError as error:
        not_seen.append(f"Pieces were not compared with the whole: {error}")
        return
    together = joined(whole, answers)
    if together is None:
        not_seen.append("Pieces were not compared with the whole: the answers can't be joined.")
        return
    distance, limit = apart(whole, together)
    numbers |= {"split": distance, "rounding": limit}
    if distance <= limit:
        seen.append("In two pieces a sequence gets the answers of the whole.")
        return
    found.append(
        Finding(
            "split differs",
            f"Cut in two along axis 1, x gets other answers than as a whole, by up to "
            f"{distance:.3g}. If axis 1 is time, either not all that is needed to go on is "
            "carried, or a part without a state hears several timesteps.",
            QUESTION,
        )
    )


def _told_apart(asked, x, other, probe, then=None):
    return apart(*(asked.after(before, probe, then=then)[-1] for before in (x, other)))


def _cut(arrays, start, stop):
    """All arrays that have as many timesteps along axis 1 as the first one, cut; None if none."""
    if arrays[0].ndim < 2 or arrays[0].shape[1] < 2:
        return None
    size = arrays[0].shape[1]
    return [a[:, start:stop] if a.ndim > 1 and a.shape[1] == size else np.array(a) for a in arrays]


def _resets(function):
    owner = owner_of(function)
    named = [(n, getattr(function, n)) for n in RESETS if callable(getattr(function, n, None))]
    return named[:1] or ways_to_forget(owner)[0]
