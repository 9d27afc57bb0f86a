"""A chunk of several streams, and the answer to one, whichever way a model holds its streams."""

from dataclasses import dataclass

import numpy as np

from .calling import check_input


@dataclass(frozen=True)
class Chunk:
    """One chunk as the model takes it: an array with an axis of streams, or a list of arrays."""

    x: np.ndarray | list
    axis: int  # of the streams in an array, and in the answer if that is an array
    listed: bool  # whether x is a list, one array a stream

    @property
    def streams(self):
        """How many there are."""
        return len(self.x) if self.listed else self.x.shape[self.axis]

    @property
    def arrays(self):
        """All arrays of the chunk."""
        return self.x if self.listed else [self.x]

    @property
    def timesteps(self):
        """The length of the axis after that of the streams; None if streams differ or have none."""
        lengths = {a.shape[self._time] if a.ndim > self._time else None for a in self.arrays}
        return lengths.pop() if len(lengths) == 1 else None

    @property
    def _time(self):
        return 1 if self.listed else self.axis + 1

    @property
    def reversed(self):
        """Another chunk of the same numbers, last to first."""
        turned = [a.ravel()[::-1].reshape(a.shape) for a in self.arrays]
        return turned if self.listed else turned[0]

    def permuted(self, places):
        """The chunk with its streams in another order."""
        return [self.x[k] for k in places] if self.listed else np.take(self.x, places, self.axis)

    def cut(self, step):
        """The chunk before a time step, and from there on."""
        parts = [np.split(array, [step], self._time) for array in self.arrays]
        return [list(part) if self.listed else part[0] for part in zip(*parts, strict=True)]

    def form_of(self, answer):
        """How an answer, a list of arrays, holds the streams. Raises ValueError if it does not."""
        if len(answer) == 1 and answer[0].shape[self.axis : self.axis + 1] == (self.streams,):
            return Form(self.axis)
        if self.listed and len(answer) == self.streams:
            return Form(None)
        shapes = ", ".join(str(array.shape) for array in answer)
        lists = f", or a list of {self.streams} arrays" if self.listed else ""
        raise ValueError(
            f"The shape of the model's answer is {shapes}; expected one array with the "
            f"{self.streams} streams along axis {self.axis}{lists}. Name the streams' axis with "
            "axis=, and leave out what else the model answers."
        )


@dataclass(frozen=True)
class Form:
    """How an answer, a list of arrays, holds the streams."""

    axis: int | None  # along this axis of its one array; None: one array a stream

    def permuted(self, answer, places):
        """The answer with its streams in another order."""
        if self.axis is None:
            return [answer[k] for k in places]
        return [np.take(answer[0], places, self.axis)]

    def joined(self, answers, timesteps):
        """Answers one after the other as one, if they have an axis of time; else None."""
        time = 1 if self.axis is None else self.axis + 1
        parts = list(zip(*answers, strict=True))
        if any(sum(a.shape[time] if a.ndim > time else 0 for a in p) != timesteps for p in parts):
            return None
        return [np.concatenate(part, axis=time) for part in parts]


def chunk_of(x, axis):
    """x as a Chunk. Raises a sentence for one that has no streams or can't be poked."""
    if not isinstance(axis, int | np.integer) or isinstance(axis, bool):
        raise ValueError(f"axis is {axis!r}; expected the number of the streams' axis.")
    listed = (
        isinstance(x, list | tuple) and len(x) > 0 and all(hasattr(part, "shape") for part in x)
    )
    if listed:
        if axis < 0:
            raise ValueError(f"axis is {axis}; for a list of streams, count it from the front.")
        chunk = Chunk([np.asarray(part) for part in x], int(axis), True)
    else:
        x = np.asarray(x)
        if not -x.ndim <= axis < x.ndim:
            raise ValueError(f"x has the shape {x.shape}, which has no axis {axis} of streams.")
        chunk = Chunk(x, int(axis) % x.ndim, False)
    check_input(chunk.arrays)
    return chunk
