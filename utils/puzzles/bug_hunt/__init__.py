"""Broken training programs without end, each with its symptom in words.

`case(number, level)` makes one. Importing the room loads neither TensorFlow nor Keras.
"""

from .answers import Answer
from .cases import CAUSES, LEVELS, Case, case
from .five_questions import FIVE_QUESTIONS
from .judging import MESSAGES
from .one_by_one import one_by_one

__all__ = [
    "CAUSES",
    "FIVE_QUESTIONS",
    "LEVELS",
    "MESSAGES",
    "Answer",
    "Case",
    "case",
    "one_by_one",
]
