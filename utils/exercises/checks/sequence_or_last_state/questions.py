"""Moved to utils.exercises.questions."""

from utils.exercises.questions import listed, number, verdict_on, verdicts

__all__ = ["listed", "number", "verdict_on", "verdicts"]
