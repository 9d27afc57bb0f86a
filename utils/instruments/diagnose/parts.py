"""The instruments that a diagnosis asks, in order, and how each is called."""

from collections.abc import Callable
from dataclasses import dataclass

from ..report import Report

SPREAD = (
    "spread: whether two models differ by more than chance takes several trainings of each; see "
    "help(spread)."
)


@dataclass(frozen=True)
class Part:
    """One instrument."""

    name: str
    share: float  # of the seconds, set against those of the others
    ask: Callable  # (asked, intent, seconds) -> Report
    why_not: str = ""  # why it is not asked of a plain callable
    instead: Callable | None = None  # asked -> Report: what is known of a plain callable


@dataclass(frozen=True)
class Intent:
    """What the owner declares of a model."""

    causal: bool | None = None
    time_major: bool = False
    quiet: bool | None = None


def _axes(asked, intent, seconds):
    from ..axes import axes

    batch, time_major = asked.batch, intent.time_major
    causal = True if intent.causal else None
    return axes(
        asked.model, batch.x, batch.y, causal=causal, time_major=time_major, seconds=seconds
    )


def _shapes(asked, intent, seconds):
    from ..shapes import shapes

    return shapes(asked.model, asked.batch.x, asked.batch.y, seconds=seconds)


def _masks(asked, intent, seconds):
    from ..masks import masks

    return masks(asked.model, asked.batch.x, asked.batch.y, seconds=seconds)


def _noise(asked, intent, seconds):
    from ..noise import noise, noise_findings

    heard = noise(asked.model, asked.batch.x, asked.batch.y, quiet=intent.quiet)
    return noise_findings(heard, intent.quiet)


def _answers_again(asked):
    """Of a function, what two equal calls tell of noise."""
    same = "answers the same" if asked.same_again else "gives another answer"
    return Report("noise", seen=(f"Asked twice with the same x, the function {same}.",))


def _memory(asked, intent, seconds):
    from ..memory import memory

    return memory(asked.model, asked.batch.x, seconds=seconds)


def _gradients(asked, intent, seconds):
    from ..gradients import gradients

    return gradients(asked.model, asked.batch.x, asked.batch.y, seconds=seconds)


OWN_GRADIENTS = (
    "a function has no fit and no variables that are known; gradcheck compares gradients of one's "
    "own with differences of their loss"
)
PARTS = (
    Part("axes", 1.5, _axes),
    Part("shapes", 0.5, _shapes),
    Part("masks", 0.5, _masks, "a function hands on no masks that could be heard"),
    Part("memory", 0.7, _memory),
    Part("gradients", 1.2, _gradients, OWN_GRADIENTS),
    # Last, since it takes the time that it takes.
    Part("noise", 1.0, _noise, "of a function nothing is known about fit", _answers_again),
)
