"""Lesson 04's exercises and predictions: the gradient check.

The judges ask an answer about backward passes, makers of data and tables of errors that it has not
seen, and go by what it says of them. NumPy only.
"""

from utils.exercises.checks.gradient_check.check_grad import CHECK_GRAD
from utils.exercises.checks.gradient_check.companion import COMPANION
from utils.exercises.checks.gradient_check.find_fault import FIND_FAULT
from utils.exercises.checks.gradient_check.predictions import PREDICTIONS

EXERCISES = (CHECK_GRAD, FIND_FAULT, COMPANION)

__all__ = ["EXERCISES", "PREDICTIONS"]
