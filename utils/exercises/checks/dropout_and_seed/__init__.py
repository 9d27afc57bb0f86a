"""Lesson 02's exercises and predictions: Dropout and the seed.

The judges train small Keras models and compare bits, where chance can be taken out; where it can't,
they count how often a method is right on data whose truth they know.
"""

from utils.exercises.checks.dropout_and_seed.conclude import CONCLUDE
from utils.exercises.checks.dropout_and_seed.controls import CONTROLS
from utils.exercises.checks.dropout_and_seed.look_alike import LOOK_ALIKE
from utils.exercises.checks.dropout_and_seed.predictions import PREDICTIONS
from utils.exercises.checks.dropout_and_seed.probe import PROBE
from utils.exercises.checks.dropout_and_seed.weights import WEIGHTS

EXERCISES = (WEIGHTS, CONCLUDE, PROBE, LOOK_ALIKE, CONTROLS)

__all__ = ["EXERCISES", "PREDICTIONS"]
