"""02.controls: two models that differ in Dropout alone. Judged by weights, masks and outputs."""

import random

import numpy as np

from utils.exercises.calling import describe, guarded
from utils.exercises.checks.dropout_and_seed.asking import eagerly
from utils.exercises.checks.dropout_and_seed.dials import (
    HIDDEN,
    INPUTS,
    ROWS,
    UNIT,
    UNITS,
    dials,
    in_order,
)
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.models import ask

RATE = 0.05
SEED, OTHER = 3, 4
FEW = 512  # rows in which two masks of 5 % are never equal by chance
ORDINALS = ("first", "second", "third", "fourth", "last")


def judge_build(build):
    """Right if the arms share their weights, whatever ran before, and only one of them drops."""
    with eagerly():
        drops, twin = _made(build, SEED, True, 1), _made(build, SEED, False, 2)
        again, other = _made(build, SEED, True, 3), _made(build, OTHER, True, 4)
        verdict = _of_the_starts(drops, twin, again, other)
        if verdict is None:
            zero = [_made(build, 0, on, place) for place, on in enumerate((True, False), 5)]
            verdict = _of_the_arms_starts(*zero, 0)
        if verdict is None:
            drops = in_order(drops)
            verdict = (
                _of_predict(drops, twin)
                or _of_the_layers(drops)
                or _of_the_arms(drops, twin)
                or _of_the_draws(drops, again, other)
                or _of_the_masks(drops)
            )
    return verdict or right()


CONTROLS = Exercise(
    id="02.controls",
    task=(
        "Hand in `build(seed, drops)`, which returns an uncompiled Keras model: 51 inputs, four "
        "times Dense(64) with relu and Dropout after it, then Dense(1). With drops=True the rate "
        "is .05, with drops=False nothing drops, and both start from the same weights, whatever "
        "ran before. Another seed gives other weights and other masks. Each layer has weights of "
        "its own, each Dropout a mask of its own."
    ),
    judge=judge_build,
    messages={
        "not_a_model": (
            "Your function returned {got}, and a Keras model is wanted. Only a model can be "
            "compiled and trained by whoever calls you. Look at your `return` line."
        ),
        "other_shapes": (
            "Your model's weights have the shapes {got}; four layers of 64 units on 51 inputs and "
            "a readout of 1 have {wanted}. With other sizes it is another experiment. Look at the "
            "list of your layers."
        ),
        "same_object": (
            "Called twice, your function returned one and the same model. Whoever trains the first "
            "has trained the second as well. Look at what is made inside your function, and what "
            "outside."
        ),
        "unseeded": (
            "Called twice with seed {seed}, drops=True, and with other draws of random numbers in "
            "between, your function gave models with different weights, from the {layer} Dense "
            "layer on. So the run can't be repeated by anybody whose notebook has run other cells. "
            "Look at where each initialiser gets its seed from."
        ),
        "arms_differ": (
            "With seed {seed}, `drops=True` and `drops=False` start from different weights: of "
            "the five kernels {same} are equal, and the {layer} is the first that is not. A "
            "difference between the trained models could then come from there. Look at what "
            "`drops` changes besides the dropping: how many seeds are drawn, and in which order?"
        ),
        "seed_ignored": (
            "Seeds {seed} and {other} give the same weights. Ten seeds would be ten times the same "
            "run, with a spread of nothing. Look at the way that `seed` takes through your "
            "function."
        ),
        "kernels_alike": (
            "The {layer} and the {second} Dense layer start with the same numbers{scaled}. Keras "
            "draws the same numbers wherever it is given the same seed, and then two layers that "
            "should differ by chance compute alike. Look at how many different seeds your "
            "initialisers have."
        ),
        "not_relu": (
            "Given {given} in one unit, your {layer} hidden layer passed on {got}, where relu "
            "passes on {wanted}. With another activation it is another experiment. Look at the "
            "arguments of that layer."
        ),
        "readout": (
            "Given −5, your last layer put out {got}. The target swings around 0, so the readout "
            "has to reach below. Look at the last layer's activation."
        ),
        "inverted": (
            "With `drops=False` your model drops in training, and with `drops=True` it doesn't. "
            "Whoever reads the results will draw the opposite conclusion. Look at the expression "
            "that makes a rate out of `drops`."
        ),
        "still_drops": (
            "With `drops=False` two training steps on the same rows, at a learning rate of 0, "
            "computed different outputs (up to {gap} apart). Something is still random in that "
            "arm, so it is no control. Look at which of your layers depend on `drops`."
        ),
        "never_drops": (
            "With `drops=True` two training steps on the same rows, at a learning rate of 0, "
            "computed the same outputs to the last bit. Nothing drops, so both arms are the same "
            "model. Look at the rate, and at whether Dropout hears that this is training."
        ),
        "drops_in_predict": (
            "With `drops={drops}`, two calls of `predict` on the same rows gave different outputs. "
            "Dropout belongs into training; in `predict` it would put noise on every result. "
            "Look at what you pass as `training`."
        ),
        "other_function": (
            "Both arms hold the same weights and predict different things: up to {gap} apart on "
            "the same rows. Something else differs between them, besides Dropout. Look at all that "
            "depends on `drops`."
        ),
        "masks_unseeded": (
            "With seed {seed} the weights come out the same each time, and the masks don't: "
            "the first training step of two such models computes different outputs. So the run "
            "still can't be repeated. Look at which layers draw random numbers, besides those "
            "with weights."
        ),
        "masks_ignore_seed": (
            "Seeds {seed} and {other} give other weights, but the very same masks: with equal "
            "weights both compute the same outputs in training. A spread over seeds would leave "
            "this source of chance out. Look at what the masks depend on in your function."
        ),
        "no_dropout_there": (
            "After the {layer} hidden layer {share} of the values are dropped in training, and "
            "{wanted} are wanted there. Look at what stands between this layer and the next."
        ),
        "rate": (
            "After the {layer} hidden layer {share} of the values are dropped in training, in "
            "{rows} rows; {wanted} are wanted. Another rate is another experiment. Look at the "
            "number that your Dropout gets."
        ),
        "misplaced": (
            "Of the values {where}, {share} are dropped in training. The question drops after each "
            "of the four hidden layers and nowhere else. Look at the order of your layers."
        ),
        "frozen_mask": (
            "Two training steps drop the very same values after the {layer} hidden layer: the mask "
            "is drawn once and kept. Then those units are never trained together with the others, "
            "which is not what Dropout does. Look at what a fixed seed means for a function that "
            "is called again and again."
        ),
        "same_mask": (
            "After the {layer} hidden layer, a unit was dropped in {dropped} of {rows} rows, and "
            "in {both} of these the unit of the same number was dropped after the {second} as "
            "well. With masks of their own, that would happen about {own} times. Look at the seeds "
            "that your Dropout layers are given."
        ),
        "scale": (
            "In training, what survives your Dropout should be made larger, so that the mean stays "
            "where it was; the mean through all hidden layers comes out as {mean} instead of about "
            "1. `predict` then works with other sizes than training. Look at what your Dropout "
            "does with the values that it keeps."
        ),
    },
    hints=(
        "Make a list of all that is random when your model is made and trained: five kernels, four "
        "masks. Where does each get its seed from, with drops=True and with drops=False?",
        "A Keras layer that is given no seed draws one from Python's `random` when it is made. A "
        "`Dropout(0)` needs none, and draws none. Which layers' seeds does that move?",
        "Two ways lead out. Either make both arms draw the same number of seeds in the same order, "
        "from a known start. Or give each initialiser and each Dropout a seed of its own, "
        "computed from `seed` and the layer's number.",
        "`keras.utils.set_random_seed(seed)` at the top, and a rate of 1e-9 in place of 0, is "
        "enough. Without touching everybody's dice: `keras.initializers.GlorotUniform(seed=…)` and "
        "`Dropout(rate, seed=…)`. The whole answer is in `solutions/02_dropout_and_seed.ipynb`.",
    ),
    hints_for={
        "arms_differ": "The first kernel that differs tells where the seeds moved. What comes "
        "right before it in the one arm and not in the other?",
        "unseeded": "Run `random.random()` before your function. Should that change the model?",
        "kernels_alike": "Same seed, same numbers: that holds for two layers as for two runs. How "
        "could each layer get a seed of its own from one `seed`?",
        "same_mask": "`Dropout(rate, seed=1)` twice is the same mask twice. How could each get "
        "another seed?",
        "masks_unseeded": "`Dropout` has an argument `seed`, too.",
        "masks_ignore_seed": "The seeds of your masks are constants. Let them depend on `seed`.",
        "never_drops": "Ask `noise` from this lesson about your model.",
        "frozen_mask": "`keras.random.dropout(x, rate, seed=3)` repeats itself with each call. A "
        "`keras.random.SeedGenerator` counts on.",
        "seed_ignored": "Search your function for the name `seed`. Where is it used?",
    },
    explanation=(
        "Now there are two arms that differ in one thing. Both start from the same weights, "
        "whatever ran before; one drops 5 % after each hidden layer, each layer with a mask of its "
        "own, and the other drops nothing. If they end apart, Dropout did it. If you used "
        "`set_random_seed`, note that it also rewinds the dice of whoever calls you: seeds of "
        "each layer's own leave them alone. And if you count seeds up from `seed`, neighbouring "
        "seeds share some kernels between their layers; multiply before you count."
    ),
    seconds=40.0,
    expects="a function `build(seed, drops)`",
    tensorflow=True,
)


def _made(build, seed, drops, place):
    """(model, its `Dials`) of one call, after something else has drawn random numbers."""
    _draw_random_numbers(place)
    given = f"called with seed {seed} and drops={drops}"
    model = ask(build, seed, drops, given=given)
    import keras

    if not isinstance(model, keras.Model):
        raise NotYet("not_a_model", got=describe(model))
    with guarded(f"{given}; the model was then shown a row of 51 numbers"):
        model(np.zeros((1, INPUTS), np.float32))
    with guarded(f"{given}; the model was then compiled and asked to predict"):
        found = dials(model)
    if found is None:
        got = ", ".join(str(array.shape) for array in model.get_weights()) or "(there are none)"
        hidden = f"({UNITS}, {UNITS}), ({UNITS},), " * (HIDDEN - 1)
        wanted = f"({INPUTS}, {UNITS}), ({UNITS},), {hidden}({UNITS}, 1), (1,)"
        raise NotYet("other_shapes", got=got, wanted=wanted)
    return found


def _draw_random_numbers(place):
    """What other cells of a notebook may have done: never the same twice."""
    import keras

    keras.utils.set_random_seed(100 + place)
    for _ in range(place):
        random.random()
        np.random.random()
    keras.random.normal((place,))


def _of_the_arms_starts(drops, twin, seed):
    """The verdict on the initial weights of the two arms."""
    differing = _differing(drops.kernels(), twin.kernels())
    if not differing:
        return None
    same = len(ORDINALS) - len(differing)
    return not_yet("arms_differ", seed=seed, layer=ORDINALS[differing[0]], same=same)


def _of_the_starts(drops, twin, again, other):
    """The verdict on the initial weights of all models; None if there is nothing to say."""
    every = [drops, twin, again, other]
    if len({id(one.model) for one in every}) < len(every):
        return not_yet("same_object")
    starts = [one.kernels() for one in every]
    differing = _differing(starts[0], starts[2])
    if differing:
        return not_yet("unseeded", seed=SEED, layer=ORDINALS[differing[0]])
    verdict = _of_the_arms_starts(drops, twin, SEED)
    if verdict is not None:
        return verdict
    if len(_differing(starts[0], starts[3])) < len(ORDINALS):
        return not_yet("seed_ignored", seed=SEED, other=OTHER)
    for second in range(len(ORDINALS)):
        for first in range(second):
            if _alike(starts[0][first], starts[0][second]):
                shapes = starts[0][first].shape == starts[0][second].shape
                scaled = "" if shapes else ", scaled to its size"
                names = {"layer": ORDINALS[first], "second": ORDINALS[second]}
                return not_yet("kernels_alike", scaled=scaled, **names)
    return None


def _differing(first, second):
    return [k for k in range(len(first)) if not np.array_equal(first[k], second[k])]


def _alike(first, second):
    """Whether one kernel's numbers are the other's first ones, but for a factor."""
    size = min(first.size, second.size)
    one, two = first.ravel()[:size], second.ravel()[:size]
    if not one.std() or not two.std():
        return bool(one.std() == two.std())
    return abs(np.corrcoef(one, two)[0, 1]) > 0.99


def _of_the_layers(drops):
    """The verdict on the activations, asked of `predict`."""
    weights = drops.model.get_weights()
    row = np.zeros((1, INPUTS), np.float32)
    for layer in range(HIDDEN):
        drops.show(layer)
        kernels = dict(enumerate(drops.kernels()))
        lift = np.full(UNITS if layer + 1 < HIDDEN else 1, 10.0)  # lets a negative pass the next
        for given, wanted in ((-1.0, 0.0), (1.5, 1.5)):
            drops.set(kernels, {layer: given * np.eye(UNITS)[UNIT], layer + 1: lift})
            got = float(drops.predicted(row)[0]) - 10
            if abs(got - wanted) > 0.01:
                facts = {"given": f"{given:g}".replace("-", "−"), "wanted": f"{wanted:g}"}
                got = f"{got:.3g}".replace("-", "−")
                return not_yet("not_relu", layer=ORDINALS[layer], got=got, **facts)
    drops.set({}, {HIDDEN: [-5.0]})
    got = float(drops.predicted(row)[0])
    drops.model.set_weights(weights)
    if abs(got + 5) > 0.01:
        return not_yet("readout", got=f"{got:.3g}".replace("-", "−"))
    return None


def _rows(seed):
    return np.random.default_rng(seed).normal(size=(64, INPUTS)).astype(np.float32)


def _of_predict(drops, twin):
    """The verdict on `predict`, where nothing may drop."""
    x = _rows(0)
    for one, words in ((drops, True), (twin, False)):
        if _gap(one.predicted(x), one.predicted(x)) > 0:
            return not_yet("drops_in_predict", drops=words)
    return None


def _of_the_arms(drops, twin):
    """The verdict on what `drops` changes: who drops in training, and nothing else."""
    x = _rows(1)
    gap = _gap(drops.predicted(x), twin.predicted(x))
    if gap > 1e-4:
        return not_yet("other_function", gap=f"{gap:.2g}")
    still = [one.trained(x) for one in (twin, twin)]
    moves = [one.trained(x) for one in (drops, drops)]
    # A rate as good as zero scales by a number as good as one.
    gap = max(_gap(*still), _gap(still[0], twin.predicted(x)))
    if not _gap(*moves):
        return not_yet("inverted" if gap > 1e-4 else "never_drops")
    if gap > 1e-4:
        return not_yet("still_drops", gap=f"{gap:.2g}")
    return None


def _gap(first, second):
    return float(np.abs(first - second).max())


def _of_the_draws(drops, again, other):
    """The verdict on the masks' seeds: `drops` has already trained two steps on other weights."""
    x = _rows(2)
    for one in (again, other):
        for _ in range(2):
            one.trained(x)
    other.model.set_weights(drops.model.get_weights())
    here, there, elsewhere = (one.trained(x) for one in (drops, again, other))
    if _gap(here, there):
        return not_yet("masks_unseeded", seed=SEED)
    if not _gap(here, elsewhere):
        return not_yet("masks_ignore_seed", seed=SEED, other=OTHER)
    return None


def _of_the_masks(drops):
    """The verdict on each layer's mask: its share, its place, and whether it is its own."""
    x, rewind = np.ones((ROWS, INPUTS), np.float32), drops.rewound()

    def shown(layer):
        drops.show(layer)
        return drops.trained(x)

    outputs = {}
    for layer in range(-1, HIDDEN):
        rewind()  # the same masks each time, as far as they hang on the model's own seeds
        outputs[layer] = shown(layer)
    dropped = {layer: values == 0 for layer, values in outputs.items()}
    drops.set({}, {HIDDEN: [1.0]})
    ends = {"that enter the model": dropped.pop(-1), "that leave the model": drops.trained(x) == 0}
    for where, zeros in ends.items():
        if zeros.mean() > 0.005:
            return not_yet("misplaced", where=where, share=f"{zeros.mean():.1%}")
    for layer, zeros in dropped.items():
        if abs(zeros.mean() - RATE) > 0.022:
            facts = {"layer": ORDINALS[layer], "share": f"{zeros.mean():.1%}", "rows": ROWS}
            message = "rate" if zeros.any() else "no_dropout_there"
            return not_yet(message, wanted=f"{RATE:.0%}", **facts)
    if abs(outputs[0].mean() - 1) > 0.05:
        return not_yet("scale", mean=f"{outputs[0].mean():.2f}")
    for second in range(HIDDEN):
        for first in range(second):
            both = int(np.sum(dropped[first] & dropped[second]))
            if both > 0.5 * dropped[first].sum():
                return not_yet("same_mask", **_in_common(dropped, first, second))
    for layer in range(HIDDEN):
        drops.show(layer)
        first, second = (drops.trained(x[:FEW]) == 0 for _ in range(2))
        if np.array_equal(first, second):
            return not_yet("frozen_mask", layer=ORDINALS[layer])
    return None


def _in_common(dropped, first, second):
    one, two = dropped[first], dropped[second]
    return {
        "layer": ORDINALS[first],
        "second": ORDINALS[second],
        "dropped": int(one.sum()),
        "both": int((one & two).sum()),
        "own": round(float(one.mean() * two.mean() * ROWS)),
        "rows": ROWS,
    }
