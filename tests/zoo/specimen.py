"""One model of the zoo: how to make it, what is wrong with it, and who asked about it.

A module of faulty ones ends in `FAULTY = all_in(globals())`, one of healthy ones names `HEALTHY`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import keras


@dataclass(frozen=True)
class Specimen:
    """A model or program with a batch of data: healthy without an instrument, else faulty."""

    name: str  # unique in the zoo: "reshape where permute was meant"
    build: Callable  # () -> model, x, y; seeds are set inside. For spread: () -> a, b
    instrument: str = ""  # which instrument has to find the fault; "" = healthy
    finding: str | tuple[str, ...] = ()  # by what name; of several names any one will do.
    # For a healthy one: a question that is fair to ask nevertheless.
    source: str = ""  # the question: 'owner/repo#number' or 'Stack Overflow: "title"'
    intent: Mapping[str, Any] = field(default_factory=dict)  # what the owner declares to diagnose
    asked: bool = False  # the finding is a question: only the owner knows that it is a fault
    in_graph: bool = False  # whether the fault shows only where fit runs as a graph

    @property
    def findings(self):
        """The names of the finding that are accepted, as a tuple."""
        return (self.finding,) if isinstance(self.finding, str) else self.finding

    @property
    def healthy(self):
        """Whether nothing is wrong with it, however suspicious it looks."""
        return not self.instrument

    def found_in(self, faults, questions):
        """Whether its instrument tells its finding, among pairs (instrument, finding)."""
        told = {*faults, *questions} if self.asked else set(faults)
        return any((self.instrument, name) in told for name in self.findings)


def found_by(instrument, finding, source, *, asked=False, in_graph=False, **intent):
    """A decorator: a function that builds a model becomes a Specimen that is named like it."""

    def specimen(build):
        name = build.__name__.replace("_", " ")
        return Specimen(name, seeded(build), instrument, finding, source, intent, asked, in_graph)

    return specimen


def seeded(build):
    """The same model each time, whatever was built before it."""

    @wraps(build)
    def build_again():
        keras.utils.set_random_seed(7)
        return build()

    return build_again


def all_in(module):
    """The specimens among a module's global names, in their order."""
    return tuple(value for value in module.values() if isinstance(value, Specimen))
