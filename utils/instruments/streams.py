"""Do parallel streams keep to themselves, within a chunk and from one chunk to the next?

A stream is poked, and all of them are watched, in the same chunk and in the one after it. Beside
these two maps stand what else a state of its own means: a reset begins anew, streams that change
places change answers, and a sequence cut into two chunks gets the answers of the whole.
"""

from dataclasses import dataclass

import numpy as np

from . import streams_wording as wording
from .bundle import mime_bundle
from .changes import difference
from .chunk_runs import runs_of
from .chunks import chunk_of
from .influence import Influence

TINY = np.finfo(float).tiny
ROUNDING = 256  # units in the last place of the largest number of an answer
ONE_ROW = "With a batch of one, a mix-up of streams and rows can't show: give two rows."
ONE_STREAM = "There is one stream only: it has nobody to hear."


@dataclass(frozen=True)
class Comparison:
    """How far two ways to ask the same thing are apart."""

    difference: float  # the largest between any two numbers
    limit: float  # up to which it is rounding

    @property
    def equal(self):
        """Whether they are the same, to rounding."""
        return self.difference <= self.limit


@dataclass(frozen=True)
class StreamsReport:
    """Which streams hear which, and whether each has a state of its own. Streams count from 0."""

    same: Influence | None  # [poked, answering] in the chunk that was poked; None: see the notes
    then: Influence | None  # [poked, answering] in the chunk after it
    repeat: Comparison | None  # the same chunk after a reset, and again after another
    permutation: Comparison | None  # streams that change places, against answers that do
    split: Comparison | None  # a chunk, against the same chunk in two pieces
    noisy: bool  # whether one chunk from one state gets different answers
    notes: tuple[str, ...] = ()  # what was not asked, and why

    @property
    def heard(self):
        """[streams, streams] of bool: does stream i hear stream j, [j, i], in either chunk?"""
        if self.same is None:
            return None
        return self.same.moved | self.then.moved

    @property
    def carries(self):
        """[streams] of bool: does anything of a stream's chunk reach its next one?"""
        return None if self.then is None else self.then.moved.diagonal()

    @property
    def order(self):
        """The streams in the order in which they run, if each hears exactly those before it."""
        if self.same is None or len(self.same.moved) < 2:
            return None
        ran = np.argsort(self.same.moved.sum(axis=0), kind="stable")  # the first hears only itself
        triangle = np.triu(np.ones(self.same.moved.shape, bool))
        ordered = self.same.moved[np.ix_(ran, ran)]
        return tuple(ran.tolist()) if np.array_equal(ordered, triangle) else None

    @property
    def findings(self):
        """Everything that may not be meant: short names, the gravest first."""
        same, then = (_off_diagonal(found) for found in (self.same, self.then))
        carries = self.carries
        asked = carries is not None
        stateful = asked and self.then.moved.any()
        mixed = bool((same & same.T).any() or (same.any() and not stateful))
        found = {
            "answers vary": self.noisy,
            "not reset": self.repeat is not None and not self.repeat.equal and not self.noisy,
            "mixed in the same chunk": mixed,
            "streams leak": (same.any() or then.any()) and not mixed,
            "unheard": asked and not self.heard.any(axis=1).all(),
            "no state carried": asked and not carries.any(),
            "some carry no state": asked and carries.any() and not carries.all(),
            "split differs": asked
            and carries.all()
            and self.split is not None
            and not self.split.equal,
            "cannot tell": not asked and not self.noisy,
        }
        return tuple(name for name, there in found.items() if there)

    @property
    def verdict(self):
        """The gravest finding; else "own state"."""
        return self.findings[0] if self.findings else "own state"

    @property
    def sentence(self):
        """The result in words."""
        return wording.describe(self)

    def plot(self):
        """The two maps, side by side, on a Figure of its own; None if they could not be asked."""
        from . import streams_picture

        return None if self.same is None else streams_picture.draw(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        if self.same is None:
            return {"text/plain": self.sentence}
        return mime_bundle(self.plot(), self.sentence, "Two maps of who hears whom among streams.")

    def __repr__(self):
        return self.sentence


def streams(model, x, *, axis=1):
    """Find out which streams of a model hear each other, and whether each carries its own state.

    model: a Keras model or layer, stateful or not; or a function of a chunk that keeps no state, or
        whose state begins anew when its `reset_state()`, `reset_states()` or `reset()` is called.
    x: one chunk, [batch, streams, timesteps, …], or a list of arrays, [batch, timesteps, …] of each
        stream. The model answers with an array that has the streams along the same axis, or with a
        list of arrays, one of each stream.
    axis: of the streams, in x and in the answer, if they are arrays. Time is the next axis.

    Returns a StreamsReport. What could not be asked is None in it, and its notes say why. A Keras
    model is called with training=False, and left bit for bit as it was, also when something is
    raised: weights, states, seeds, whether it was built. A function is left reset.
    Raises TypeError for what can't be called, ValueError for an x or an answer that can't be used,
    and RuntimeError from the model's own exception if it raises.
    """
    if not callable(model) or isinstance(model, type):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(f"model is {what}; expected a Keras model, or a function of a chunk.")
    chunk = chunk_of(x, axis)
    with runs_of(model, chunk) as runs:
        return _report(runs, chunk)


def _report(runs, chunk):
    first, again, noisy = runs.started_anew()
    form = chunk.form_of(first)
    repeat = _comparison(first, again)
    if reason := runs.why_no_more(repeat.equal):
        return StreamsReport(None, None, repeat, None, None, noisy, (reason,))
    found = runs.influence(form)
    same, then = _halves(found, chunk.streams)
    rounding = float(np.max(found.tolerance))
    notes = [] if len(chunk.arrays[0]) > 1 else [ONE_ROW]
    permutation = None
    if chunk.streams > 1:
        permutation = _permutation(runs, chunk, form, first, rounding, notes)
    else:
        notes.append(ONE_STREAM)
    split = _split(runs, chunk, form, first, rounding, notes)
    noisy = noisy or not found.deterministic
    return StreamsReport(same, then, repeat, permutation, split, noisy, tuple(notes))


def _halves(found, streams):
    """The influence on two answers, one after the other -> that on each."""
    tolerance = np.broadcast_to(found.tolerance, found.matrix.shape[1])
    return [
        Influence(found.matrix[:, part], tolerance[part], found.deterministic, found.note)
        for part in (slice(streams), slice(streams, None))
    ]


def _permutation(runs, chunk, form, first, rounding, notes):
    """Streams that change places: backwards, and each one place on."""
    straight, compared = np.arange(chunk.streams), []
    for places in (straight[::-1], np.roll(straight, 1)):
        try:
            (answer,) = runs.from_start(chunk.permuted(places))
        except (RuntimeError, ValueError) as error:
            notes.append(f"Streams could not change places: {error}")
            return None
        compared.append(_comparison(form.permuted(first, places), answer, rounding))
    return max(compared, key=lambda found: found.difference / max(found.limit, TINY))


def _split(runs, chunk, form, first, rounding, notes):
    """The whole chunk against two pieces of it, of different length."""
    steps = chunk.timesteps
    if steps is None or steps < 2:
        notes.append("The chunk could not be cut in two: it has less than two timesteps.")
        return None
    try:
        pieces = runs.from_start(*chunk.cut((steps + 2) // 3))
    except (RuntimeError, ValueError) as error:
        notes.append(f"The chunk could not be cut in two: {error}")
        return None
    joined = form.joined(pieces, steps)
    if joined is None:  # no time axis: the last answer has to be the same
        joined = pieces[-1]
        if [a.shape for a in joined] != [a.shape for a in first]:
            notes.append("The chunk could not be cut in two: its answers can't be joined.")
            return None
    return _comparison(first, joined, rounding)


def _comparison(one, other, rounding=0.0):
    """Two answers, lists of arrays of the same shapes."""
    largest = max(np.abs(a).max(initial=0) for a in (*one, *other))
    eps = max(np.finfo(a.dtype).eps if a.dtype.kind in "fc" else 0.0 for a in (*one, *other))
    moved = max(difference(a, b).max(initial=0) for a, b in zip(one, other, strict=True))
    return Comparison(float(moved), max(float(ROUNDING * eps * largest), rounding))


def _off_diagonal(found):
    """[streams, streams] of bool: who moves whom but itself."""
    if found is None:
        return np.zeros((1, 1), bool)
    return found.moved & ~np.eye(len(found.moved), dtype=bool)
