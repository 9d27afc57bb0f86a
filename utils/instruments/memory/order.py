"""A layer with a state that runs several times in one pass: on whose input, and in which order?

Of each of its calls is asked which positions of x it hears. Calls that hear different streams, each
from the state that the one before left, let streams hear each other. Calls that hear consecutive
timesteps of one sequence do what a state is for.
"""

from dataclasses import dataclass, field

import numpy as np

from ..pokes import poker
from ..report import QUESTION, Finding
from .held import alike

POSITIONS = 64  # of one axis, that are poked
NAMED = 4  # calls that are named; of more the first are
PATIENCE = 5  # times the seconds: with half of the positions poked, streams look alike
DOUBTFUL = {
    "mixed": "on timesteps that do not follow each other",
    "again": "on the same timesteps",
}


@dataclass
class Ears:
    """What one call hears of x."""

    inputs: set = field(default_factory=set)  # the numbers of the arrays that move its input
    rows: set = field(default_factory=set)
    places: dict = field(default_factory=dict)  # (array, axis) -> {position: its timesteps moved}
    timesteps: int = 1


def ask_order(inquiry, heard):
    """Find the layers whose calls in one pass go on from each other's state, on other streams."""
    leaks = False
    for layer in inquiry.holders:
        calls = [call for call in heard.of(layer) if call.given is None]
        chained = [k for k in range(1, len(calls)) if _goes_on(calls[k - 1], calls[k])]
        if len(calls) > 1:
            inquiry.numbers.setdefault("calls in a pass", {})[layer.name] = len(calls)
        if not chained:
            if len(calls) > 1 and not _is_cell(layer):
                inquiry.seen.append(
                    f"“{layer.name}” runs {len(calls)} times in a pass, and no call goes on from "
                    "the state that the one before left."
                )
            continue
        if _is_cell(layer):
            continue  # one call for each timestep
        ears = _ears(inquiry, layer, len(calls))
        leaks |= _judge(inquiry, layer, chained, ears)
    return leaks


def _judge(inquiry, layer, chained, ears):
    name, times = layer.name, len(ears or ())
    if not ears:
        inquiry.not_seen.append(
            f"“{name}” runs several times in a pass, each time from the state that the call before "
            "left; on which parts of x could not be heard."
        )
        return False
    kinds = [_apart(ears[k - 1], ears[k]) for k in chained]
    streams = [kind for kind in kinds if kind and kind[0] == "streams"]
    if streams:
        inquiry.found.append(
            Finding(
                "streams leak",
                f"“{name}” runs {times} times in one pass, in this order: "
                f"{_order(inquiry, ears, streams[0][1])}. Each call but the first begins with the "
                "state that the call before left, so that each stream hears those before it. Each "
                "needs a state of its own, or a reset in between.",
            )
        )
        return True
    for what, words in DOUBTFUL.items():
        if any(kind and kind[0] == what for kind in kinds):
            inquiry.found.append(
                Finding(
                    "streams leak",
                    f"“{name}” runs {times} times in one pass, {words}, each time from the state "
                    "that the call before left. Is that meant?",
                    QUESTION,
                )
            )
            return True
    if all(kind and kind[0] == "chunks" for kind in kinds):
        words = "on consecutive timesteps of x, each call from the state that the one before left"
    else:
        words = (
            "each call from the state that the one before left. That is right if its calls are "
            "one sequence"
        )
    inquiry.seen.append(f"“{name}” runs {times} times in a pass, {words}.")
    return False


def _apart(one, other):
    """How what two calls hear is apart: "streams", "chunks", "mixed" or "again", and by which axis.

    None if they hear the same, or nothing can be said.
    """
    long = min(one.timesteps, other.timesteps) > 1
    if one.inputs and other.inputs and not one.inputs & other.inputs:
        return ("streams", "inputs") if long else None
    if one.rows and other.rows and not one.rows & other.rows:
        return ("streams", "rows") if long and _has_time(one) else None
    if long and one.places and one.rows == other.rows and _places(one) == _places(other):
        return "again", "inputs"
    for key in one.places:
        here, there = one.places[key], other.places.get(key, {})
        if not here or not there or set(here) & set(there):
            continue
        if long and all(len(steps) == one.timesteps for steps in here.values()):
            return ("streams", key) if _has_time(one, but=key) else None
        if _run_along(here) or not long:
            return ("chunks" if max(here) < min(there) else "mixed", key) if long else None
    return None


def _places(ears):
    """Which positions it hears, wherever in its own time."""
    return {key: set(found) for key, found in ears.places.items()}


def _has_time(ears, but=None):
    """Whether there is an axis along which this call hears one timestep after the other."""
    return any(_run_along(places) for key, places in ears.places.items() if key != but)


def _run_along(places):
    """Whether different positions are heard in different timesteps."""
    return len(places) > 1 and len({min(steps) for steps in places.values()}) == len(places)


def _goes_on(before, after):
    """Whether a call began with what the one before left, and that had changed it."""
    flat = [
        [array for part in held for array in part]
        for held in (before.entry, before.exit, after.entry)
    ]
    return alike(flat[1], flat[2]) and not alike(flat[0], flat[1])


def _ears(inquiry, layer, times):
    """What each of the calls hears, [times]; None if that can't be found out in time."""
    flatten = inquiry.asking.keras.tree.flatten
    arrays = [np.asarray(a) for a in flatten(inquiry.x)]
    inquiry.asking.start()
    calls = _calls(inquiry, layer, inquiry.x)
    if len(calls) != times:
        return None
    ears = [Ears(timesteps=_steps(call)) for call in calls]
    rows = len(arrays[0])
    at_once = all(len(a) == rows for call in calls for a in call.x)  # row by row as in x
    poked = set()
    for n, axis, pokes in _pokes(arrays, at_once):
        if (n, axis) in poked and not inquiry.in_time(PATIENCE * inquiry.seconds):
            break  # each axis has been poked, though not everywhere
        poked.add((n, axis))
        x = _poked(inquiry, arrays, n, axis, pokes)
        inquiry.asking.start()
        heard = _calls(inquiry, layer, x)
        if len(heard) != times:
            return None
        for call, before, one in zip(heard, calls, ears, strict=True):
            _listen(call, before, one, n, axis, pokes)
    return ears


def _pokes(arrays, at_once):
    """Array, axis, and the position to poke in each row; the same in all unless at once.

    Axis 0 stands for whole rows. The first poke of each axis come first, so that there is something
    of each when time is up.
    """
    plans = []
    for n, array in enumerate(arrays):
        rows = len(array)
        for axis in range(0 if not at_once or array.ndim < 2 else 1, array.ndim):
            size = array.shape[axis]
            places = np.unique(np.linspace(0, size - 1, min(size, POSITIONS)).round().astype(int))
            if axis and at_once:
                groups = [places[k : k + rows] for k in range(0, len(places), rows)]
                plans.append([(n, axis, dict(enumerate(group.tolist()))) for group in groups])
            else:
                every = range(rows)
                plans.append(
                    [
                        (n, axis, dict.fromkeys([p] if not axis else every, p))
                        for p in places.tolist()
                    ]
                )
    longest = max(map(len, plans))
    return [plan[k] for k in range(longest) for plan in plans if k < len(plan)]


def _poked(inquiry, arrays, n, axis, pokes):
    """x with other values in one of its arrays. pokes: row -> position along the axis."""
    poked, others = arrays[n].copy(), poker(arrays[n])
    for row, position in pokes.items():
        place = (row,) if not axis else (row, *([slice(None)] * (axis - 1)), position)
        values = others(arrays[n][place])
        if values:
            poked[place] = values[0]
    changed = [poked if m == n else a for m, a in enumerate(arrays)]
    return inquiry.asking.keras.tree.pack_sequence_as(inquiry.x, changed)


def _listen(call, before, ears, n, axis, pokes):
    """Note which of the poked positions one call has heard, and in which of its timesteps."""
    same = len(set(pokes.values())) == 1
    for now, was in zip(call.x, before.x, strict=False):
        if now.shape != was.shape or not now.ndim:
            continue
        moved = now != was
        for row in np.flatnonzero(moved.reshape(len(moved), -1).any(axis=1)).tolist():
            ears.inputs.add(n)
            position = next(iter(pokes.values())) if same else pokes.get(row)
            if position is None:  # a row hears another row
                continue
            if not axis:
                ears.rows.add(position)
                continue
            steps = {0}
            if moved.ndim > 2:
                others = tuple(range(1, moved.ndim - 1))
                steps = set(np.flatnonzero(moved[row].any(axis=others)).tolist())
            ears.places.setdefault((n, axis), {}).setdefault(position, set()).update(steps)


def _calls(inquiry, layer, x):
    heard, _ = inquiry.hear(x, [layer])
    return [call for call in heard.of(layer) if call.given is None]


def _order(inquiry, ears, how):
    """The order of the streams in words."""
    if how == "inputs":
        names = _input_names(inquiry)
        parts = [" and ".join(f"“{names[n]}”" for n in sorted(e.inputs)) for e in ears]
        parts = [f"input {part}" for part in parts]
    elif how == "rows":
        parts = [f"rows {_span(e.rows)}" for e in ears]
    else:
        what = "position" if how[1] else "row"
        parts = [f"{what} {_span(e.places.get(how, ()))} of axis {how[1]}" for e in ears]
    more = f", and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return ", then ".join(parts[:NAMED]) + more


def _span(positions):
    found = sorted(positions)
    if not found:
        return "none"
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def _input_names(inquiry):
    x = inquiry.x
    if isinstance(x, dict):
        return sorted(x)
    declared = getattr(inquiry.asking.model, "inputs", None) or ()
    names = [getattr(tensor, "name", None) for tensor in declared]
    flat = inquiry.asking.keras.tree.flatten(x)
    return names if len(names) == len(flat) and all(names) else [str(k) for k in range(len(flat))]


def _steps(call):
    return max((a.shape[1] for a in call.x if a.ndim > 2), default=1)


def _is_cell(layer):
    return hasattr(layer, "state_size") and not hasattr(layer, "return_sequences")
