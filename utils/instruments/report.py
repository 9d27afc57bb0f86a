"""What an instrument says of a model: findings, what was seen, and what was not looked at.

A fault is wrong whatever was meant: the model contradicts itself or its data. A question is right
or wrong by what the owner meant, which no instrument can know.
"""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .bundle import image
from .table import as_html, as_lines

FAULT, QUESTION = "fault", "question"
NOTHING = "No finding. That does not prove that the model is right."
LEFT = "text-align: left"
CELL = f"{LEFT}; vertical-align: top; overflow-wrap: normal"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or that the owner should be asked about."""

    name: str  # short, fixed: "samples hear each other"
    words: str  # what was seen, with numbers; why it matters; where to look
    level: str = FAULT


@dataclass(frozen=True)
class Report:
    """What one instrument found, the faults first."""

    instrument: str  # its name, as one calls it
    found: tuple[Finding, ...] = ()
    seen: tuple[str, ...] = ()  # what was looked at and is no finding, in sentences
    not_seen: tuple[str, ...] = ()  # what was not looked at, and why, in sentences
    numbers: Mapping[str, Any] = field(default_factory=dict)
    draw: Callable | None = None  # a function from nothing to a Figure

    @property
    def faults(self):
        """The names of what is wrong whatever was meant."""
        return tuple(finding.name for finding in self.found if finding.level == FAULT)

    @property
    def questions(self):
        """The names of what may be meant."""
        return tuple(finding.name for finding in self.found if finding.level == QUESTION)

    @property
    def findings(self):
        """All names, the faults first."""
        return self.faults + self.questions

    @property
    def verdict(self):
        """The gravest finding; else "no finding", or "not looked at"."""
        if self.findings:
            return self.findings[0]
        return "no finding" if self.seen or not self.not_seen else "not looked at"

    @property
    def sentence(self):
        """The result in words."""
        of_level = [f.words for level in (FAULT, QUESTION) for f in self.found if f.level == level]
        said = [*of_level, *self.seen, *self.not_seen]
        if not self.found and self.verdict == "no finding":
            said.insert(0, NOTHING)
        return " ".join(said)

    def plot(self):
        """The picture on a Figure of its own; None where there is nothing to draw."""
        return self.draw() if self.draw else None

    def _repr_mimebundle_(self, include=None, exclude=None):
        figure = self.plot()
        if figure is None:
            return {"text/plain": repr(self), "text/html": self._page()}
        shown = image(figure, f"What {self.instrument} measured. {self.sentence}")
        return {"text/plain": repr(self), "text/html": self._page() + shown}

    def _page(self):
        heads, rows = self._table()
        return as_html(f"{self.instrument}: {self.verdict}", heads, rows, html.escape, LEFT, CELL)

    def _table(self):
        """Column names, and a row of text for each thing said."""
        rows = [(f.level, f.name, f.words) for f in self.found]
        rows += [("seen", "", words) for words in self.seen]
        rows += [("not looked at", "", words) for words in self.not_seen]
        return ("what", "finding", "in words"), rows or [("seen", "", NOTHING)]

    def __repr__(self):
        lines = as_lines(("level", "finding"), [(f.level, f.name) for f in self.found])
        return "\n".join([*(lines if self.found else ()), self.sentence])
