"""Is a program mended? Judged by what it does, on data that nobody has seen.

What has to hold whatever was learned is asked first, of the untrained model: that costs little, and
tells half a repair more clearly than a poor score. Then the program is trained and asked again.
"""

import random

import numpy as np

from .asking import Asked
from .hearing import hearing_noise
from .kinds import KINDS
from .running import functions_of, score_of
from .telling import found_again, one_batch

TRAININGS = 2  # the second for its score only

MESSAGES = {  # id -> the names of its facts
    "other_data": ("what",),
    "no_model": ("what",),
    "shape": ("got", "wanted"),
    "not_finite": (),
    "varies": ("difference",),
    "state_left": ("difference",),
    "state_dropped": (),
    "streams_mixed": ("difference",),
    "batch_matters": ("rows", "difference"),
    "order_matters": ("difference",),
    "hears_future": ("step", "difference"),
    "padding_matters": ("length", "longer", "difference"),
    "losses": ("what",),
    "poor": ("score", "wanted", "measure"),
    "low_loss": ("loss", "floor"),
    "noise_gone": ("rate",),
    "model_ignored": (),
    "still_found": ("instrument", "finding"),
}
FLOOR = 0.5  # the crossentropy of a tag, a fifth of which is noise: no honest loss is far below


def misbehaviour(case, functions):
    """Yields (message id, facts) for what is wrong with a program, the most telling first.

    functions: a dict of the four. What they raise is passed on. Differences of answers are in
    standard deviations of the answers.
    """
    own = functions_of(case._reference, f"reference of case {case.number} of level {case.level}")
    rng = random.Random(f"hidden {case.level} {case.number}")
    seeds = [rng.randrange(10_000, 10**6) for _ in range(2 * TRAININGS)]
    data = [own["make_data"](seed) for seed in seeds]
    for k in range(0, 2 * TRAININGS, 2):
        there = [functions["make_data"](seed) for seed in seeds[k : k + 2]]
        for given, wanted in zip(there, data[k : k + 2], strict=True):
            if what := _other(given, wanted):
                yield "other_data", {"what": what}
                return
        for complaint in _trial(case, functions, *there, seeds[k], thorough=k == 0):
            yield complaint
            return


def _trial(case, functions, trained_on, asked_about, seed, thorough):
    """What is wrong with one training and its answers."""
    import keras

    task = case._draft.task
    keras.utils.set_random_seed(seed)
    model = functions["build"]()
    if not isinstance(model, keras.Model):
        yield "no_model", {"what": type(model).__name__}
        return
    asked = Asked(lambda x: functions["predict"](model, x), *asked_about)
    if thorough:
        yield from asked.invariants(task, case._draft.rows)
    else:
        asked.answers()  # builds what its first call builds
    with hearing_noise() as heard:
        losses = functions["train"](model, *map(np.array, trained_on))
    if what := _no_losses(losses):
        yield "losses", {"what": what}
    answers = asked.answers()
    yield from asked.form(answers)
    score = score_of(answers, asked.wanted, task.choice, task.real(asked.x))
    if not score >= task.enough:
        measure = "accuracy" if task.choice else "R²"
        yield "poor", {"score": score, "wanted": task.enough, "measure": measure}
    if thorough:
        yield from _after_training(case, model, asked, losses, heard)
        yield from asked.invariants(task, case._draft.rows)
        for key in sorted(case._planted):
            for name in found_again(KINDS[key], model, *one_batch(task, *trained_on)):
                yield "still_found", {"instrument": KINDS[key].instrument, "finding": name}


def _after_training(case, model, asked, losses, heard):
    """What the training has to have done besides a good score."""
    planted = set(case._planted)
    if "padding_in_loss" in planted and losses[-1] < 0.9 * FLOOR:
        yield "low_loss", {"loss": float(losses[-1]), "floor": FLOOR}
    rate = case._draft.constants["$DROP"] if planted & NOISY else 0
    if max(heard.rates, default=0) < rate / 2 and not heard.otherwise:
        yield "noise_gone", {"rate": rate}
    if _ignored(model, asked):
        yield "model_ignored", {}


NOISY = {"dropout_never_acts", "dropout_in_predict"}


def _other(given, wanted):
    """Which of x and y is not the case's own data, but for its layout; "" if both are."""
    if not isinstance(given, tuple | list) or len(given) != 2:
        return "x, y"
    for name, one, other in zip(("x", "y"), given, wanted, strict=True):
        one = np.asarray(one)
        if one.size != other.size or len(one) != len(other) or one.dtype.kind not in "iufb":
            return name
        rows = np.sort(one.reshape(len(one), -1).astype(float), axis=1)
        if not np.allclose(rows, np.sort(other.reshape(len(other), -1), axis=1), atol=1e-6):
            return name
    return ""


def _ignored(model, asked):
    """Whether the answers stay what they are when the model's weights are all 0."""
    weights, answers = model.get_weights(), asked.answers()
    model.set_weights([np.zeros_like(w) for w in weights])
    try:
        return asked.same(asked.answers(), answers)
    finally:
        model.set_weights(weights)


def _no_losses(losses):
    """What train returned instead of a list of finite numbers; "" if it returned one."""
    if not isinstance(losses, list | tuple | np.ndarray):
        return type(losses).__name__
    try:
        numbers = np.asarray(losses, float)
    except (TypeError, ValueError):
        return "a list with something that is no number"
    if numbers.ndim != 1 or not numbers.size:
        return "a table of numbers" if numbers.size else "an empty list"
    return "" if np.isfinite(numbers).all() else "a list with a number that is not finite"
