"""02.weights: do two models hold the same weights? Judged on pairs that differ in one place."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import yes_or_no
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.models import ask, shared

INPUTS, UNITS = 6, 5
DENSE = (0, 2, 4, 6, 8)  # where the question's model has its Dense layers; Dropout in between


def judge_same_weights(same_weights):
    """Right if the answer says True of the pairs with equal weights, and of no other pair."""
    pairs = _pairs()
    said = _everything_asked(same_weights, pairs)
    wrong = [pair for pair in pairs if said.get(pair.name, pair.same) != pair.same]
    if wrong:
        return _misjudged(wrong, pairs, said)
    chance = np.random.default_rng()
    for k in chance.permutation(len(pairs))[: chance.integers(5, 12)]:
        if _asked(same_weights, pairs[k]) != pairs[k].same:
            return not_yet("unsteady", asked=f"about {pairs[k].words}")
    return right(pairs=len(pairs))


WEIGHTS = Exercise(
    id="02.weights",
    task=(
        "Hand in `same_weights(a, b)`, which returns True if the two built Keras models `a` and "
        "`b` hold the same weights everywhere, to the last bit, and False if not."
    ),
    judge=judge_same_weights,
    messages={
        "always_yes": (
            "You said True of all {pairs} pairs of models. In {different} of them the weights "
            "differ; one of these is {words}. A check that can't fail tells nothing when it "
            "passes. Look at what your function really compares."
        ),
        "always_no": (
            "You said False of all {pairs} pairs of models, also of {words}, whose weights are "
            "equal to the last bit. Look at what you compare besides weights, and at what your "
            "last comparison says of two equal arrays."
        ),
        "as_asked": (
            "You said True of two models whose kernels in layer 6 differ in every number, and "
            "you noticed the same in layers 0, 2, 4 and 8. It is the hole in the question's own "
            "check, and the difference may hide right there. Look at how your function comes by "
            "the layers it visits."
        ),
        "fixed_layers": (
            "You said True of {words}, and you noticed such a difference where the question's "
            "model has its layers. Weights that lie elsewhere are never looked at. Look for "
            "numbers or names in your function that belong to one model."
        ),
        "kernels_only": (
            "You said True of {words}; all kernels are equal there. After a training the biases "
            "differ as well, and a model is all of its weights. Look at what `get_weights()` "
            "gives for one layer, and which part of it you take."
        ),
        "trainable_only": (
            "You said True of {words}; all that training moves by gradient is equal there. The "
            "model computes with these numbers too. Look at which of its lists of weights you "
            "read."
        ),
        "cut_short": (
            "You said True of {words}. As far as the shorter one goes they are equal, and beyond "
            "that nothing was compared. Look at what your loop does when one of the two lists "
            "ends first."
        ),
        "broadcast": (
            "You said True of {words}. The shapes differ, but NumPy stretched the smaller array "
            "over the larger one before it compared them, without a word. Look at what you ask "
            "about two arrays before you ask about their numbers."
        ),
        "tolerant": (
            "You said True of {words}. Of {example} and {near} one can say that they are close, "
            "but not that they are the same start: small differences grow in training. Look at "
            "what your comparison takes for equal."
        ),
        "summary_numbers": (
            "You said True of {words}. Sums, means and sorted numbers agree there, and still each "
            "of these weights sits at another place. Look at what is lost between the arrays and "
            "what you compare."
        ),
        "by_outputs": (
            "You said True of {words}. Both compute the same function now, and the same function "
            "can come from different weights; in training they part. Look at whether you compare "
            "weights or what comes out of them."
        ),
        "missed": (
            "You said True of {words}. The difference is in the models, and your function has not "
            "seen it. Look at which arrays it reaches, and how it compares two of them."
        ),
        "refused_equal": (
            "You said False of {words}. Not one weight differs between the two; {why}. Look at "
            "what you compare besides the weights."
        ),
        "changed_model": (
            "Asked about {words}, your function changed the weights of `{which}`. Whoever trains "
            "that model next starts somewhere else, without an error. Look for a call that sets, "
            "trains or builds something."
        ),
    },
    hints=(
        "The question's check visits layers 0, 2, 4 and 8, and takes item 0 of each layer's "
        "weights. Write down all that such a model holds, layer by layer. What is never visited?",
        "A model knows all of its weights: `model.get_weights()` is a list of arrays, whatever the "
        "layers are called and wherever they sit. Print the shapes for one model.",
        "Two lists are equal if they have the same length and equal arrays at equal places. `zip` "
        "ends with the shorter list, and `==` stretches arrays of different shapes. Which NumPy "
        "function asks about shape and numbers at once?",
        "`len(…) == len(…)`, then `np.array_equal` for each pair of arrays, all of them. The whole "
        "answer is in `solutions/02_dropout_and_seed.ipynb`.",
    ),
    hints_for={
        "as_asked": "How many Dense layers has the model, and how many numbers are in the loop?",
        "fixed_layers": "Could your function be asked about a model with three layers? With "
        "thirty? Let the model tell which weights it has.",
        "kernels_only": "A Dense layer holds two arrays. What becomes of the second?",
        "cut_short": "What does `zip` do with lists of lengths 6 and 10? What would you have to "
        "ask first?",
        "broadcast": "Try `np.all(np.ones((5, 1)) == np.ones((5, 5)))`. Then try "
        "`np.array_equal` on the same two.",
        "tolerant": "`np.allclose` is for results that were computed in two ways. Here both "
        "should be copies. Which comparison has no tolerance?",
        "trainable_only": "Compare the lengths of `model.trainable_weights` and `model.weights` "
        "for a model with BatchNormalization.",
        "always_yes": "Make two models with different seeds and ask your function about them.",
        "refused_equal": "Names, rates and the way a model was put together are no weights. "
        "Compare arrays only.",
        "by_outputs": "Leave `predict` out of it. The arrays themselves can be compared.",
    },
    explanation=(
        "All {pairs} pairs are told apart: other kernels or biases in any layer, one last bit, "
        "one layer more, shapes that NumPy would stretch, a nested model, moving averages. And "
        "equal weights are equal, with or without an Input, whatever the layers are called. The "
        "question's own check skips layer 6 and every bias. A check is worth what it can refuse: "
        "before you trust one, show it a difference that you have made yourself."
    ),
    seconds=30.0,
    expects="a function `same_weights(a, b)`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Pair:
    """Two built models, the weights they are to hold, and what differs between them."""

    name: str
    a: object
    b: object
    of_a: list  # arrays
    of_b: list
    words: str  # "two models whose biases differ, in layer 4 alone"
    why: str = ""  # for equal pairs: what differs besides the weights

    @property
    def same(self):
        """Whether the weights are equal."""
        return bool(self.why)


def _pairs():
    """All pairs. They share what models they can: building one takes longer than filling it."""
    rng = np.random.default_rng(2)
    questions = _question_model(), _question_model()
    nested, normalised = (_nested(), _nested()), (_normalised(), _normalised())
    return [
        *_changed(rng, *questions),
        *_of_other_sizes(rng),
        *_changed_inside(rng, *nested),
        _changed_averages(rng, *normalised),
        *_equal(rng, questions[0], nested, normalised),
    ]


def _changed(rng, a, b):
    """Yields pairs of the question's model in small, each with one change."""
    weights = _random_weights(rng, a)  # Dense layer k of this model holds arrays k and k + 1
    for name, words, change in (
        *((f"kernel {k}", f"kernels differ, in layer {k} alone", _others(k)) for k in DENSE),
        *((f"bias {k}", f"biases differ, in layer {k} alone", _others(k + 1)) for k in (0, 4, 8)),
        ("last bit", "kernels in layer 2 differ in the last bit of one number", _last_bit),
        ("shuffled", "kernels in layer 4 hold the same numbers in another order", _shuffled),
        ("exchanged", "kernels in layers 2 and 4 have changed places", _exchanged),
        ("permuted", "hidden units in layer 0 stand in another order", _permuted),
    ):
        changed = _with(change, rng, weights)
        yield _Pair(name, a, b, weights, changed, f"two models whose {words}")


def _of_other_sizes(rng):
    longer, shorter = _dense([UNITS] * 3), _dense([UNITS] * 2)
    weights = _random_weights(rng, longer)
    words = "two models of which `{}` has one layer more"
    yield _Pair("longer", longer, shorter, weights, weights[:4], words.format("a"))
    yield _Pair("shorter", shorter, longer, weights[:4], weights, words.format("b"))
    wide, narrow = shorter, _dense([UNITS, 1])
    weights = _random_weights(rng, wide)
    weights[2][:], weights[3][:] = weights[2][:, :1], weights[3][:1]
    thin = [*weights[:2], weights[2][:, :1], weights[3][:1]]
    words = f"two models whose last kernels have the shapes ({UNITS}, {UNITS}) and ({UNITS}, 1)"
    yield _Pair("broadcast", wide, narrow, weights, thin, words)
    yield _Pair("broadcast back", narrow, wide, thin, weights, words)
    other = _dense([UNITS + 1, UNITS])
    words = f"two models with {UNITS} and {UNITS + 1} units in their first layer"
    yield _Pair("widths", wide, other, weights, _random_weights(rng, other), words)


def _changed_inside(rng, a, b):
    weights = _random_weights(rng, a)
    for where, words in (
        (2, "inside a model which is one of their layers"),
        (4, "in the kernel of their last layer, which comes after a model as a layer"),
    ):
        changed = _with(_others(where), rng, weights)
        yield _Pair(f"nested {where}", a, b, weights, changed, f"two models that differ {words}")


def _changed_averages(rng, a, b):
    weights = _random_weights(rng, a)
    averages = next(k for k, v in enumerate(a.weights) if "moving_mean" in v.path)
    words = "two models whose BatchNormalization has other moving averages"
    return _Pair("averages", a, b, weights, _with(_others(averages), rng, weights), words)


def _equal(rng, model, nested, normalised):
    for name, a, b, words, why in (
        (
            "input",
            model,
            _question_model(with_input=False),
            "two models of which one was made with an Input and the other without",
            "one of them was told its input shape earlier than the other",
        ),
        (
            "rates",
            model,
            _question_model(rate=0.5),
            "two models with the same weights and different Dropout rates",
            "a Dropout rate is a setting of a layer and no weight",
        ),
        (
            "names",
            model,
            _question_model(name="another"),
            "two models with the same weights and different names",
            "a name is what one calls a layer",
        ),
        (
            "nested",
            *nested,
            "two models with a model as one of their layers",
            "the inner weights are equal too",
        ),
        (
            "normalised",
            *normalised,
            "two models with BatchNormalization, whose moving averages are equal too",
            "the layers are others, with the same numbers in them",
        ),
    ):
        weights = _random_weights(rng, a)
        yield _Pair(f"equal {name}", a, b, weights, weights, words, why)


def _question_model(with_input=True, rate=0.05, name=None):
    """The question's model in small: Dense at 0, 2, 4, 6 and 8, Dropout in between."""
    from keras import Input, Sequential, layers

    inside = [layers.Dense(UNITS, "relu", name=f"{name}_{k}" if name else None) for k in range(4)]
    steps = [layer for dense in inside for layer in (dense, layers.Dropout(rate))]
    steps.append(layers.Dense(1))
    return _built(Sequential([Input([INPUTS]), *steps] if with_input else steps, name=name))


def _dense(widths):
    from keras import Input, Sequential, layers

    return _built(Sequential([Input([INPUTS]), *map(layers.Dense, widths)]))


def _nested():
    from keras import Input, Sequential, layers

    inner = Sequential([layers.Dense(UNITS, "relu")])
    return _built(Sequential([Input([INPUTS]), layers.Dense(UNITS), inner, layers.Dense(1)]))


def _normalised():
    from keras import Input, Sequential, layers

    middle = layers.BatchNormalization()
    return _built(Sequential([Input([INPUTS]), layers.Dense(UNITS), middle, layers.Dense(1)]))


def _built(model):
    model.build((None, INPUTS))
    return shared(model)


def _random_weights(rng, model):
    return [rng.normal(size=v.shape).astype(np.float32) for v in model.weights]


def _with(change, rng, weights):
    changed = [array.copy() for array in weights]
    change(rng, changed)
    return changed


def _others(place):
    def change(rng, weights):
        array = weights[place]
        weights[place] = rng.permutation(array.ravel()).reshape(array.shape) + np.float32(0.5)

    return change


def _last_bit(rng, weights):
    weights[2][0, 0] = np.nextafter(weights[2][0, 0], np.float32(np.inf))


def _shuffled(rng, weights):
    weights[4] = weights[4][::-1, ::-1].copy()


def _exchanged(rng, weights):
    weights[2], weights[4] = weights[4], weights[2]


def _permuted(rng, weights):
    order = np.roll(np.arange(UNITS), 1)
    weights[0], weights[1], weights[2] = weights[0][:, order], weights[1][order], weights[2][order]


def _asked(same_weights, pair):
    pair.a.set_weights(pair.of_a)
    pair.b.set_weights(pair.of_b)
    said = yes_or_no(ask(same_weights, pair.a, pair.b, given=f"asked about {pair.words}"))
    for which, model, before in (("a", pair.a, pair.of_a), ("b", pair.b, pair.of_b)):
        now = model.get_weights()
        if len(now) != len(before) or not all(map(np.array_equal, now, before)):
            raise NotYet("changed_model", words=pair.words, which=which)
    return said


def _everything_asked(same_weights, pairs):
    """{name: said}; an error counts only if the question's own hole does not show before it."""
    said, stopped = {}, None
    for pair in pairs:
        try:
            said[pair.name] = _asked(same_weights, pair)
        except NotYet as stop:
            if stop.verdict.message != "raised":
                raise
            stopped = stopped or stop
    if stopped and not _only_layer_6(said):
        raise stopped
    return said


def _only_layer_6(said):
    return said.get("kernel 6") and not any(said.get(f"kernel {k}", True) for k in (0, 2, 4, 8))


def _misjudged(wrong, pairs, said):
    """The verdict on a wrong answer, by the differences that it saw and those that it missed."""
    facts = {"words": wrong[0].words, "pairs": len(pairs), "why": wrong[0].why}
    if _only_layer_6(said):
        return not_yet("as_asked", **facts)
    if all(said.values()):
        different = sum(not pair.same for pair in pairs)
        return not_yet("always_yes", different=different, **facts)
    if not any(said.values()):
        return not_yet("always_no", **facts)
    missed = {pair.name: pair for pair in wrong if not pair.same}
    if not missed:
        return not_yet("refused_equal", **facts)
    for message, names, noticed in _HOLES:
        if names <= missed.keys() and not noticed & missed.keys():
            pair = missed[min(names)]
            facts["words"] = pair.words
            if message == "tolerant":
                facts |= {"example": str(pair.of_a[2][0, 0]), "near": str(pair.of_b[2][0, 0])}
            return not_yet(message, **facts)
    return not_yet("missed", **facts | {"words": next(iter(missed.values())).words})


# (message, the pairs that an answer with this hole takes for equal, pairs that it tells apart): the
# first that fits counts
_HOLES = (
    ("kernels_only", {"bias 0", "bias 4", "bias 8"}, set()),
    ("cut_short", {"longer", "shorter"}, set()),
    ("broadcast", {"broadcast"}, set()),
    ("broadcast", {"broadcast back"}, set()),
    ("fixed_layers", {"nested 2"}, {"kernel 2", "kernel 4"}),
    ("fixed_layers", {"nested 4"}, {"kernel 8"}),
    ("summary_numbers", {"shuffled"}, {"kernel 4"}),
    ("trainable_only", {"averages"}, {"kernel 4"}),
    ("by_outputs", {"permuted"}, {"kernel 0"}),
    ("tolerant", {"last bit"}, {"kernel 2"}),
)
