"""Units that are twins, weights that start alike, and a layer that is called on its own answer."""

import numpy as np

from ..report import QUESTION, Finding
from .looked import NOTHING, finding
from .steps_heard import key_of
from .wording import listed

SAME = 1e-6  # of the size of a gradient: rounding
ROUND = 3  # different values, which an identity or a constant has at most


def look_at_twins(step, trial):
    """A finding on units whose weights and gradients are the same, and stay so.

    They are told from the units of a last layer, which the targets tell apart sooner or later, by
    the stand-in: it weighs each answer differently.
    """
    suspects = {
        key_of(v): (v, groups) for v in trial.trainable if (groups := _twins(v, step, trial))
    }
    if not suspects:
        return NOTHING
    stand_in, found = trial.stood_in().gradients, []
    for key, (v, groups) in suspects.items():
        if stand_in.get(key) is None:
            continue
        slopes = _units(v, stand_in[key], trial)
        count = sum(len(group) for group in groups if _are_same(slopes[:, group]))
        if count:
            found.append(f"{count} of {slopes.shape[1]} in {trial.name(v)}")
    if not found:
        return NOTHING
    return finding(
        Finding(
            "units are twins",
            f"Units have the same weights and the same gradients, and so they stay the same for "
            f"ever ({listed(found, quoted=False)}): all that are alike count as one. Look at the "
            "initializer: it has to tell units apart, as a random one does.",
        )
    )


def _twins(v, step, trial):
    """Groups of units of one variable with the same weights and gradients."""
    before, gradient = step.before.get(key_of(v)), step.gradients.get(key_of(v))
    if before is None or gradient is None or before.ndim < 2 or gradient.shape != before.shape:
        return []
    weights, slopes = _units(v, before, trial), _units(v, gradient, trial)
    columns = {}
    for k, column in enumerate(weights.T):
        columns.setdefault(column.tobytes(), []).append(k)
    groups = [g for g in columns.values() if len(g) > 1 and _are_same(slopes[:, g])]
    if weights.any() or trial.standing_in:  # what is 0 may have been pruned, or its time may come
        groups = [g for g in groups if weights[:, g].any() or slopes[:, g].any()]
    return groups


def _units(v, array, trial):
    """[numbers, units] of a kernel; what the gates of a recurrent unit have belongs together."""
    units = getattr(trial.owners.get(key_of(v)), "units", None)
    last = array.shape[-1]
    if not isinstance(units, int) or units < 1 or last % units:
        units = last
    apart = array.reshape(-1, last // units, units).astype(float)
    return np.ascontiguousarray(apart.reshape(-1, units))


def _are_same(columns):
    size = np.abs(columns).max(initial=0)
    return bool(np.all(np.abs(columns - columns[:, :1]) <= SAME * size))


def look_at_starts(step, trial):
    """A question on weight matrices that are equal to the last bit."""
    first, pairs = {}, []
    for v in trial.trainable:
        value = step.before.get(key_of(v))
        if value is None or value.ndim < 2 or np.unique(value).size <= ROUND:
            continue
        if step.gradients.get(key_of(v)) is None:
            continue
        other = first.setdefault((value.shape, value.tobytes()), v)
        if other is not v:
            pairs.append((other, v))
    if not pairs:
        return NOTHING
    names = listed(dict.fromkeys(trial.name(v) for pair in pairs for v in pair))
    return finding(
        Finding(
            "same start",
            f"{names} are equal to the last bit, as one initializer with one seed makes them. "
            "Were they to start alike?",
            QUESTION,
        )
    )


def look_at_repeats(step, trial):
    """A question on a layer that stands several times in a list, or is called on its own answer."""
    times = {**_in_a_row(step, trial), **_in_lists(trial)}
    if not times:
        return NOTHING
    words = listed([f"{layer.name}: {count} times" for layer, count in times.values()])
    return finding(
        Finding(
            "one layer, called again",
            f"One layer is used again and again, as if it were several ({words}): there is one set "
            "of weights. Is that meant? [layer] * n holds the same layer n times.",
            QUESTION,
        )
    )


def _in_a_row(step, trial):
    """id -> a layer, and how often it was called on its own answer.

    In between there may be layers without weights, such as an addition to what went around it.
    """
    origin, found = {}, {}  # of a tensor: the layer that it comes from, and how often in a row
    for layer, ins, outs in step.heard.called:
        if len(outs) != 1 or layer is trial.model:
            continue
        before = max((origin[id(i)] for i in ins if id(i) in origin), key=_count, default=None)
        if not layer.weights:
            if before is not None:
                origin[id(outs[0])] = before
        elif len(ins) == 1:
            count = _count(before) + 1 if before and before[0] is layer else 1
            origin[id(outs[0])] = layer, count
            if count > 1 and layer.trainable_weights:
                found[id(layer)] = layer, count
    return found


def _count(row):
    return row[1]


def _in_lists(trial):
    """id -> a layer, and how often one list or tuple of another layer holds it."""
    found = {}
    for layer in trial.layers:
        lists = [part for name, part in vars(layer).items() if not name.startswith("_")]
        for part in lists:
            if not isinstance(part, list | tuple):
                continue
            for one in part:
                count = sum(one is other for other in part)
                if isinstance(one, trial.keras.Layer) and one.trainable_weights and count > 1:
                    found[id(one)] = one, count
    return found
