"""Cutting a sequence along its time axis, and putting the answers to its pieces together."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cutter:
    """How the arrays of x are cut along time."""

    axis: int
    timesteps: int
    declared: bool  # whether the model declares this number, so that pieces are against that
    keras: object

    def cut(self, x, start, stop):
        """x from one timestep up to another; an array without that axis stays whole."""
        return self.keras.tree.map_structure(
            lambda a: (
                np.take(a, range(start, stop), self.axis)
                if _has(a, self.axis, self.timesteps)
                else a
            ),
            x,
        )


def cutter_of(inquiry, heard):
    """Along which axis of x the layers with a state hear time -> a Cutter, or why there is none.

    heard: of a pass on x. An axis is tried by leaving out its last place: if it is time, what these
    layers hear becomes shorter in time, or they run less often.
    """
    keras, arrays = inquiry.asking.keras, inquiry.asking.keras.tree.flatten(inquiry.x)
    lengths, why = _lengths(heard), "no axis of x was found to be time"
    for axis in _candidates(arrays):
        sizes = [a.shape[axis] for a in arrays if a.ndim > axis]
        timesteps = sizes[0]
        if timesteps < 2:
            why = "x has less than two timesteps"
            continue
        declared = not inquiry.asking.fresh and _declared(inquiry.asking.model, axis)
        if declared:
            why = f"the model declares that there are {timesteps} timesteps in each x"
        cutter = Cutter(axis, timesteps, declared, keras)
        for fewer in {min(3, timesteps - 1), timesteps - 1}:  # it may not take as few as three
            inquiry.asking.start()
            try:
                shorter, _ = inquiry.hear(cutter.cut(inquiry.x, 0, fewer))
            except RuntimeError:
                continue
            if _is_shorter(_lengths(shorter), lengths):
                return cutter, ""
    return None, why


def joined(whole, pieces):
    """The answers to pieces, put together as far as they have a time axis -> arrays of the whole.

    Of an array without one, the last piece's stands for all. None if they can't be compared.
    """
    found = []
    for k, array in enumerate(whole):
        parts = [answer[k] for answer in pieces if len(answer) == len(whole)]
        if len(parts) < len(pieces) or any(part.ndim != array.ndim for part in parts):
            return None
        if all(part.shape == array.shape for part in parts):
            found.append(parts[-1])
            continue
        axes = [a for a in range(array.ndim) if parts[0].shape[a] != array.shape[a]]
        if len(axes) != 1 or sum(p.shape[axes[0]] for p in parts) != array.shape[axes[0]]:
            return None
        found.append(np.concatenate(parts, axis=axes[0]))
        if found[-1].shape != array.shape:
            return None
    return found


def _candidates(arrays):
    """Axes that may be time, the usual one first; the last one of floats holds features."""
    most = max(a.ndim - (a.dtype.kind == "f" and a.ndim > 2) for a in arrays)
    return [axis for axis in range(1, most) if any(a.ndim > axis for a in arrays)]


def _has(array, axis, timesteps):
    return array.ndim > axis and array.shape[axis] == timesteps


def _declared(model, axis):
    """Whether a model's own inputs fix the length of this axis."""
    inputs = getattr(model, "inputs", None) or ()
    return any(t is not None and len(t.shape) > axis and t.shape[axis] is not None for t in inputs)


def _lengths(heard):
    """Id of a layer -> in how many timesteps it ran in each of its calls."""
    lengths = {}
    for call in heard.calls:
        steps = max((a.shape[1] for a in call.x if a.ndim > 2), default=1)
        lengths.setdefault(id(call.layer), []).append(steps)
    return lengths


def _is_shorter(now, before):
    """Whether any layer hears less of time, and none more."""
    less = False
    for key, steps in before.items():
        short = now.get(key, [])
        if len(short) == len(steps):
            if any(a > b for a, b in zip(short, steps, strict=True)):
                return False
            less |= sum(short) < sum(steps)
        elif max(steps) == 1 and len(short) < len(steps):
            less = True
        else:
            return False
    return less
