"""One model of the zoo: how to make it, what is wrong with it, and who asked about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Specimen:
    """A model or program with a batch of data: healthy without an instrument, else faulty."""

    name: str  # unique in the zoo: "Reshape where Permute was meant"
    build: Callable  # () -> model, x, y; seeds are set inside. For spread: () -> a, b
    instrument: str = ""  # which instrument has to find the fault; "" = healthy
    finding: str | tuple[str, ...] = ()  # by what name; of several names any one will do
    source: str = ""  # the question: 'owner/repo#number' or 'Stack Overflow: "title"'
    intent: Mapping[str, Any] = field(default_factory=dict)  # what the owner declares to diagnose

    @property
    def findings(self):
        """The names of the finding that are accepted, as a tuple."""
        return (self.finding,) if isinstance(self.finding, str) else self.finding

    @property
    def healthy(self):
        """Whether nothing is wrong with it, however suspicious it looks."""
        return not self.instrument
