"""Exercises of the lessons: check an answer, climb the hints, lock a prediction, see progress."""
