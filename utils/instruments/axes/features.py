"""Along the features: is there one that no number of the answer hears?"""

from dataclasses import dataclass

import numpy as np

from .asking import within
from .batch import evenly

ROUNDS = 8  # of pokes, in which the rows take turns with the values that are tried
FEWEST = 8  # features
SHARE = 0.7  # of the time that is left


@dataclass(frozen=True)
class Features:
    """Which features of one input any number of any answer hears."""

    into: int  # number of the input
    moved: np.ndarray  # [features, answers] the largest change; NaN: not poked
    tried: int  # pokes of each feature that was heard by none

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


def poke_feature(asker, a, side, feature, turn):
    """How far each answer moves, the largest of its numbers; None if the model raises."""
    place = (a, (*[slice(None)] * side.features, feature))
    changed = asker.changed([place], turn, by_row=True, last=turn >= ROUNDS // 2)
    moved = asker.moved(changed, turn)
    return None if moved is None else np.array([change.max(initial=0) for change in moved])


def _poke_features(asker, a, side):
    count = side.shape[side.features]
    moved, tried = np.full((count, len(asker.base)), np.nan), 0
    chosen = evenly(count, max(FEWEST, asker.affords()))
    for turn in range(ROUNDS):
        silent = [f for f in chosen if not (np.nan_to_num(moved[f]) > 0).any()]
        for feature in silent:
            if asker.left <= 0 and turn:
                return Features(a, moved, tried)
            change = poke_feature(asker, a, side, feature, turn)
            if change is not None:
                moved[feature] = np.fmax(moved[feature], change)
        tried += 1
    return Features(a, moved, tried)
