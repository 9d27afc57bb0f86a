"""Which axis of an array is the batch, which is time, and which are the features."""

import sys
from dataclasses import dataclass

import numpy as np

from ..state import layers_of

SPATIAL = {4: "an image", 5: "a volume or a film", 6: "a film of volumes"}


@dataclass(frozen=True)
class Side:
    """One array of the input or of the answer."""

    name: str
    shape: tuple
    batch: int | None = None  # the axis
    time: int | None = None
    features: int | None = None
    why: str = ""  # why no axis of time was assumed

    @property
    def timesteps(self):
        """The length of its axis of time."""
        return self.shape[self.time]


def sides_of_input(model, x, arrays, time_major):
    """A Side for each array of the input. model: None for a plain callable."""
    kinds = _kinds(model)
    names = _names(x, len(arrays), "x")
    return [
        _of_input(name, array, kinds, time_major) for name, array in zip(names, arrays, strict=True)
    ]


def sides_of_answer(answers, inputs, rows, time_major, targets):
    """A Side for each array of the answer. targets: arrays of y in the same order, or none."""
    lengths = {side.timesteps for side in inputs if side.time is not None}
    names = ["the answer"] if len(answers) == 1 else [f"answer {k}" for k in range(len(answers))]
    sides = []
    for k, (name, array) in enumerate(zip(names, answers, strict=True)):
        target = targets[k] if len(targets) == len(answers) else None
        sides.append(_of_answer(name, array, lengths, rows, time_major, target))
    return sides


def _of_input(name, array, kinds, time_major):
    shape, rank = array.shape, array.ndim
    if time_major:
        batch = 1 if rank > 1 else None
        return Side(name, shape, batch, 0, rank - 1 if rank > 2 else None)
    if rank == 0:
        return Side(name, shape)
    codes = _are_codes(array, kinds)
    features = None if codes or rank < 2 else _channels(rank)
    if rank == 3 or (rank == 2 and codes and shape[1] > 1):
        return Side(name, shape, 0, 1, features)
    if rank > 3 and _is_sequence(rank, kinds):
        return Side(name, shape, 0, 1, features)
    of = f"{name} has the shape {shape}"
    what = SPATIAL.get(rank, "no sequence")
    if rank == 2:
        what = "one code a row" if codes else "rows of features"
    elif rank == 1:
        what = "one number a row"
    return Side(name, shape, 0, None, features, f"{of}, taken for {what}: no axis of time.")


def _are_codes(array, kinds):
    """Whether this is a table of numbers that an Embedding looks up."""
    if "Embedding" not in kinds or array.ndim > 2:
        return False
    return array.dtype.kind in "iu" or bool(np.all(array == np.round(array)))


def _is_sequence(rank, kinds):
    """Whether an array of four axes or more is a sequence, to layers that take nothing else."""
    if "TimeDistributed" in kinds:
        return True
    return f"ConvLSTM{rank - 3}D" in kinds


def _channels(rank):
    keras = sys.modules.get("keras")
    first = keras is not None and keras.config.image_data_format() == "channels_first"
    return 1 if first and rank > 3 else rank - 1


def _kinds(model):
    """The names of the classes of all layers, and of those that they inherit from."""
    if model is None:
        return set()
    return {kind.__name__ for layer in layers_of(model) for kind in type(layer).__mro__}


def _names(x, count, single):
    if isinstance(x, dict) and len(x) == count:
        return [f"input {key!r}" for key in x]
    return [single] if count == 1 else [f"input {k}" for k in range(count)]


def _of_answer(name, array, lengths, rows, time_major, target):
    shape, rank = array.shape, array.ndim
    if time_major and rank > 1 and shape[1] == rows and (shape[0] in lengths or shape[0] != rows):
        return Side(name, shape, 1, 0, rank - 1 if rank > 2 else None)
    if rank == 0 or shape[0] != rows:
        return Side(name, shape, why=f"{name} has the shape {shape}, which has no axis of rows.")
    time = None
    if (rank == 2 and shape[1] in lengths and _is_sequence_too(target, shape)) or (
        rank == 3 and not time_major
    ):
        time = 1
    if rank > 3 and not time_major and shape[1] in lengths:
        time = 1
    return Side(name, shape, 0, time, rank - 1 if rank > 1 else None)


def _is_sequence_too(target, shape):
    """Whether the targets, too, have one number a timestep, so that axis 1 is time."""
    if target is None or target.ndim < 2 or target.shape[1] != shape[1]:
        return False
    return target.size == len(target) * shape[1]
