"""Lesson 03's exercises and predictions: sequence or last state.

The judges look at what comes out: numbers against their own NumPy, and which inputs move which
outputs. Models are judged as functions, however they are built.
"""

from utils.exercises.checks.sequence_or_last_state.by_step import BY_STEP
from utils.exercises.checks.sequence_or_last_state.predictions import PREDICTIONS
from utils.exercises.checks.sequence_or_last_state.reach import REACH
from utils.exercises.checks.sequence_or_last_state.translate import TRANSLATE
from utils.exercises.checks.sequence_or_last_state.warm_up import WARM_UP

EXERCISES = (TRANSLATE, REACH, WARM_UP, BY_STEP)

__all__ = ["EXERCISES", "PREDICTIONS"]
