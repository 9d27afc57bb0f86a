"""One module of checks for each lesson: its `EXERCISES` and its `PREDICTIONS`.

A module here is named after its lesson, without the number. It imports NumPy and the lesson's room
at its top, and TensorFlow nowhere: the server that runs answers has all of them loaded.
"""
