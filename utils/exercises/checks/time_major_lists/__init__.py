"""Lesson 01's exercises and predictions: time-major lists.

The judges read index maps: which position of the stream lies where, what was asked of a model and
where its outputs went. What is said about an answer follows from its map, not from how it is
written.
"""

from utils.exercises.checks.time_major_lists.arrange import ARRANGE
from utils.exercises.checks.time_major_lists.poke import POKE
from utils.exercises.checks.time_major_lists.predictions import PREDICTIONS
from utils.exercises.checks.time_major_lists.stale import STALE
from utils.exercises.checks.time_major_lists.time_major import TIME_MAJOR

EXERCISES = (POKE, ARRANGE, STALE, TIME_MAJOR)

__all__ = ["EXERCISES", "PREDICTIONS"]
