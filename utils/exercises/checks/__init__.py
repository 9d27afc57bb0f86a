"""One module of checks for each lesson: its `EXERCISES` and its `PREDICTIONS`.

A module here is named after its lesson, without the number. It imports NumPy and the lesson's room
at its top, and never TensorFlow: the server that runs answers has all of them loaded. An exercise
whose judge wants TensorFlow says `tensorflow=True` and imports it in the judge; a second server,
which has it loaded, then runs the answer.
"""
