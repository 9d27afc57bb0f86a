"""A case of the hunt: a broken program, what its owner saw, and how it is judged."""

from dataclasses import dataclass, field
from functools import cached_property

from utils.puzzles.table import Table

from . import judging, running, showing, symptoms
from .answers import Answer
from .composing import composed
from .kinds import KINDS
from .running import FUNCTIONS
from .writing import write

LEVELS = 1, 2, 3


class Causes(dict):
    """Name -> words, shown as a table."""

    def __repr__(self):
        return "\n".join(f"{name}: {words}" for name, words in self.items())

    def _repr_html_(self):
        rows = tuple((f"`{name}`", words) for name, words in self.items())
        return Table("What the hunt can plant", ("name", "in words"), rows)._repr_html_()


CAUSES = Causes((key, kind.words) for key, kind in sorted(KINDS.items()))


@dataclass(frozen=True)
class Case:
    """One broken program. `case` makes it from its number and level."""

    number: int
    level: int
    title: str
    symptom: str  # the question in words
    task: str  # what the program should do
    code: str
    _draft: object = field(repr=False)
    _planted: tuple = field(repr=False)  # the causes, as keys

    @property
    def causes(self):
        """All causes that one may name: key -> words. The list is the same for every case."""
        return Causes(CAUSES)

    def functions(self, code=None):
        """The four functions of the program, or of another text, as a dict."""
        return running.functions_of(
            self.code if code is None else code, f"case {self.number} of level {self.level}"
        )

    def run(self, functions=None, seed=0):
        """Train the program, or one with some of its functions replaced, and ask it -> Run.

        functions: a dict with any of make_data, build, train and predict.
        """
        return running.run(self.functions() | _known(functions or {}), self._draft.task, seed)

    def shows_symptom(self, run):
        """Whether a run shows what the question tells of."""
        return symptoms.SYMPTOMS[self._draft.symptom].shows(run, self._draft.task)

    def name(self, *causes):
        """An answer that names the cause, one of the keys of `causes`."""
        return Answer(self.number, self.level, causes)

    def mend(self, **functions):
        """An answer with those of the four functions that were changed."""
        return Answer(self.number, self.level, None, functions)

    def answer(self, *causes, **functions):
        """An answer that names the cause and mends the program."""
        return Answer(self.number, self.level, causes, functions)

    def into_next_cell(self):
        """Write the program into a new cell below; where there is no notebook, print it."""
        showing.into_next_cell(self.code)

    @cached_property
    def _reference(self):
        return write(self._draft, set())

    @property
    def _instrument(self):
        """Cause -> the instrument that finds it, and the finding's names."""
        return {key: (KINDS[key].instrument, KINDS[key].findings) for key in self._planted}

    def _mended_but(self, *kept):
        """The program with only some of its faults."""
        return write(self._draft, set(kept))

    def _behaves(self, functions=None):
        """What is still wrong with a program, judged by behaviour; see `judging.misbehaviour`."""
        return judging.misbehaviour(self, self.functions() | _known(functions or {}))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": showing.page(self)}

    def __repr__(self):
        return showing.text(self)


def case(number, level=1):
    """The case of a number and a level; the same on every machine.

    number: a whole number from 0. level: 1 one fault in a short program; 2 one fault among things
    that look suspicious and are right; 3 two faults.
    Raises TypeError or ValueError for another number or level.
    """
    for what, value in (("number", number), ("level", level)):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{what} is {value!r}; expected a whole number.")
    if number < 0:
        raise ValueError(f"number is {number}; expected 0 or more.")
    if level not in LEVELS:
        raise ValueError(f"level is {level}; expected 1, 2 or 3.")
    draft, planted = composed(number, level)
    return Case(
        number,
        level,
        draft.task.title,
        symptoms.told(draft, number, level),
        symptoms.with_numbers(draft.task.words, draft.task),
        write(draft, set(planted)),
        draft,
        planted,
    )


def _known(functions):
    unknown = sorted(set(functions) - set(FUNCTIONS))
    if unknown:
        raise ValueError(
            f"{', '.join(unknown)}: a program of the hunt has the functions {', '.join(FUNCTIONS)}."
        )
    return dict(functions)
