"""Are these the gradients of that loss? Differences of the loss, with steps of several lengths.

An error that shrinks with the step is numerical. One that ignores it is not: then the two sides
belong to different functions. Before anything is compared, both are asked whether they are
functions at all, that is, whether the same parameters always get the same answer.
"""

from dataclasses import dataclass

import numpy as np

from . import gradcheck_wording as wording
from .bundle import mime_bundle
from .gradient_blocks import Block, common_factor, compare, share
from .loss_and_gradients import Functions
from .probing import Answers, asked_once_more, probe
from .slopes import norm
from .steps import AROUND, Steps

SHARP = 1e-2  # a check that could not see a norm error of this size tells nothing
FAINT = 1e-3  # of the largest gradients: an array with less than that is told, and let pass
EXACT = 1e-12  # the eps of numbers that are no shorter than float64
NAN = float("nan")
TOO_ROUGH = (
    "Whether the gradients are right can't be told. The loss is rough: however near to each other, "
    "two points differ by about {:.1g}, as they do where a function is chaotic or rounds."
)


@dataclass(frozen=True)
class GradcheckReport:
    """Whether the gradients are those of the loss, and how sharply that was looked at."""

    answers: Answers  # what equal parameters got
    blocks: tuple[Block, ...] = ()  # one for each array; none if nothing could be compared
    deltas: np.ndarray = ()  # [deltas] the steps, falling
    errors: np.ndarray = ()  # [deltas] norm error along directions through all parameters
    delta: float = NAN  # the step with which most numbers were found
    factor: float | None = None  # what all gradients would have to be multiplied by
    missed: bool = False  # whether a direction through all parameters is off, though no array is
    reason: str = ""  # why it can't be told
    notes: tuple[str, ...] = ()  # what was not looked at

    @property
    def wrong(self):
        """Whether the gradients are not those of the loss, beyond doubt."""
        return self.missed or any(block.wrong for block in self.blocks)

    @property
    def error(self):
        """The norm error ‖a − n‖ / (‖a‖ + ‖n‖) over all numbers that were looked at."""
        return _over_all(self.blocks, "error")

    @property
    def bound(self):
        """How large that may be by truncation and round-off."""
        return _over_all(self.blocks, "bound")

    @property
    def findings(self):
        """Everything that may not be meant: short names, the gravest first."""
        found = {
            "loss is not a function": self.answers.loss_varies,
            "gradients are not a function": self.answers.gradients_vary,
            "parameters are changed": bool(self.answers.changed),
            "gradients are not finite": bool(self.answers.not_finite),
            "loss does not move": self.answers.still,
            "disagree by a factor": self.wrong and self.factor is not None,
            "disagree": self.wrong and self.factor is None,
            "cannot tell": bool(self.reason) and not self.wrong,
        }
        return tuple(name for name, there in found.items() if there)

    @property
    def verdict(self):
        """The gravest finding; else "agree"."""
        return self.findings[0] if self.findings else "agree"

    @property
    def sentence(self):
        """The result in words."""
        return wording.describe(self)

    def plot(self, ax=None):
        """The error by step, on a Figure of its own unless an Axes is given; None without one."""
        from . import gradcheck_picture

        return gradcheck_picture.draw(self, ax) if len(self.deltas) else None

    def _repr_mimebundle_(self, include=None, exclude=None):
        text, table = repr(self), wording.page(self)
        if not len(self.deltas):
            return {"text/plain": text, "text/html": table}
        shown = mime_bundle(self.plot(), self.sentence, "Norm error by step, on two log axes.")
        return {"text/plain": text, "text/html": table + shown["text/html"]}

    def __repr__(self):
        return "\n".join([*wording.text_table(self), self.sentence])


def gradcheck(loss, gradients, parameters, *, deltas=None, sample=None):
    """Compare gradients with differences of the loss that they are said to belong to.

    loss: a function from parameters to one number. gradients: a function from parameters to the
        gradients, in the same nest. Both may call whatever they like, TensorFlow too.
    parameters: a dict, list or tuple of arrays, nested or not, or one array; or variables, such as
        `model.trainable_variables`. Arrays are handed on as copies, unless the functions look at
        the arrays themselves; variables are changed in place. Either way they are left bit for bit.
    deltas: the steps, as shares of the largest number in an array, or as they are where that is
        less than 1. By default from 0.1 down to 1e-9, for float32 to 1e-5.
    sample: how many single numbers to look at, at most. By default what about three seconds allow.
        All numbers are looked at together besides, along random directions.

    Returns a GradcheckReport. Raises TypeError or ValueError for what can't be used, and
    RuntimeError from the functions' own exceptions.
    """
    functions = Functions(loss, gradients, parameters)
    deltas = _checked_deltas(deltas, functions.start)
    if sample is not None and (not isinstance(sample, int | np.integer) or sample < 1):
        raise ValueError(f"sample is {sample!r}; expected a whole number of at least 1, or None.")
    try:
        answers, gradient = probe(functions)
        if gradient is None:
            return GradcheckReport(answers, reason=answers.reason)
        return _compared(
            functions, answers, Steps(functions, gradient, deltas, answers.jitter), sample
        )
    finally:
        functions.put_back()


def _compared(functions, answers, steps, sample):
    if steps.rough:
        return GradcheckReport(answers, reason=TOO_ROUGH.format(steps.noise))
    around, errors, missed = _curve(steps)
    blocks, slopes, notes = compare(steps, functions.names, around, sample)
    answers = asked_once_more(answers, functions)
    if answers.loss_varies:
        return GradcheckReport(answers)
    reason, faint = _too_blunt(blocks, slopes, steps)
    return GradcheckReport(
        answers,
        tuple(blocks),
        steps.deltas,
        errors,
        float(np.median([slope.delta for slope in slopes])),
        common_factor(blocks),
        missed,
        reason,
        (*notes, *faint, *_failures(functions)),
    )


def _curve(steps):
    """The steps around the best one, the norm error by step, and whether a direction is off."""
    slopes = [
        steps.slope(line, found) for line, found in zip(steps.whole, steps.curve, strict=True)
    ]
    best = int(np.median([np.flatnonzero(steps.deltas == slope.delta)[0] for slope in slopes]))
    first = int(np.clip(best - 1, 0, max(0, len(steps.deltas) - AROUND)))
    residuals, expected = (
        np.array([getattr(found, name) for found in steps.curve])
        for name in ("residuals", "expected")
    )
    errors = [
        share(norm(r), norm(e) + norm(e + r)) for r, e in zip(residuals.T, expected.T, strict=True)
    ]
    return slice(first, first + AROUND), np.array(errors), any(slope.off for slope in slopes)


def _over_all(blocks, which):
    """The norm error, or its bound, of all numbers together."""
    if not blocks:
        return NAN
    size = norm([norm(b.analytic) for b in blocks]) + norm([norm(b.numerical) for b in blocks])
    parts = [np.where(b.on_edge, 0, b.bounds if which == "bound" else b.apart) for b in blocks]
    return share(norm(np.concatenate(parts)), size)


def _too_blunt(blocks, slopes, steps):
    """Why the check can't tell, if it can't, and notes on what is not seen in one that can."""
    bound = _over_all(blocks, "bound")
    edges = [s.kind for s in slopes if s.on_edge or (s.kind == "jump" and bound > SHARP)]
    if len(edges) > len(slopes) / 2:
        what = "jumps" if "jump" in edges else "has a kink"
        return f"The loss {what} at {len(edges)} of {len(slopes)} numbers: no slope is there.", ()
    if all(block.zero for block in blocks):
        return "All gradients are 0, and so are the differences: look where the loss slopes.", ()
    if not np.isfinite(bound):
        lost = [block.name for block in blocks if not np.isfinite(block.bounds).all()]
        return f"The loss has no finite values beside {wording.listed(lost)}.", ()
    if bound > SHARP:
        return _why_blunt(slopes, bound, steps), ()
    largest = max(block.size for block in blocks)
    blunt = [b for b in blocks if b.bound > SHARP and not (b.wrong or b.zero)]
    hidden = [b.name for b in blunt if b.bound * b.size > FAINT * largest]
    if hidden:
        return f"The gradients of {wording.listed(hidden)} can't be told from round-off.", ()
    notes = []
    if blunt:
        part = max(block.bound * block.size for block in blunt) / largest
        notes.append(
            f"The gradients of {wording.listed([block.name for block in blunt])} are too small to "
            f"be told from round-off, which is up to {part:.0e} of the largest ones."
        )
    if edges:
        notes.append(
            f"{len(edges)} of {len(slopes)} numbers lie where the loss bends too sharply to have "
            "one slope, as relu does at 0: they were left out."
        )
    return "", notes


def _failures(functions):
    if functions.failures:
        yield (
            f"{functions.failures[0]}, and so on at {len(functions.failures)} of "
            f"{len(functions.seen)} calls: there it was not looked at."
        )


def _why_blunt(slopes, bound, steps):
    cut_off = np.median([slope.rounding / slope.bound for slope in slopes]) < 0.5
    if cut_off:
        return (
            "The differences still change with the step: the loss bends too sharply for these. "
            "Give shorter deltas."
        )
    hidden = f"Rounding hides errors of up to {bound:.0e} of the gradients."
    if steps.eps > EXACT or any(array.dtype.itemsize < 8 for array in steps.start):
        return f"{hidden} Hand in float64 parameters, and compute the loss in float64."
    return f"{hidden} The loss is too large for its own changes: leave out what is constant."


def _checked_deltas(deltas, start):
    """[deltas], falling; several, so that one can see whether the error follows them."""
    if deltas is None:
        single = any(array.dtype.itemsize < 8 for array in start)
        return 10.0 ** -np.arange(1, 5.1 if single else 9.1, 0.5)
    try:
        found = np.unique(np.asarray(deltas, float).ravel())[::-1]
    except (TypeError, ValueError):
        found = np.zeros(0)
    if len(found) < 2 or not np.isfinite(found).all() or found[-1] <= 0:
        raise ValueError(
            f"deltas is {deltas!r}; expected at least two different steps above 0: from one alone "
            "nothing can be said of the error of its difference."
        )
    return found
