"""Along the features: is there one that no number of the answer hears?"""

from dataclasses import dataclass

import numpy as np

from .asking import within
from .batch import evenly

ROUNDS = 4  # of pokes, in which the rows take turns with the values that are tried
FEWEST = 8  # features
SHARE = 0.7  # of the time that is left


@dataclass(frozen=True)
class Features:
    """Which features of one input any number of any answer hears."""

    into: int  # number of the input
    moved: np.ndarray  # [features, answers] the largest change; NaN: not poked

    @property
    def unheard(self):
        """The features that were poked and moved nothing."""
        poked = ~np.isnan(self.moved).all(axis=1)
        return np.flatnonzero(poked & ~(np.nan_to_num(self.moved) > 0).any(axis=1))

    @property
    def poked(self):
        """The features that were poked."""
        return np.flatnonzero(~np.isnan(self.moved).all(axis=1))


def among_features(asker, inputs):
    """A Features for each input that has an axis of them."""
    axes = [(a, side) for a, side in enumerate(inputs) if side.features is not None]
    found = []
    for number, (a, side) in enumerate(axes):
        with within(asker, SHARE * (number + 1) / len(axes)):
            found.append(_poke_features(asker, a, side))
    return found


def _poke_features(asker, a, side):
    count = side.shape[side.features]
    moved = np.full((count, len(asker.base)), np.nan)
    chosen = evenly(count, max(FEWEST, asker.affords()))
    for turn in range(ROUNDS):
        silent = [f for f in chosen if not (np.nan_to_num(moved[f]) > 0).any()]
        for feature in silent:
            if asker.left <= 0 and turn:
                return Features(a, moved)
            place = (a, (*[slice(None)] * side.features, feature))
            changes = asker.moved(asker.changed([place], turn, by_row=True), turn)
            if changes is not None:
                largest = [change.max(initial=0) for change in changes]
                moved[feature] = np.fmax(moved[feature], largest)
    return Features(a, moved)
