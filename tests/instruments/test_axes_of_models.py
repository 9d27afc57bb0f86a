"""Who hears whom is found along every axis, and nothing is found where nothing is wrong."""

import random
from functools import cache

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from utils.instruments.axes import axes

L, S = keras.layers, keras.Sequential
RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 8, 3)).astype("float32")
FIRST, FLAT, SAMPLES = X[:, :, :1], X[:, 0], RNG.normal(size=(6, 5)).astype("float32")
TOKENS, OTHERS = RNG.integers(1, 9, (6, 8)), RNG.integers(1, 9, (6, 8))
PADDED = np.where(np.arange(8) < np.array([[8], [5], [3], [8], [6], [7]]), TOKENS, 0)
IMAGES = RNG.random((6, 8, 8, 3)).astype("float32")
SIZES = FLAT * np.float32([1, 1e4, 1e-3]) + np.float32([0, -5e4, 0])
MIXED, FUTURE, BACK = "samples hear each other", "hears the future", "runs backwards"
ASKED, UNHEARD, CONSTANT = "does not hear what is asked", "feature unheard", "answers are constant"


def shifted(x, steps):
    return np.roll(x, steps, axis=1)


def lstm(units=4, **how):
    return L.LSTM(units, return_sequences=True, **how)


def tiny(shape, dtype=None):
    return 1e-12 * np.ones(shape)


def cut(pick):
    return L.Lambda(pick)


def attention(of, **how):
    return L.MultiHeadAttention(1, 4)(of, of, **how) + of


class By(keras.Model):
    """The layers, and what is done with them and x."""

    def __init__(self, way, *parts):
        super().__init__()
        self.way, self.parts = way, parts

    def call(self, x):
        return self.way(x, *self.parts)


class Noise(L.Layer):
    """Always on; its numbers belong to no generator of Keras."""

    def call(self, x):
        return tf.nn.dropout(x, 0.2) + np.random.normal(scale=0.1)


def by_hand(x, cell, head):
    state, answers = [ops.zeros((ops.shape(x)[0], 4))] * 2, []
    for t in range(x.shape[1]):
        out, state = cell(x[:, t], state)
        answers.append(head(out))
    return ops.stack(answers, axis=1)


def decoder(**how):
    words = keras.Input((None,))
    return keras.Model(words, L.Dense(9)(attention(L.Embedding(9, 4)(words), **how)))


def translator(**how):
    there, back = keras.Input((None,)), keras.Input((None,))
    heard, said = L.Embedding(9, 4)(there), attention(L.Embedding(9, 4)(back), **how)
    return keras.Model([there, back], L.Dense(9)(L.MultiHeadAttention(1, 4)(said, heard) + said))


def both_ways(turn, deep=1, last=False):
    x = inputs = keras.Input((8, 3))
    for _ in range(deep):
        backward = lstm(go_backwards=True)(x)
        x = L.Concatenate()([lstm()(x), turn(backward)])
    return keras.Model(inputs, L.Dense(1)(L.GRU(4)(x) if last else x))


def sum_of_three(x):
    """As a difference of running sums, which stirs up rounding errors everywhere."""
    sums = ops.cumsum(ops.pad(x, ((0, 0), (3, 0), (0, 0))), axis=1)
    return sums[:, 3:] - sums[:, :-3]


def graph():
    nodes, edges = keras.Input((5,)), keras.Input((6,))
    return keras.Model([nodes, edges], L.Dense(2)(edges @ L.Dense(4)(nodes)))


def with_variance():
    spread = By(lambda x, w: 0 * ops.sum(x, axis=1, keepdims=True) + w.kernel, L.Dense(1))
    spread.parts[0].build((None, 1))
    inputs = keras.Input((5,))
    return keras.Model(inputs, [L.Dense(1)(inputs), spread(inputs)])


def stateful(steps, **how):
    return S([keras.Input(batch_shape=(6, steps, 3)), L.LSTM(4, stateful=True), L.Dense(1)])


def mixed_precision():
    with_half = {"dtype": "mixed_float16"}
    return S([lstm(**with_half), L.Dense(1, **with_half)])


def named():
    sequence, static = keras.Input((8, 3), name="s"), keras.Input((5,), name="r")
    joined = L.Concatenate()([L.LSTM(4)(sequence), static])
    return keras.Model(
        {"s": sequence, "r": static}, {"a": L.Dense(1)(joined), "b": lstm()(sequence)}
    )


def neighbours():
    return (RNG.random((6, 6)) < 0.4).astype("float32")


HEALTHY = {
    "LSTM": (lambda: S([L.LSTM(4), L.Dense(1)]), X),
    "a state that fades": (lambda: S([L.GRU(4), L.Dense(1)]), RNG.normal(size=(2, 40, 1))),
    "bidirectional tagger": (lambda: S([L.Bidirectional(lstm()), L.Dense(2)]), X),
    "dilated, causal": (
        lambda: S([L.Conv1D(3, 2, padding="causal", dilation_rate=d) for d in (1, 2, 4)]),
        X,
        shifted(FIRST, 3),
        {"causal": True},
    ),
    "pooling leaves a rest": (
        lambda: S([L.Conv1D(3, 2), L.MaxPooling1D(3), L.Flatten(), L.Dense(1)]),
        X,
    ),
    "masked words": (lambda: S([L.Embedding(9, 4, mask_zero=True), L.LSTM(4)]), PADDED),
    "masked words as floats": (
        lambda: S([L.Embedding(9, 4, mask_zero=True), L.Bidirectional(L.LSTM(4))]),
        PADDED.astype("float32"),
    ),
    "language model": (
        lambda: decoder(use_causal_mask=True),
        TOKENS[:, :-1],
        TOKENS[:, 1:],
        {"causal": True},
    ),
    "translation": (
        lambda: translator(use_causal_mask=True),
        [OTHERS, shifted(TOKENS, 1)],
        TOKENS,
        {"causal": True},
    ),
    "pooled over all": (lambda: S([L.Conv1D(4, 3), L.GlobalMaxPooling1D(), L.Dense(1)]), X),
    "BatchNorm in predict": (lambda: S([L.Dense(4), L.BatchNormalization(), L.Dense(1)]), SAMPLES),
    "images": (lambda: S([L.Conv2D(3, 3, strides=2), L.Flatten(), L.Dense(2)]), IMAGES),
    "bytes": (lambda: S([L.Rescaling(1 / 255), L.GlobalAveragePooling2D()]), np.uint8(9 * IMAGES)),
    "noise by hand": (lambda: S([L.Dense(4), Noise(), L.Dense(1)]), SAMPLES),
    "stateful": (lambda: stateful(8), X),
    "one step, state carried": (lambda: stateful(1), X[:, :1]),
    "named inputs": (named, {"s": X, "r": SAMPLES}),
    "similarities": (lambda: By(lambda x, a: a(x) @ ops.transpose(a(x)), L.Dense(4)), SAMPLES),
    "neighbours are told": (graph, [SAMPLES, neighbours()]),
    "time first, turned": (
        lambda: By(lambda x, a: ops.swapaxes(a(ops.swapaxes(x, 0, 1)), 0, 1), lstm()),
        X,
        None,
        {"time_major": True, "causal": True},
    ),
    "half precision": (mixed_precision, X, None, {"causal": True}),
    "begins with zeros": (lambda: S([L.LSTM(4), L.Dense(1, kernel_initializer="zeros")]), X),
    "less than rounding": (
        lambda: S([L.Dense(1, kernel_initializer=tiny, bias_initializer="ones")]),
        SAMPLES,
    ),
    "a variance that is learned": (with_variance, SAMPLES),
    "reversed, as the targets are": (lambda: S([lstm(go_backwards=True)]), X, X[:, ::-1]),
    "both ways, turned": (lambda: both_ways(cut(lambda x: x[:, ::-1]), deep=2), X),
    "both ways, last state": (lambda: both_ways(lambda x: x, last=True), X),
    "by hand, next step": (
        lambda: By(by_hand, L.LSTMCell(4), L.Dense(1)),
        X,
        shifted(FIRST, -1),
        {"causal": True},
    ),
    "a decoder of one step": (lambda: S([L.LSTM(4), L.RepeatVector(1), lstm(), L.Dense(1)]), X),
    "running sums": (lambda: S([cut(sum_of_three)]), X, shifted(FIRST, 2), {"causal": True}),
    "columns of all sizes": (lambda: S([L.Dense(4), L.Dense(1)]), SIZES),
    "whole numbers as answers": (lambda: S([L.Dense(3), cut(lambda x: ops.argmax(x, -1))]), FLAT),
    "plain function": (lambda: lambda x: np.cumsum(x, axis=1), X, None, {"causal": True}),
    "plain function, time first": (lambda: np.square, X, None, {"time_major": True}),
}

FAULTY = {
    "reshaped, not turned": (
        lambda: By(lambda x, a: a(ops.reshape(x, (8, -1, 3)))[-1], lstm()),
        X,
        None,
        MIXED,
    ),
    "BatchNorm told to train": (
        lambda: By(lambda x, a, b: b(a(x), training=True), L.LSTM(4), L.BatchNormalization()),
        X,
        None,
        MIXED,
    ),
    "softmax over rows": (lambda: S([L.LSTM(4), L.Softmax(axis=0)]), X, None, MIXED),
    "scanned along rows": (
        lambda: By(lambda x, a: tf.scan(lambda s, now: s / 2 + now, a(x)), L.Dense(4)),
        X,
        None,
        MIXED,
    ),
    "rows first, time declared first": (lambda: S([lstm()]), X, None, MIXED, {"time_major": True}),
    "repeated in another order": (
        lambda: By(lambda x, a: ops.reshape(ops.tile(a(x), (3, 1)), (-1, 3, 4)), L.LSTM(4)),
        X,
        None,
        MIXED,
    ),
    "mean of the batch, noise": (
        lambda: S([Noise(), cut(lambda x: x - ops.mean(x, 0)), L.Dense(2)]),
        SAMPLES,
        None,
        MIXED,
    ),
    "padded on both sides": (
        lambda: S([L.Conv1D(4, 3, padding="same")]),
        X,
        None,
        FUTURE,
        {"causal": True},
    ),
    "next step from both sides": (
        lambda: S([L.Bidirectional(lstm())]),
        X,
        shifted(FIRST, -1),
        FUTURE,
    ),
    "no mask": (decoder, TOKENS[:, :-1], TOKENS[:, 1:], FUTURE),
    "no mask, translation": (translator, [OTHERS, shifted(TOKENS, 1)], TOKENS, FUTURE),
    "no mask, one-hot targets": (decoder, TOKENS[:, :-1], np.eye(9)[TOKENS[:, 1:]], FUTURE),
    "not turned": (lambda: S([lstm(go_backwards=True), L.Dense(1)]), X, None, BACK),
    "one branch not turned": (lambda: both_ways(lambda x: x), X, None, BACK),
    "not turned, deep inside": (lambda: both_ways(lambda x: x, deep=2), X, None, BACK),
    "window too short": (
        lambda: S([L.Conv1D(4, 2, padding="causal"), L.Dense(1)]),
        X,
        shifted(FIRST, 3),
        ASKED,
    ),
    "no memory at all": (lambda: S([L.Dense(4), L.Dense(1)]), X, shifted(FIRST, 1), ASKED),
    "a feature cut off": (lambda: S([cut(lambda x: x[..., 1:]), L.LSTM(4)]), X, None, UNHEARD),
    "softmax over one": (lambda: S([L.LSTM(4), L.Dense(1, "softmax")]), X, None, CONSTANT),
    "nothing gets through": (
        lambda: S([L.Dense(4, "relu", bias_initializer=lambda *_, **__: -1e3 * ops.ones(4))]),
        SAMPLES,
        None,
        CONSTANT,
    ),
    "first step alone": (lambda: S([lstm(), cut(lambda x: x[:, 0])]), X, None, "timesteps unheard"),
    "one timestep": (lambda: S([L.Reshape((1, 24)), L.LSTM(4)]), X, None, "one timestep"),
    "plain mean of the batch": (lambda: lambda x: x - x.mean(axis=0), X, None, MIXED),
}


def ask(build, x, y=None, intent=()):
    return axes(build(), x, y, seconds=60, **dict(intent))


@cache
def healthy(name):
    return ask(*HEALTHY[name])


@cache
def faulty(name):
    build, x, y, _, *intent = FAULTY[name]
    return ask(build, x, y, *intent)


@pytest.mark.parametrize("name", HEALTHY)
def test_nothing_is_found_where_nothing_is_wrong(name):
    report = healthy(name)
    assert report.findings == ()
    assert report.verdict == "no finding" and report.seen


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_wrong_is_found_and_nothing_else(name):
    report, finding = faulty(name), FAULTY[name][3]
    assert report.findings == (finding,)
    assert report.faults == (() if "plain" in name or finding[:5] == "times" else (finding,))


def test_the_matrices_say_who_hears_whom():
    report = axes(S([lstm(), L.Dense(1)]), X, seconds=60)
    heard = report.numbers["time"]["x", "the answer"]
    assert np.array_equal(heard > 0, np.triu(np.ones((8, 8), bool)))
    assert np.array_equal(report.numbers["rows"] > 0, np.eye(6, dtype=bool))
    assert (report.numbers["features"]["x"] > 0).tolist() == [True, True, True]
    assert "7 steps back at most: causal" in report.sentence
    assert [ax.get_title() for ax in report.plot().axes] == ["rows of the batch", "time"]
    assert report.plot().get_supxlabel() == "dot: it moved; darker: by more"
    assert "<img" in report._repr_mimebundle_()["text/html"]


def test_the_words_tell_where_to_look():
    assert "time_major=True" in ask(lambda: lambda x: np.cumsum(x, 0), X).sentence
    assert "Time runs along the batch" in faulty("scanned along rows").sentence
    assert "hears the input at t+1" in faulty("next step from both sides").sentence
    assert "it reaches 1 back" in faulty("window too short").sentence
    turned = "timestep 0 hears steps from 7 on, timestep 1 from 6 on, and so on. A branch"
    assert turned in faulty("not turned").sentence
    assert "Some of it fades" in healthy("a state that fades").sentence
    assert "an image: no axis of time" in healthy("images").sentence
    assert "has one row" in ask(HEALTHY["LSTM"][0], X[:1]).sentence


def test_targets_prove_nothing_by_chance():
    """A rhythm, a constant, and two inputs of which either may be what is asked for."""

    def both():
        return S([L.Conv1D(2, 3, padding="same")])

    rhythm = np.tile([[0.0], [1.0]], (6, 4, 1)).astype("float32")
    for x in (rhythm, np.ones((6, 8, 1), "float32"), RNG.integers(0, 2, (2, 8, 1)).astype(float)):
        assert ask(both, x, shifted(x, -1)).findings == ()
    copied = [shifted(TOKENS, 1), shifted(TOKENS, 1)]
    assert ask(translator, copied, TOKENS).findings == ()


def test_large_inputs_are_sampled_and_the_report_says_so():
    rows, wide = RNG.normal(size=(300, 4)), RNG.normal(size=(4, 3000)).astype("float32")
    report = axes(S([L.Dense(2)]), rows, seconds=60)
    assert "Of 256 rows 32 were asked, taken evenly." in report.not_seen
    assert report.numbers["rows"].shape == (32, 32)
    sampled = axes(S([L.Dense(2)]), wide, seconds=1e-3)
    assert any(s.startswith("Of the 3000 features of x") for s in sampled.not_seen)
    assert sampled.findings == ()
    steps = axes(S([L.Conv1D(2, 2)]), RNG.normal(size=(4, 200, 1)).astype("float32"), seconds=1e-3)
    assert any(s.startswith("Of the 200 timesteps of x") for s in steps.not_seen)


def test_noise_that_can_not_be_held_is_said_and_nothing_is_guessed():
    generator = np.random.default_rng(0)
    report = axes(lambda x: x + generator.normal(size=x.shape), X)
    assert report.verdict == "not looked at"
    assert "answers differently to the same input" in report.sentence


def test_answers_that_change_by_themselves_are_no_findings():
    asked = []

    def tires(x):
        asked.append(len(asked))
        return x * (1 if len(asked) < 40 else 2)

    assert axes(tires, X).verdict == "not looked at"


def test_a_finding_has_its_name_once():
    """Two answers are asked for the next step, and both know it."""
    inputs = keras.Input((8, 3))
    model = keras.Model(inputs, [L.Conv1D(2, 3, padding="same")(inputs) for _ in range(2)])
    report = axes(model, X, seconds=60, causal=True)
    assert report.findings == (FUTURE,)
    assert "answer 0 hears" in report.sentence and "answer 1 hears" in report.sentence


def everything(model):
    """What a model and the libraries hold, bit for bit."""
    values = [np.asarray(v).tobytes() for v in model.variables]
    layers = [(layer.built, sorted(vars(layer))) for layer in model._flatten_layers()]
    seeds = random.getstate(), str(np.random.get_state()), tf.random.uniform(()).numpy()
    return values, layers, seeds


@pytest.mark.parametrize("name", ["stateful", "noise by hand", "begins with zeros", "LSTM"])
def test_the_model_is_left_bit_for_bit_as_it_was(name):
    build, x, *_ = HEALTHY[name]
    model = build()
    if name != "LSTM":  # which is not built
        model(x)
        model.compile("adam", "mse")
    tf.random.set_seed(1)
    before = everything(model)
    tf.random.set_seed(1)
    axes(model, x, seconds=60)
    assert everything(model) == before


@pytest.mark.parametrize("at", [1, 4, 40])
def test_an_interrupted_model_is_left_as_it_was_too(at):
    calls = []

    class Interrupts(L.Layer):
        def call(self, x):
            calls.append(len(calls))
            if len(calls) == at + 1:
                raise KeyboardInterrupt
            return x + np.random.normal()  # so that it is called plainly each time

    model = S([keras.Input(batch_shape=(6, 2, 3)), L.LSTM(4, stateful=True), Interrupts()])
    calls.clear()
    tf.random.set_seed(1)
    before = everything(model)
    tf.random.set_seed(1)
    with pytest.raises(KeyboardInterrupt):
        axes(model, X[:, :2], seconds=60)
    assert everything(model) == before


@pytest.mark.parametrize(
    ("model", "x", "how", "error", "words"),
    [
        ("LSTM", X, {}, TypeError, "model is str"),
        (np.square, X[:0], {}, ValueError, "x is empty"),
        (np.square, X * np.nan, {}, ValueError, "NaN or infinity"),
        (np.square, np.array(["a"]), {}, TypeError, "numbers or booleans"),
        (lambda x: x @ np.ones(7), X, {}, RuntimeError, "The model raised ValueError"),
        (np.square, X, {"seconds": 0}, ValueError, "seconds is 0"),
        (np.square, X, {"causal": "yes"}, ValueError, "causal is 'yes'"),
        (np.square, X, {"time_major": 2}, ValueError, "time_major is 2"),
    ],
)
def test_what_can_not_be_used_is_refused_in_a_sentence(model, x, how, error, words):
    with pytest.raises(error, match=words):
        axes(model, x, **how)
