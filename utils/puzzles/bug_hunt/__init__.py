"""Broken training programs without end, each with its symptom in words.

`case(number, level)` makes one. Importing the room loads neither TensorFlow nor Keras.
"""

from .answers import Answer
from .cases import CAUSES, LEVELS, Case, case
from .judging import MESSAGES

__all__ = ["CAUSES", "LEVELS", "MESSAGES", "Answer", "Case", "case"]
