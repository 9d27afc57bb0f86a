"""Is a program mended? Judged by what it does, on data that nobody has seen.

A program is trained on hidden seeds and asked about others. Then it is asked in other batches, in
another order, twice; and what the planted faults broke has to hold.
"""

import random

import numpy as np

from .hearing import hearing_noise
from .kinds import KINDS
from .running import functions_of, score_of
from .symptoms import later_changed
from .telling import found_again

SEEDS = 2  # trainings; the second only for its score
SAME = 5e-3  # two answers that differ by less, in standard deviations of the targets, are the same
ROWS = 7  # of a smaller batch

MESSAGES = {  # id -> the names of its facts
    "no_model": ("what",),
    "other_data": ("what",),
    "losses": ("what",),
    "shape": ("got", "wanted"),
    "not_finite": (),
    "poor": ("score", "wanted", "measure"),
    "model_ignored": (),
    "varies": ("difference",),
    "batch_matters": ("rows", "difference"),
    "order_matters": ("difference",),
    "hears_future": ("step", "difference"),
    "padding_matters": ("longer", "length", "difference"),
    "noise_gone": ("rate",),
    "still_found": ("instrument", "finding"),
}


def misbehaviour(case, functions):
    """Yields (message id, facts) for what is still wrong, the most telling first.

    functions: a dict of the four. What they raise is passed on. Differences are in standard
    deviations of the targets.
    """
    task, own = case._draft.task, functions_of(case._reference, "reference")
    rng = random.Random(f"hidden {case.level} {case.number}")
    seeds = [rng.randrange(10_000, 10**6) for _ in range(2 * SEEDS)]
    data = [own["make_data"](seed) for seed in seeds]
    for k in range(SEEDS):
        there = [functions["make_data"](seed) for seed in seeds[2 * k : 2 * k + 2]]
        for given, wanted in zip(there, data[2 * k : 2 * k + 2], strict=True):
            if what := _other(given, wanted):
                yield "other_data", {"what": what}
                return
        trial = _Trial(case, functions, there, seeds[2 * k])
        complaints = list(trial.complaints(task)) if k else trial.complaints(task)
        ended = False
        for complaint in complaints:
            ended = True
            yield complaint
        if ended:
            return
        if k == 0:
            yield from trial.invariants(case, task)


def _other(given, wanted):
    """Which of x and y is not the case's own data, but for its layout; "" if both are."""
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        return "x, y"
    for name, one, other in zip(("x", "y"), given, wanted, strict=True):
        one = np.asarray(one)
        if one.size != other.size or len(one) != len(other) or one.dtype.kind not in "iufb":
            return name
        rows = np.sort(one.reshape(len(one), -1).astype(float), axis=1)
        if not np.allclose(rows, np.sort(other.reshape(len(other), -1), axis=1), atol=1e-6):
            return name
    return ""


class _Trial:
    """One training on hidden data, and the answers of the trained program."""

    def __init__(self, case, functions, data, seed):
        self.case, self.functions, self.seed = case, functions, seed
        (self.x, self.y), (self.asked, self.wanted) = data
        self.spread = float(np.std(self.wanted)) or 1.0
        self.heard = None

    def complaints(self, task):
        """What is wrong with the training and with its answers."""
        import keras

        keras.utils.set_random_seed(self.seed)
        self.model = self.functions["build"]()
        if not isinstance(self.model, keras.Model):
            yield "no_model", {"what": type(self.model).__name__}
            return
        self.ask(self.asked[: len(self.asked)])  # builds what is built by its first call
        with hearing_noise() as self.heard:
            losses = self.functions["train"](self.model, self.x, self.y)
        if what := _no_losses(losses):
            yield "losses", {"what": what}
            return
        self.answers = self.ask(self.asked)
        if self.answers.size != np.size(self.wanted):
            yield "shape", {"got": str(self.answers.shape), "wanted": str(self.wanted.shape)}
            return
        if not np.isfinite(self.answers).all():
            yield "not_finite", {}
            return
        score = score_of(self.answers, self.wanted, task.choice)
        if not score >= task.enough:
            measure = "accuracy" if task.choice else "R²"
            yield "poor", {"score": score, "wanted": task.enough, "measure": measure}

    def ask(self, x):
        return np.asarray(self.functions["predict"](self.model, np.array(x)))

    def moved(self, one, other):
        if np.shape(one) != np.shape(other):
            return float("inf")
        return float(np.max(np.abs(one - other))) / self.spread

    def invariants(self, case, task):
        """What has to hold besides a good score."""
        planted = set(case._planted)
        difference = self.moved(self.ask(self.asked), self.answers)
        if difference > SAME:
            yield "varies", {"difference": difference}
            return
        yield from self._batches()
        if task.causal:
            yield from self._future()
        if task.tokens:
            yield from self._padding()
        if rate := _rate(case, planted):
            heard = max(self.heard.rates, default=0)
            if heard < rate / 2 and not self.heard.otherwise:
                yield "noise_gone", {"rate": rate}
        if self._ignored():
            yield "model_ignored", {}
        for key in sorted(planted):
            for name in found_again(KINDS[key], self.model, self.x, self.y):
                yield "still_found", {"instrument": KINDS[key].instrument, "finding": name}

    def _batches(self):
        if self.case._draft.rows:
            return
        for rows in (1, ROWS):
            difference = self.moved(self.ask(self.asked[:rows]), self.answers[:rows])
            if difference > SAME:
                yield "batch_matters", {"rows": rows, "difference": difference}
                return
        difference = self.moved(self.ask(self.asked[::-1])[::-1], self.answers)
        if difference > SAME:
            yield "order_matters", {"difference": difference}

    def _future(self):
        for kept in {self.asked.shape[1] // 2, self.asked.shape[1] - 1}:
            changed = self.ask(later_changed(self.asked, kept))
            difference = self.moved(changed[:, :kept], self.answers[:, :kept])
            if difference > SAME:
                yield "hears_future", {"step": kept - 1, "difference": difference}
                return

    def _padding(self):
        length = self.asked.shape[1]
        try:
            answers = self.ask(np.pad(self.asked, ((0, 0), (0, length))))
        except (ValueError, TypeError):  # made for one length only, which nobody forbids
            return
        difference = self.moved(answers, self.answers)
        if difference > SAME:
            facts = {"length": length, "longer": 2 * length, "difference": difference}
            yield "padding_matters", facts

    def _ignored(self):
        """Whether the answers stay what they are when the model's weights are all 0."""
        weights = self.model.get_weights()
        self.model.set_weights([np.zeros_like(w) for w in weights])
        try:
            return self.moved(self.ask(self.asked), self.answers) < SAME
        finally:
            self.model.set_weights(weights)


def _no_losses(losses):
    """What train returned instead of a list of finite numbers; "" if it returned one."""
    if not isinstance(losses, (list, tuple, np.ndarray)):
        return type(losses).__name__
    try:
        numbers = np.asarray(losses, float)
    except (TypeError, ValueError):
        return "a list with something that is no number"
    if numbers.ndim != 1 or not numbers.size:
        return "an empty list" if not numbers.size else "a table of numbers"
    return "" if np.isfinite(numbers).all() else "a list with a number that is not finite"


def _rate(case, planted):
    """The rate of the Dropout that the planted faults are about; 0 if they are about none."""
    about = planted & {"dropout_never_acts", "dropout_in_predict"}
    return case._draft.constants["$DROP"] if about else 0
