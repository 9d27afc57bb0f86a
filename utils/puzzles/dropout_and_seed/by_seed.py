"""A record of one setting: all arms, seed by seed, some seeds at a time."""

from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np

from utils.training import records

from . import question
from .training import ARMS, Setting, runs_of, train_arms


@dataclass(frozen=True)
class SeedBySeed:
    """What is recorded, and how it is trained and read."""

    name: str  # of the record
    setting: Setting
    seeds: tuple
    at_once: int  # seeds that are trained together: a recording that is stopped goes on from there

    def settings(self):
        """All that the record's numbers depend on, besides the code."""
        about = question.settings() | asdict(self.setting)
        return {**about, "arms": ARMS, "seeds": self.seeds, "at_once": self.at_once}

    def points(self):
        """What is recorded, one after the other: some seeds."""
        starts = range(0, len(self.seeds), self.at_once)
        return [self.seeds[k : k + self.at_once] for k in starts]

    def measure(self, seeds):
        """Train all arms with some seeds: both losses, [arms, seeds, epochs] each."""
        return train_arms(self.setting, seeds)

    def recorded(self):
        """The recorded Runs: "with" and "without" Dropout, and "again" with, from other seeds.

        Raises records.RecordError if the record is no good.
        """
        return self._runs

    @cached_property
    def _runs(self):
        arrays = records.load(records.path_of(self.name), self.name, self.settings()).arrays
        return runs_of({kind: np.concatenate(array, axis=1) for kind, array in arrays.items()})
