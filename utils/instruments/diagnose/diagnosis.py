"""What all instruments together say of a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..report import FAULT, NOTHING, QUESTION, Finding, Report
from . import page


@dataclass(frozen=True)
class Told(Finding):
    """A finding, and who told it."""

    instrument: str = ""  # "" if the model could not be asked at all
    also: tuple[str, ...] = ()  # "gradients (zero gradient)": who saw the same


@dataclass(frozen=True)
class Diagnosis:
    """What was found in a model, the faults first; what was seen; and what was not looked at."""

    reports: Mapping[str, Report] = field(default_factory=dict)  # by instrument
    found: tuple[Told, ...] = ()
    not_seen: tuple[str, ...] = ()  # what was not looked at, and why, in sentences
    seconds: Mapping[str, float] = field(default_factory=dict)  # by instrument, without tracing
    tracing: float = 0.0  # seconds that TensorFlow took to trace graphs

    @property
    def faults(self):
        """What is wrong whatever was meant, a list."""
        return [told for told in self.found if told.level == FAULT]

    @property
    def questions(self):
        """What may be meant, a list."""
        return [told for told in self.found if told.level == QUESTION]

    @property
    def seen(self):
        """What was looked at and is no finding: pairs of an instrument and a sentence."""
        return [(name, words) for name, report in self.reports.items() for words in report.seen]

    @property
    def verdict(self):
        """The gravest finding; else "no finding", or "not looked at"."""
        for told in (*self.faults, *self.questions):
            return told.name
        looked = any(report.verdict != "not looked at" for report in self.reports.values())
        return "no finding" if looked else "not looked at"

    @property
    def headline(self):
        """How much was found, in a line."""
        counted = [_counted(len(self.faults), FAULT), _counted(len(self.questions), QUESTION)]
        return ", ".join(filter(None, counted)) or self.verdict

    @property
    def sentence(self):
        """The whole result in words."""
        said = [told.words for told in (*self.faults, *self.questions)]
        if self.verdict == "no finding":
            said.append(NOTHING)
        return " ".join([*said, *(words for _, words in self.seen), *self.not_seen])

    def plot(self, instrument=None):
        """The picture of an instrument; of the first that has one if none is named, and of one
        that found something before the others. None where there is nothing to draw."""
        if instrument is not None:
            return self.reports[instrument].plot()
        ordered = sorted(self.reports.values(), key=lambda report: not report.found)
        return next(filter(None, (report.plot() for report in ordered)), None)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": page.as_page(self)}

    def __repr__(self):
        return page.as_text(self)


def _counted(n, word):
    return f"{n} {word}{'s' if n > 1 else ''}" if n else ""
