"""What a kind of fault is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of fault: how it is named, found, and planted."""

    key: str
    words: str  # the cause, as one may choose it
    instrument: str  # that tells the broken program from the mended one
    findings: tuple  # the instrument's names for it; one of them is found
    tasks: tuple  # names of tasks at which it can be planted
    plant: Callable  # of a Draft and a random.Random: sets the parts of the draft
    intent: tuple = ()  # what the owner declares to the instrument: (word, value)
