"""02.look_alike: a Sequential of one's own, mended. Judged bit by bit against Keras' Sequential."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import describe, guarded
from utils.exercises.checks.dropout_and_seed.asking import eagerly
from utils.exercises.exercise import Exercise, NotYet, Unanswered, not_yet, right

INPUTS, UNITS, ROWS, STEPS = 6, 12, 48, 2
RATE = 0.05  # of SGD, whose steps are the cheapest to run line by line and to trace
CASES = {  # what stands between two Dense layers, in words
    "plain": "two Dropout layers",
    "normalised": "BatchNormalization and GaussianNoise",
    "nested": "a ReLU layer and a Sequential that holds a Dropout",
}


def judge_look_alike(look_alike):
    """Right if it trains like a Sequential, with a shape and without, and is quiet in `predict`."""
    if look_alike is Ellipsis:
        raise Unanswered
    if not callable(look_alike):
        return not_yet("not_a_class", got=describe(look_alike))
    with eagerly():
        _must_be_answered(look_alike)
        for case in CASES:
            verdict = _compared(look_alike, case)
            if verdict is not None:
                return verdict
    verdict = _fitted(look_alike)
    return verdict or right(cases=len(CASES), steps=STEPS)


LOOK_ALIKE = Exercise(
    id="02.look_alike",
    task=(
        "Hand in the mended class: made from a list of Keras layers, with or without "
        "`input_shape`, it trains to the same numbers as `keras.Sequential` with these layers, to "
        "the last bit, and stays quiet in `predict`."
    ),
    judge=judge_look_alike,
    messages={
        "not_a_class": (
            "You handed in {got}, and the class itself is wanted. The check makes several models "
            "with it, from layers of its own. Look at what stands after the comma in `check(…)`."
        ),
        "not_a_model": (
            "Made from a list of layers{how}, your class gave {got}, which is no Keras model. Only "
            "a model can be compiled and trained. Look at what your class inherits from."
        ),
        "never_drops": (
            "Made {how} from Dense layers and {case}, your model trains exactly like a Sequential "
            "whose noise layers are switched off: its losses are {mine}, and theirs {quiet}. With "
            "the noise on they are {wanted}. So nobody tells the layers that this is training. "
            "Look at the line that runs one layer."
        ),
        "no_training": (
            "Your model made {how} draws random numbers if one calls it with `training=True`, but "
            "in `fit` it doesn't: its losses are {mine}, those of a Sequential without noise. "
            "`fit` tells only those who can hear it. Look at the arguments of your `call`."
        ),
        "drops_in_predict": (
            "Two calls of `predict` on the same rows gave different outputs (made {how}, with "
            "{case}). Noise belongs to training, and here it is on every result. Look at what your "
            "layers are told, and whether anybody asks if this is training."
        ),
        "some_layers": (
            "With two Dropout layers your model trains like a Sequential, to the last bit. Made "
            "{how} with {case} it doesn't: its losses are {mine}, and {wanted} are wanted. What "
            "you do for one kind of layer, others need as well. Look at what Keras does when it "
            "calls a layer, whichever it is."
        ),
        "other_masks": (
            "Made {how} with {case}, your model does drop in training, but it draws other numbers: "
            "its losses are {mine}, and {wanted} are wanted to the last bit, from the same seeds. "
            "Look for a place where a layer is called, copied or made once more than needed."
        ),
        "other_start": (
            "Made {how} with {case}, your model's first prediction, before any training, is not "
            "that of a Sequential with the same seeds: they are {gap} apart. So the layers differ, "
            "or their order. Look at which layers your model runs."
        ),
        "other_prediction": (
            "Made {how} with {case}, your model has the right losses in training, and afterwards "
            "predicts other numbers than the Sequential: {gap} apart. Look at what is different in "
            "your `call` when this is not training."
        ),
        "trained_otherwise": (
            "Step by step your model is right. In a whole `fit`, made {how}, it is not: its loss "
            "is {mine}, and {wanted} is wanted. `fit` runs `call` once to make a graph and then "
            "the graph. Look for something in your `call` that Python decides anew each time."
        ),
    },
    hints=(
        "Both ways of making the model run the same layers. Compare the line that runs a layer in "
        "`__init__` with the one in `call`. They differ in a few characters.",
        "`layer(x)` and `layer.call(x)`: the second is the layer's arithmetic alone. What does the "
        "first do besides?",
        "Someone has to tell Dropout that this is training. `fit` tells your model. How does your "
        "model's `call` hear of it, and who passes it on to the layers?",
        "Run each layer as `layer(x)`, and keep `training` among the arguments of `call`: Keras "
        "hands it down from there. The whole answer is in `solutions/02_dropout_and_seed.ipynb`.",
    ),
    hints_for={
        "never_drops": "Put `print(training)` into a Dropout's way: what does `layer.call(x)` tell "
        "it, and what does `layer(x)`?",
        "no_training": "`fit` calls your model with `training=True` only if `call` has an argument "
        "of that name.",
        "drops_in_predict": "`training=True` as a constant is true in `predict` as well. Who knows "
        "whether this is training?",
        "some_layers": "Let Keras decide what a layer needs: call the layer, not its `call`.",
        "other_masks": "Each call of a Dropout in training draws once. How often does your model "
        "call each layer in one step?",
    },
    explanation=(
        "With a shape and without, your model is `keras.Sequential` to the last bit: with Dropout, "
        "with BatchNormalization and noise, with a model inside, over {steps} steps and a whole "
        "`fit`. `layer(x)` builds the layer, casts its input, and hands down whether this is "
        "training; `layer.call(x)` is the bare arithmetic, and Dropout's arithmetic takes "
        "`training=False` for granted. Nothing raises, and the loss even goes down faster. The one "
        "trace is in the summary: made without a shape, the faulty class shows `?` for the shape "
        "of each Dropout, which was never called as a layer. A comparison bit by bit is the "
        "strongest test there is: it needs no statistics, since chance is taken out."
    ),
    seconds=60.0,
    expects="a class like `LookAlike`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Run:
    """What came of a few steps of training."""

    first: np.ndarray  # predictions before training
    losses: tuple  # of each step, as `train_on_batch` reports them
    last: np.ndarray  # predictions after training
    quiet: bool  # whether two predictions were equal


def _layers(case, noisy=True):
    """Fresh layers, seeded one by one, so that nobody's order of making them matters."""
    import keras
    from keras import layers

    def dense(units, seed, activation=None):
        start = keras.initializers.GlorotUniform(seed=seed)
        return layers.Dense(units, activation, kernel_initializer=start)

    def drop(seed):
        return layers.Dropout(0.2 if noisy else 1e-9, seed=seed)

    ends = dense(UNITS, 1, "relu"), dense(1, 2)
    if case == "plain":
        return [ends[0], drop(3), dense(UNITS, 4, "relu"), drop(5), ends[1]]
    if case == "normalised":
        noise = layers.GaussianNoise(0.2 if noisy else 1e-30, seed=6)
        return [ends[0], layers.BatchNormalization(), noise, ends[1]]
    inner = keras.Sequential([dense(UNITS, 7), layers.ReLU(), drop(8)])
    return [ends[0], inner, layers.ReLU(), ends[1]]


def _rows():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(ROWS, INPUTS)).astype(np.float32)
    return x, (x[:, :1] * x[:, 1:2] + 1).astype(np.float32)


def _made(look_alike, case, shape):
    """A model of the learner's class; raises `NotYet` if it is none."""
    import keras

    arguments = {"input_shape": (INPUTS,)} if shape else {}
    with guarded(f"made {_how(shape)} with {CASES[case]}"):
        model = look_alike(_layers(case), **arguments)
    if not isinstance(model, keras.Model):
        raise NotYet("not_a_model", how=", " + _how(shape), got=describe(model))
    return model


def _how(shape):
    return "with `input_shape`" if shape else "without `input_shape`"


def _must_be_answered(look_alike):
    """Raises `Unanswered` if a layer's output is still the stub's `...`."""
    x = _rows()[0]
    for shape in (False, True):
        outputs = None
        with suppress(Exception, NotYet):
            outputs = _made(look_alike, "plain", shape).call(x)
        if outputs is Ellipsis:
            raise Unanswered


def _run(model, words):
    import keras

    x, y = _rows()
    with guarded(words):
        first = np.array(model.predict_on_batch(x))
        model.compile(keras.optimizers.SGD(RATE), "mse")
        losses = []
        for _ in range(STEPS):
            model.reset_metrics()
            losses.append(float(model.train_on_batch(x, y)))
        last, again = (np.array(model.predict_on_batch(x)) for _ in range(2))
    return _Run(first, tuple(losses), last, np.array_equal(last, again))


def _compared(look_alike, case):
    """The verdict on one list of layers, without a shape and with one; None if all is right."""
    import keras

    truth = _run(keras.Sequential(_layers(case)), "trained")
    for shape in (False, True):
        words = f"made {_how(shape)} with {CASES[case]}, then trained for {STEPS} steps"
        model = _made(look_alike, case, shape)
        mine = _run(model, words)
        facts = {"how": _how(shape), "case": CASES[case], "mine": _listed(mine.losses)}
        facts["wanted"] = _listed(truth.losses)
        if not mine.quiet:
            return not_yet("drops_in_predict", **facts)
        if not np.array_equal(mine.first, truth.first):
            return not_yet("other_start", gap=_gap(mine.first, truth.first), **facts)
        if mine.losses != truth.losses:
            return _misled(case, model, mine, facts)
        if not np.array_equal(mine.last, truth.last):
            return not_yet("other_prediction", gap=_gap(mine.last, truth.last), **facts)
    return None


def _misled(case, model, mine, facts):
    """The verdict on other losses than a Sequential's."""
    import keras

    if case != "plain":
        return not_yet("some_layers", **facts)
    silent = _run(keras.Sequential(_layers(case, noisy=False)), "trained")
    if np.allclose(mine.losses, silent.losses, rtol=1e-5):
        facts["quiet"] = _listed(silent.losses)
        return not_yet("no_training" if _random_by_hand(model) else "never_drops", **facts)
    return not_yet("other_masks", **facts)


def _random_by_hand(model):
    with guarded("called with `training=True`"):
        one, two = (np.array(model(_rows()[0], training=True)) for _ in range(2))
    return not np.array_equal(one, two)


def _fitted(look_alike):
    """The verdict on a `fit` as a notebook runs it, without a shape."""
    import keras

    x, y = _rows()

    def loss_of(model):
        model.compile(keras.optimizers.SGD(RATE), "mse")
        history = model.fit(x, y, epochs=2, batch_size=24, shuffle=False, verbose=0)
        return history.history["loss"][-1]

    wanted = loss_of(keras.Sequential(_layers("plain")))
    model = _made(look_alike, "plain", False)
    with guarded("made without `input_shape`, then trained by `fit`"):
        mine = loss_of(model)
    if mine != wanted:
        numbers = {"mine": f"{mine:.7g}", "wanted": f"{wanted:.7g}"}
        return not_yet("trained_otherwise", how=_how(False), **numbers)
    return None


def _gap(first, second):
    if first.shape != second.shape:
        return f"of shapes {first.shape} and {second.shape}, which is far"
    return f"up to {np.abs(first - second).max():.2g}"


def _listed(losses):
    return ", ".join(f"{loss:.7g}" for loss in losses)
