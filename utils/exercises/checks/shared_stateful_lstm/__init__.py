"""Lesson 05's exercises and predictions: a shared stateful LSTM.

The judges look at what comes out, never at how it is built: numbers against the room's NumPy, and
who moves when one stream is poked. All of them want Keras, and import it inside.
"""

from utils.exercises.checks.shared_stateful_lstm.mend import MEND
from utils.exercises.checks.shared_stateful_lstm.predictions import PREDICTIONS
from utils.exercises.checks.shared_stateful_lstm.probe import PROBE
from utils.exercises.checks.shared_stateful_lstm.separate import SEPARATE

EXERCISES = (MEND, PROBE, SEPARATE)

__all__ = ["EXERCISES", "PREDICTIONS"]
