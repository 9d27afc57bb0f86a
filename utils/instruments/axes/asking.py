"""Asking a model what moves when parts of its input change, for as long as there is time."""

import random
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from utils.error_text import text_of

from ..calling import replies
from ..changes import difference, own_changes
from .values import alternatives, in_turns

QUESTIONS = 10**5  # at most; time ends before
QUICK_ENOUGH = 60  # calls that should be possible; else rows are left out
FEWEST_ROWS, MOST_ROWS = 4, 32
MEASURED_CALLS = 20  # that it takes to measure rounding errors
SEEDS = range(8)  # for noise that no layer owns
AGAIN = 3  # questions at the end, to see whether the answers are still the same
BY_PLACE = "when part of x was changed"


@dataclass
class Asker:
    """A model, one batch, and what has moved so far."""

    calls: list  # functions that answer from the same state; several hold other random numbers
    arrays: list  # of the input
    put_together: object  # a function from such a list to what the model takes
    inputs: list  # a Side for each array
    ends: float  # on the clock of perf_counter
    limits: list = None  # for each number of the answer, the change that means nothing
    steady: bool = True
    each: float = 0.0  # seconds that one question takes
    raised: dict = field(default_factory=dict)  # words of the model's exceptions -> how often
    streams: list = None
    question: list = None
    base: list = None  # the answer to x, a list of arrays
    ever: list = None  # for each number of the answer, whether it has ever moved
    stirred: list = None  # for each array of the answer, whether a bit of it has ever changed

    def __post_init__(self):
        self.others = [
            alternatives(array, side.features)
            for array, side in zip(self.arrays, self.inputs, strict=True)
        ]
        self.mixed = {}  # the last array that was mixed, and what of
        self.streams = [None] * len(self.calls)

    @property
    def left(self):
        """Seconds that are left."""
        return self.ends - perf_counter()

    def affords(self, share=1.0):
        """How many questions fit into a share of the time that is left."""
        return int(max(0.0, share * self.left) / max(self.each, 1e-6))

    @property
    def usual(self):
        """How many turns it takes until each row has had each of the alternatives."""
        return max([len(others) for others, _ in self.others], default=1)

    @property
    def rounds(self):
        """The same with those that are tried in the end."""
        return self.usual + max([len(last) for _, last in self.others], default=0)

    def prepare(self, any_change=False):
        """Learn what the answer is, whether it is steady, and what change means nothing.

        any_change: take every change for one, which spares the measuring of rounding errors.
        """
        started = perf_counter()
        pairs = self._pairs([self.arrays] * 2)
        self.each = (perf_counter() - started) / 3
        self.base = pairs[0][0]
        self.ever = [np.zeros(array.shape, bool) for array in self.base]
        self.stirred = [False] * len(self.base)
        self.steady = all(np.array_equal(a, b) for one in pairs for a, b in zip(*one, strict=True))
        if not self.steady:
            return
        if any_change:
            self.limits = [np.zeros(array.shape) for array in self.base]
            return
        measured = self.affords(0.4) > MEASURED_CALLS
        patience = [3 if not measured else QUESTIONS]

        def ask(questions, names):
            patience[0] -= len(names)
            if patience[0] < 0:
                raise RuntimeError("There is no time to measure this.")
            return self._pairs(questions)

        self.limits, self.steady = own_changes(ask, self.arrays, self.all_changed())
        if len(self.calls) > 1:  # another draw may make any number as large as the largest
            self.limits = [np.full(a.shape, a.max(initial=0)) for a in self.limits]

    def all_changed(self, turn=0, last=False):
        """x with everything changed at once."""
        everywhere = [(a, ...) for a in range(len(self.arrays))]
        return self.changed(everywhere, turn, last=last)

    def changed(self, places, turn, by_row=False, last=False):
        """x with other values at some places, pairs of an array's number and an index into it.

        turn: which of the alternatives is put there. by_row: whether the rows take turns with them.
        last: whether to take those that are tried in the end, where there are any.
        """
        copies = list(self.arrays)
        for a, index in places:
            others = self.others[a][last] or self.others[a][0]
            if not others:
                continue
            axis = self.inputs[a].batch if by_row else None
            key = (a, turn % len(others), axis, last)
            if self.mixed.get("key") != key:
                self.mixed = {"key": key, "values": in_turns(others, turn, axis)}
            if copies[a] is self.arrays[a]:
                copies[a] = self.arrays[a].copy()
            copies[a][index] = self.mixed["values"][index]
        return copies

    def moved(self, x, draw=0):
        """How far each number of the answer moves for x, 0 within rounding; None if it raises."""
        draw %= len(self.calls)
        self.question = x
        if self.streams[draw] is None:
            self.streams[draw] = replies(
                self.calls[draw],
                self.arrays,
                iter(lambda: self.question, QUESTIONS),
                [BY_PLACE] * QUESTIONS,
                self.put_together,
            )
        try:
            before, after = next(self.streams[draw])
        except (RuntimeError, ValueError) as error:  # values that this model does not take
            self.streams[draw] = None
            words = text_of(error)
            self.raised[words] = self.raised.get(words, 0) + 1
            return None
        far = []
        for k, (b, a, limit) in enumerate(zip(before, after, self.limits, strict=True)):
            change, ever = difference(b, a), self.ever[k]
            self.stirred[k] |= bool(change.any())
            change[change <= limit] = 0.0
            ever |= change > 0
            far.append(change)
        return far

    def drifts(self):
        """Whether x itself, asked again after all that, gets another answer than at first."""
        again = (self.moved(self.arrays, draw) for draw in range(AGAIN))
        return any(moved is None or any(map(np.any, moved)) for moved in again)

    def with_calls(self, calls, **how):
        """The same batch, asked through other functions. how: as for `prepare`."""
        other = replace(self, calls=calls, raised={})
        other.prepare(**how)
        return other

    def about(self, arrays):
        """The same model, asked about another batch of the same shapes."""
        other = replace(self, arrays=arrays, raised={})
        other.prepare()
        return other

    def _pairs(self, questions):
        names = [BY_PLACE] * len(questions)
        return list(replies(self.calls[0], self.arrays, questions, names, self.put_together))


def held(call):
    """Functions that answer as `call` does, each from global seeds of its own."""

    def seeded(seed):
        def answer(x):
            random.seed(seed)
            np.random.seed(seed)
            tf = sys.modules.get("tensorflow")
            if tf is not None:
                tf.random.set_seed(seed)
            return call(x)

        return answer

    return [seeded(seed) for seed in SEEDS]


def asker_for(calls, batch, seconds, sides_of):
    """An Asker for a Batch -> it, the Batch that it asks with, and notes.

    It takes fewer rows if there are many, or if it would be too slow with all. sides_of: a function
    from the arrays of x to their Sides.
    """
    notes = []
    once = _seconds_of(calls[0], batch.nest)
    wanted = int(batch.rows * seconds / QUICK_ENOUGH / max(once, 1e-6))
    wanted = min(MOST_ROWS, max(FEWEST_ROWS, wanted))
    if wanted < batch.rows and batch.any_number:
        fewer = batch.fewer(wanted)
        if _takes(calls[0], fewer.nest):
            notes.append(f"Of {batch.rows} rows {fewer.rows} were asked, taken evenly.")
            batch = fewer
    asker = Asker(
        calls, batch.arrays, batch.put_together, sides_of(batch.arrays), perf_counter() + seconds
    )
    asker.prepare()
    if not asker.steady and len(calls) == 1:
        asker = asker.with_calls(held(calls[0]))
    return asker, batch, notes


def _takes(call, x):
    try:
        call(x)
    except Exception:  # a number of rows that it does not take
        return False
    return True


def _seconds_of(call, x):
    """How long one call takes, tracing not counted; 0 if it raises, which is said elsewhere."""
    if not _takes(call, x):
        return 0.0
    started = perf_counter()
    call(x)
    return perf_counter() - started


@contextmanager
def within(asker, share):
    """Inside, only this share of the time that is left may be used."""
    ends = asker.ends
    asker.ends = perf_counter() + share * asker.left
    try:
        yield
    finally:
        asker.ends = ends
