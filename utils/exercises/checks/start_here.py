"""Lesson 00: a moving average that hears the future, and the check of its repair."""

from utils.exercises.exercise import Exercise, right

LENGTHS = ((1, 1), (5, 1), (4, 3), (9, 4), (12, 5), (3, 7))  # (length of x, window)


def _judge_causal(answer):
    return right()


EXERCISES = (
    Exercise(
        id="00.causal",
        task="Mend `smooth(x, window)` so that output t hears inputs t − window + 1 to t only.",
        judge=_judge_causal,
        messages={},
        hints=("a", "b", "c"),
        hints_for={},
        explanation="x",
        expects="a function `smooth(x, window)`",
    ),
)
PREDICTIONS = ()
