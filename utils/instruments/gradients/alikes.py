"""Units that are twins, weights that start alike, and a layer that is called on its own answer."""

import numpy as np

from ..report import QUESTION, Finding
from .steps_heard import key_of
from .wording import listed

SAME = 1e-6  # of the size of a gradient: rounding
ROUND = 3  # different values, which an identity or a constant has at most


def look_at_twins(steps, trial):
    """Findings on units whose weights and gradients are the same, and stay so."""
    found = []
    suspects = [v for v in trial.trainable if _twins(v, steps[0])]
    if not suspects:
        return []
    stand_in = trial.stood_in().gradients
    for v in suspects:
        groups = _twins(v, steps[0])
        other = stand_in.get(key_of(v))
        units = _units(v, other, trial) if other is not None else None
        if units is None:
            continue
        groups = [g for g in groups if _same_columns(units[:, g])]
        if groups:
            count = sum(map(len, groups))
            found.append((trial.name(v), count, units.shape[1]))
    if not found:
        return []
    what = listed([f"{name}: {count} of {of}" for name, count, of in found])
    return [
        Finding(
            "units are twins",
            f"Units have the same weights and the same gradients ({what}), and stay the same for "
            "ever: each group of them counts as one unit. Look at the initializer: it has to be "
            "random.",
        )
    ]


def _twins(v, step):
    """Groups of units of one variable with the same weights and gradients."""
    before, gradient = step.before.get(key_of(v)), step.gradients.get(key_of(v))
    if before is None or gradient is None or before.ndim < 2 or gradient.shape != before.shape:
        return []
    weights, slopes = _units(v, before), _units(v, gradient)
    columns = {}
    for k, column in enumerate(weights.T):
        columns.setdefault(column.tobytes(), []).append(k)
    groups = [g for g in columns.values() if len(g) > 1]
    groups = [g for g in groups if _same_columns(slopes[:, g])]
    whole = not weights.any()
    return [g for g in groups if whole or weights[:, g].any() or slopes[:, g].any()]


def _units(v, array, trial=None):
    """[numbers, units] of a kernel; the gates of a unit belong together."""
    units = array.shape[-1]
    return np.ascontiguousarray(array.reshape(-1, units).astype(float))


def _same_columns(columns):
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
        return []
    names = listed(dict.fromkeys(trial.name(v) for pair in pairs for v in pair))
    return [
        Finding(
            "same start",
            f"{names} are equal to the last bit, as one initializer with one seed makes them. "
            "Were they to start alike?",
            QUESTION,
        )
    ]


def look_at_repeats(step, trial):
    """A question on a layer that is called several times in a row, on its own answer."""
    origin, chains = {}, {}
    for layer, ins, outs in step.heard.called:
        if len(ins) != 1 or len(outs) != 1:
            continue
        before = origin.get(id(ins[0]))
        if not layer.weights:
            if before is not None:
                origin[id(outs[0])] = before
            continue
        if isinstance(layer, trial.keras.Model) and layer is trial.model:
            continue
        length = before[1] + 1 if before and before[0] is layer else 1
        origin[id(outs[0])] = layer, length
        if length > 1 and layer.trainable_weights:
            chains[id(layer)] = layer, length
    if not chains:
        return []
    words = listed([f"{layer.name}: {length} times" for layer, length in chains.values()])
    return [
        Finding(
            "one layer, called again",
            f"One layer is called on its own answer again and again ({words}): these are not "
            "several layers but one, with one set of weights. Is that meant? [layer] * n holds "
            "the same layer n times.",
            QUESTION,
        )
    ]
