"""Lesson 06's exercises and predictions: a bug hunt whose cases never repeat.

An answer is made by a case and says which: one judge serves them all. Names are compared with what
was planted, programs are trained and asked, and reports are made up for `conclude`.
"""

from utils.exercises.checks.bug_hunt.conclude import CONCLUDE
from utils.exercises.checks.bug_hunt.hunt import HUNT
from utils.exercises.checks.bug_hunt.mend import MEND
from utils.exercises.checks.bug_hunt.name import NAME
from utils.exercises.checks.bug_hunt.predictions import PREDICTIONS

EXERCISES = (CONCLUDE, NAME, MEND, HUNT)

__all__ = ["EXERCISES", "PREDICTIONS"]
