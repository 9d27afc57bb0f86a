"""03.by_step: the mean squared error of each time step. Judged by the numbers that come back."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import as_array, call, describe
from utils.exercises.exercise import RIGHT, Exercise, not_yet, right
from utils.exercises.questions import number, verdicts


def judge_by_step(by_step):
    """Right if each step's number is the mean over the batch of that step's squared errors."""
    found = verdicts(_errors, by_step, QUESTIONS)
    wrong = [question for question in QUESTIONS if found[question].outcome != RIGHT]
    good = [question for question in QUESTIONS if question not in wrong]
    if not wrong:
        return right()
    one_layout = good and {q.column for q in wrong}.isdisjoint(q.column for q in good)
    where_it_fits = all(q.column and q.stretches() for q in wrong)
    if one_layout or (where_it_fits and any(q.rows == q.timesteps for q in wrong)):
        return _one_layout(wrong, found)
    for message, axis in (("one_sequence", "rows"), ("one_step", "timesteps")):
        if all(getattr(question, axis) == 1 for question in wrong):
            return not_yet(message, finding=_finding(found[wrong[0]]), **_sizes(wrong[0]))
    telling = [question for question in wrong if 1 not in question.shape()[:2]]
    oblong = [question for question in telling if question.rows != question.timesteps]
    if telling and not oblong:
        return not_yet("square", finding=_finding(found[telling[0]]), **_sizes(telling[0]))
    ranked = oblong + telling + wrong
    returned = [question for question in ranked if found[question].message != "raised"]
    return found[(returned or ranked)[0]]


BY_STEP = Exercise(
    id="03.by_step",
    task=(
        "Hand in `by_step(outputs, targets)`, which returns the mean squared error of each time "
        "step, [timesteps]: the mean is over the batch. `outputs` is [batch, timesteps, 1] or "
        "[batch, timesteps], `targets` is [batch, timesteps]."
    ),
    judge=judge_by_step,
    messages={
        "stretched": (
            "Your numbers are right where the outputs have the targets' shape. But with {asked}, "
            "{finding}, and nothing complains: subtracted as they are, the two are stretched to "
            "shape {stretched}, in which an output meets targets of other steps and other "
            "sequences.{stops} Look at both shapes right before the subtraction."
        ),
        "column_only": (
            "Your numbers are right for outputs with a last axis of 1, and not for outputs that "
            "have the targets' shape: with {asked}, {finding}. A model that ends in "
            "`Dense(timesteps)` returns such outputs. Look at what your function does with the "
            "last axis when there is nothing to take off."
        ),
        "one_sequence": (
            "For a batch of one sequence your result is not right, for larger ones it is: with "
            "{asked}, {finding}. The last batch of an epoch is often such a rest. Look at which "
            "axes your function takes away, and which it only hopes to."
        ),
        "one_step": (
            "For sequences of one step your result is not right, for longer ones it is: with "
            "{asked}, {finding}. Look at which axes your function takes away, and whether it names "
            "them or goes by their length."
        ),
        "square": (
            "Where batch and timesteps differ your numbers are right; where they are equal, they "
            "are not: with {asked}, {finding}. Sizes that happen to agree hide which axis is "
            "which. Look for a line that tells the axes apart by their length."
        ),
        "one_number": (
            "With {asked} your result is a single number, {number}. It is no longer visible that "
            "some steps are predicted worse than others, which is the question here. Look at "
            "which axes your mean goes over."
        ),
        "by_row": (
            "With {asked} your result holds a number for each of the {rows} sequences, and one for "
            "each of the {timesteps} steps is wanted. Each of yours mixes early steps and late "
            "ones. Look at the axis of your mean, and at what that axis counts."
        ),
        "not_averaged": (
            "With {asked} your result is the whole table of squared errors, of shape {result}. "
            "One sequence's errors are mostly chance; what the model does at a step shows in the "
            "mean over sequences. Look at what is still to be done with the batch axis."
        ),
        "summed": (
            "Your result is the sum over the batch: with {asked}, step {t} is {given}, and the "
            "mean over {rows} sequences is {wanted}. A sum grows with the batch, so two batches "
            "could not be compared. Look at how the sequences become one number."
        ),
        "root": (
            "Your result is the root of what is asked for: with {asked}, step {t} is {given}, and "
            "the mean of the squares is {wanted}. The floors of this lesson are squared errors, "
            "and their sum over the steps is the loss; roots don't add up to it. Look at what "
            "happens after the mean."
        ),
        "absolute": (
            "Your result is the mean size of the errors: with {asked}, step {t} is {given}, and "
            "the mean of their squares is {wanted}. The loss counts squares, and large errors "
            "weigh more in them. Look at what becomes of an error before the mean."
        ),
        "signed": (
            "In your result errors cancel: with {asked}, step {t} is {given}, and the mean of the "
            "squared errors is {wanted}. A model that is as often too high as too low would look "
            "perfect. Look at the order of squaring and averaging."
        ),
        "centred": (
            "Your result is the variance of the errors: with {asked}, step {t} is {given}, and the "
            "mean of the squared errors is {wanted}. A model that is always too high by the same "
            "amount would look perfect. Look at what is subtracted before the squares are taken."
        ),
        "so_far": (
            "Your result adds up over the steps: with {asked}, step {t} is {given}, and the mean "
            "squared error of this step alone is {wanted}. What happened at an early step then "
            "stays in all later ones. Look for a sum or mean that runs along the timesteps."
        ),
        "scaled": (
            "All your numbers are {factor} times those wanted: with {asked}, step {t} is {given}, "
            "and the mean of the squared errors is {wanted}. Summed over the steps they would not "
            "give the loss. Look at what the sum of the squares is divided by."
        ),
        "shape": (
            "With {asked} your result has shape {result}; ({timesteps},) is wanted, one number "
            "for each step. Look at which axis is gone or too many once the mean is taken."
        ),
        "values": (
            "With {asked} your result has the right shape, but step {t} is {given}, and the mean "
            "of the squared errors of that step is {wanted}. Look at which output meets which "
            "target, and follow one step by hand for a batch of two."
        ),
    },
    hints=(
        "Write down the shapes: outputs, targets, their difference, its square, the result. Which "
        "axis counts sequences, and which counts steps?",
        "Try `np.zeros((5, 5, 1)) - np.zeros((5, 5))` and look at the shape. Where do the three "
        "axes come from, and why is there no error?",
        "First give the outputs the shape of the targets, whichever of the two layouts they come "
        "in. Then subtract, square, and take the mean over one axis only.",
        "`np.reshape(outputs, np.shape(targets))` fits both layouts, and `axis=0` is the batch. "
        "The whole answer is in `solutions/03_sequence_or_last_state.ipynb`.",
    ),
    hints_for={
        "stretched": "NumPy compares shapes from the right: 1 against timesteps, then timesteps "
        "against batch. What shape should the outputs have before they meet the targets?",
        "column_only": "Print `outputs.shape` for both layouts. What is the last axis in each, and "
        "what would take one away only where it is there?",
        "one_sequence": "`squeeze` without an axis takes every axis of length 1. Which one did you "
        "mean?",
        "one_step": "`squeeze` without an axis takes every axis of length 1. Which one did you "
        "mean?",
        "by_row": "In `np.mean(table, axis=k)` the axis k is the one that goes away. Which of the "
        "two should go?",
        "one_number": "A mean without `axis` goes over everything. Which axis should remain?",
        "signed": "Square each error first; only then average.",
        "raised": "Print the shapes of both arguments. The outputs come with or without a last "
        "axis of 1; what would make the two alike?",
    },
    explanation=(
        "Each number is the mean over the batch of one step's squared errors, and together they "
        "add up to the loss of this lesson: the mean over the batch of the sum over the steps. "
        "The trap is silent: [batch, timesteps, 1] minus [batch, timesteps] raises as long as the "
        "two sizes differ, and where they are equal, or the batch is one sequence, or the "
        "sequence one step, it gives a table in which outputs meet targets that are not theirs. "
        "So choose a batch size that differs from the number of steps, and bring both to one "
        "shape before you subtract."
    ),
    expects="a function `by_step(outputs, targets)`",
)


@dataclass(frozen=True)
class _Question:
    """How many sequences and timesteps, and whether the outputs have a last axis of 1."""

    rows: int
    timesteps: int
    column: bool

    def shape(self):
        return (self.rows, self.timesteps, *[1] * self.column)

    def words(self):
        return f"outputs of shape {self.shape()} and targets of shape {self.shape()[:2]}"

    def stretches(self):
        """Whether NumPy subtracts a column of these sizes without an error."""
        return 1 in self.shape()[:2] or self.rows == self.timesteps

    def data(self):
        """Outputs and targets; the steps' errors differ in size and are not 0 on average."""
        rng = np.random.default_rng([self.rows, self.timesteps, self.column])
        targets = rng.normal(0, 1, (self.rows, self.timesteps))
        size = np.linspace(2.0, 0.2, self.timesteps)
        bias = rng.choice([-0.6, 0.8], self.timesteps)
        outputs = targets + size * (bias + rng.normal(0, 1, targets.shape))
        return outputs.reshape(self.shape()).astype(np.float32), targets.astype(np.float32)


# Where sizes are equal or 1, NumPy stretches one array over the other and raises nothing.
SIZES = ((4, 6), (5, 5), (7, 3), (1, 4), (3, 1))
QUESTIONS = tuple(_Question(*size, column) for size in SIZES for column in (True, False))


def _errors(by_step, question):
    """The verdict on one question."""
    outputs, targets = question.data()
    result = call(by_step, outputs, targets)
    given = as_array(result, "the result").astype(float)
    error = outputs.reshape(targets.shape).astype(float) - targets
    wanted = (error**2).mean(axis=0)
    facts = _sizes(question) | {"got": describe(result), "result": str(given.shape)}
    if given.shape == wanted.shape:
        if _close(given, wanted):
            return right()
        facts |= _furthest(given, wanted)
    if given.size == 1 < question.timesteps:
        return not_yet("one_number", number=number(given.item()), **facts)
    for message, reading in _readings(error):
        if given.shape == reading.shape and _close(given, reading):
            return not_yet(message, **facts)
    if given.shape != wanted.shape:
        return not_yet("shape", **facts)
    factors = given / wanted
    if question.timesteps > 2 and _close(factors, factors[:1]):
        return not_yet("scaled", factor=number(factors[0]), **facts)
    return not_yet("values", **facts)


def _readings(error):
    """(message, what an answer that goes wrong in this way returns); the first that fits counts."""
    squares, steps = error**2, np.arange(1, error.shape[1] + 1)
    by_step = squares.mean(axis=0)
    yield "summed", squares.sum(axis=0)
    yield "root", np.sqrt(by_step)
    yield "absolute", abs(error).mean(axis=0)
    for sign in (1, -1):
        yield "signed", sign * error.mean(axis=0)
    yield "signed", abs(error.mean(axis=0))
    yield "signed", error.mean(axis=0) ** 2
    yield "centred", error.var(axis=0)
    yield "so_far", np.cumsum(by_step)
    yield "so_far", np.cumsum(by_step) / steps
    yield "by_row", squares.mean(axis=1)
    yield "by_row", squares.sum(axis=1)
    yield "not_averaged", squares
    yield "not_averaged", squares[..., None]


def _one_layout(wrong, found):
    """The verdict on an answer that is right for one layout of the outputs and never the other."""
    silent = [question for question in wrong if found[question].message != "raised"]
    stopped = [question for question in wrong if found[question].message == "raised"]
    if not wrong[0].column:
        return not_yet("column_only", finding=_finding(found[wrong[0]]), **_sizes(wrong[0]))
    if not silent:
        return found[stopped[0]]
    question = next((q for q in silent if q.rows == q.timesteps), silent[0])
    outputs, targets = question.data()
    try:
        stretched = str((outputs - targets).shape)
    except ValueError:  # then it is no stretching that went wrong
        return found[question]
    stops = f" With {stopped[0].words()} it stops with an error." if stopped else ""
    facts = {"stretched": stretched, "stops": stops, "finding": _finding(found[question])}
    return not_yet("stretched", **facts, **_sizes(question))


def _finding(verdict):
    """What was seen at one question, as a clause."""
    facts = verdict.facts
    if verdict.message == "raised":
        return f"it stops with {facts['error']}: {facts['text']}"
    if "given" in facts:
        return f"step {facts['t']} is {facts['given']} where {facts['wanted']} is wanted"
    if "result" in facts:
        return f"the result has shape {facts['result']} where ({facts['timesteps']},) is wanted"
    return f"the result is {facts.get('got', 'none')}, which holds no error of a step"


def _sizes(question):
    return {"rows": question.rows, "timesteps": question.timesteps, "asked": question.words()}


def _furthest(given, wanted):
    t = int(np.argmax(abs(given - wanted) / wanted))
    return {"t": t, "given": number(given[t]), "wanted": number(wanted[t])}


def _close(given, wanted):
    """Equal to three digits: a result in float16 passes, a mean over one row too few does not."""
    return np.allclose(given, wanted, rtol=2e-3, atol=0)
