"""Exercises of the lessons: check an answer, climb the hints, lock a prediction, see progress.

In a notebook's kernel the server that runs answers is started here, so that it is ready when the
first answer is; it loads in a process of its own.
"""

from utils.exercises import running
from utils.exercises.checking import check, hint
from utils.exercises.overview import course_map, progress
from utils.exercises.predicting import look_back, predict
from utils.shell import in_ipython

__all__ = ["check", "course_map", "hint", "look_back", "predict", "progress"]

if in_ipython():
    running.start()
