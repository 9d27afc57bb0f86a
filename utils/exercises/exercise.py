"""What an exercise, a prediction and a verdict are: plain data, written by the checks modules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

UNANSWERED, NOT_YET, RIGHT = "unanswered", "not_yet", "right"


@dataclass(frozen=True)
class Verdict:
    """What a judge says of an answer: the outcome, a message's id, and the facts that fill it."""

    outcome: str
    message: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def right(**facts):
    """The answer does what the task asks; `facts` may fill the exercise's explanation."""
    return Verdict(RIGHT, "", facts)


def not_yet(message, /, **facts):
    """The answer does something else; `message` is an id of the exercise's or frame's messages."""
    return Verdict(NOT_YET, message, facts)


def unanswered():
    """The stub is untouched: nothing to judge."""
    return Verdict(UNANSWERED)


class NotYet(Exception):
    """Raised inside a judge to end it with `not_yet(message, **facts)`."""

    def __init__(self, message, /, **facts):
        super().__init__(message)
        self.verdict = not_yet(message, **facts)


class Unanswered(NotYet):
    """Raised inside a judge when the stub's `...` comes back."""

    def __init__(self):
        super().__init__(UNANSWERED)
        self.verdict = unanswered()


@dataclass(frozen=True)
class Exercise:
    """One task of a lesson, and everything that is said about an answer to it."""

    id: str  # "01.arrange": the lesson's number, a dot, a word
    task: str  # one sentence: what to hand in
    judge: Callable[[Any], Verdict]  # judges behaviour; runs in a process of its own
    messages: Mapping[str, str]  # message id → template, filled with the verdict's facts
    hints: tuple[str, ...]  # the ladder: three rungs or more
    hints_for: Mapping[str, str]  # message id → the rung shown next after that wrong answer
    explanation: str  # shown after the pass; a template too
    seconds: float = 5.0  # wall time for the judge, imports not counted
    expects: str = "a function"  # said when something else is handed in
    tensorflow: bool = False  # judged where TensorFlow and Keras are loaded already


@dataclass(frozen=True)
class Prediction:
    """A question whose answer is locked before the evidence is shown."""

    id: str  # "01.plateau"
    question: str
    choices: Mapping[str, str]  # letter → text
    evidence: Mapping[str, str]  # letter → what `look_back` says of that choice, without scolding
