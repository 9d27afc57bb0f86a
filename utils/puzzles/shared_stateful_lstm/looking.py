"""Looking at a model with several streams: is the whole its halves, and who runs after whom?"""

from dataclasses import dataclass

import numpy as np

from utils.puzzles.table import Table

from .reference import chained
from .running import chunks, from_reset, weights_of


@dataclass(frozen=True)
class Halves:
    """How far a sequence in one piece is from its two halves: sums of absolute differences."""

    by_stream: np.ndarray  # [2, streams]: in the first half and in the second
    timesteps: int

    @property
    def first(self):
        return float(self.by_stream[0].sum())

    @property
    def second(self):
        return float(self.by_stream[1].sum())

    @property
    def full(self):
        return float(self.by_stream.sum())

    def __repr__(self):
        return repr(self._table())

    def _repr_html_(self):
        return self._table()._repr_html_()

    def _table(self):
        first, second = self.by_stream
        parts = {"full": first + second, "first half": first, "second half": second}
        streams = [f"stream {stream}" for stream in range(len(first))]
        rows = [
            (name, *(f"{number:.3g}" for number in (sums.sum(), *sums)))
            for name, sums in parts.items()
        ]
        return Table(
            f"{self.timesteps} timesteps at once against two halves: sums of absolute differences",
            ("", "all streams", *streams),
            tuple(rows),
        )


def halves(model, x):
    """Predict all of x, and predict its two halves one after the other, each time from a reset.

    x: [batch, streams, timesteps, features]. Returns Halves; the model is left reset.
    Raises ValueError if there are fewer than 2 timesteps.
    """
    timesteps = np.shape(x)[2]
    middle = timesteps // 2
    differences = np.abs(from_reset(model, x) - from_reset(model, *chunks(x, [middle])))
    by_stream = [part.sum(axis=(0, 2, 3), dtype=float) for part in chunks(differences, [middle])]
    return Halves(np.array(by_stream), timesteps)


def order(model, x, tolerance=1e-5):
    """The streams in the order in which a model ran them, as a tuple; None if there is not one.

    x: [batch, streams, timesteps, features]. Found by comparing: the stream that ran first answers
    as from zeros, the next one as if its input had come after the first one's, and so on.
    There is none if the streams don't hear each other, and several if x does not tell them apart,
    as zeros don't. Leaves the model reset.
    """
    weights, answers = weights_of(model), from_reset(model, x)
    ran, state, left = [], None, set(range(answers.shape[1]))
    while left:
        ends = {}  # of the streams that may have run next
        for stream in left:
            expected, end = chained(weights, x[:, [stream]], state=state, return_state=True)
            if np.abs(expected[:, 0] - answers[:, stream]).max() < tolerance:
                ends[stream] = end
        if len(ends) != 1:
            return None
        ((stream, state),) = ends.items()
        ran.append(stream)
        left.remove(stream)
    return tuple(ran)
