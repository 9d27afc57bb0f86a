"""Streams that hear each other are found, and a model with states of its own is left in peace."""

from functools import cache

import keras
import numpy as np
import pytest

from utils import streams
from utils.instruments.streams import Comparison, StreamsReport
from utils.puzzles import shared_stateful_lstm as room

L, ops = keras.layers, keras.ops
X = np.random.default_rng(0).normal(size=(2, 3, 4, 2)).astype("float32")
ALL = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
NONE = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
LAST_FIRST = [[1, 0, 0], [1, 1, 0], [1, 1, 1]]  # [poked, answering]
FIRST_FIRST = [[1, 1, 1], [0, 1, 1], [0, 0, 1]]


@pytest.fixture(autouse=True)
def _seeded():
    keras.utils.set_random_seed(0)


def lstm(**how):
    return L.LSTM(3, **{"stateful": True, "return_sequences": True, **how})


def built(outputs, shape=(2, 3, None, 2)):
    x = keras.Input(batch_shape=shape)
    return keras.Model(x, outputs(x))


def layer_each(x):
    """Weights of its own for each stream."""
    return ops.stack([lstm()(x[:, s]) for s in range(3)], axis=1)


def as_features(x):
    """[batch, streams, timesteps, features] -> streams side by side in one LSTM."""
    rows = ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (2, -1, 6))
    y = L.LSTM(9, stateful=True, return_sequences=True)(rows)
    return ops.transpose(ops.reshape(y, (2, -1, 3, 3)), (0, 2, 1, 3))


def folded(x, **how):
    rows = lstm(**how)(ops.reshape(x, (6, -1, 2)))
    return ops.reshape(rows, (2, 3, -1, 3))


def folded_wrongly(x):
    """Cuts the rows of the batch where it should cut the streams."""
    rows = lstm()(ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (6, -1, 2)))
    return ops.reshape(rows, (2, 3, -1, 3))


def attention(x):
    """Streams attend to each other at each step."""
    by_time = ops.transpose(x, (0, 2, 1, 3))
    y = L.MultiHeadAttention(1, 2)(by_time, by_time)
    return ops.transpose(y, (0, 2, 1, 3))


def last_only(x):
    return ops.reshape(lstm(return_sequences=False)(ops.reshape(x, (6, -1, 2))), (2, 3, 3))


class Deaf(L.Layer):
    def call(self, x):
        return ops.concatenate([x[:, :2], 0 * x[:, 2:]], axis=1)


class Forgetful(L.Layer):
    """Keeps the state of the first two streams only."""

    def build(self, shape):
        self.sums = [self.add_weight((2, 1, 2), "zeros", trainable=False) for _ in range(2)]

    def call(self, x):
        y = [x[:, s] for s in range(3)]
        for s, held in enumerate(self.sums):
            y[s] = y[s] + ops.tanh(held)
            held.assign(held + ops.mean(x[:, s], axis=1, keepdims=True))
        return ops.stack(y, axis=1)

    def reset_state(self):
        for held in self.sums:
            held.assign(ops.zeros_like(held))


class NextChunkOnly(L.Layer):
    """Hands what it heard of a stream to its neighbour, one chunk later."""

    def __init__(self, resets=True, by=1):
        super().__init__()
        self.resets, self.by = resets, by

    def build(self, shape):
        self.held = self.add_weight((2, 3, 1, 2), "zeros", trainable=False)

    def call(self, x):
        y = x + ops.roll(self.held, self.by, axis=1)
        self.held.assign(ops.mean(x, axis=2, keepdims=True))
        return y

    def reset_state(self):
        if self.resets:
            self.held.assign(ops.zeros_like(self.held))


class InPlainPython(L.Layer):
    """Keeps its state in an attribute, which is no variable."""

    def __init__(self):
        super().__init__()
        self.held = 0.0

    def call(self, x):
        y = x + ops.tanh(self.held)
        self.held = ops.convert_to_numpy(ops.mean(x, axis=2, keepdims=True))
        return y

    def reset_state(self):
        self.held = 0.0


class Drawing(L.Layer):
    def __init__(self):
        super().__init__()
        self.seeds = keras.random.SeedGenerator(1)

    def call(self, x):
        return x + keras.random.normal(ops.shape(x), seed=self.seeds)


CASES = {  # name -> model, verdict, same chunk, next chunk; None: not asked
    "the question's graph": (lambda: room.question_model(2, 3, None, 2, 3), "streams leak",
                             LAST_FIRST, ALL),
    "a loop": (lambda: room.in_a_loop(2, 3, None, 2, 3), "streams leak", FIRST_FIRST, ALL),
    "TimeDistributed": (lambda: room.time_distributed(2, 3, None, 2, 3), "streams leak",
                        FIRST_FIRST, ALL),
    "the next chunk only": (lambda: built(NextChunkOnly()), "streams leak", NONE,
                            [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    "as features": (lambda: built(as_features), "mixed in the same chunk", ALL, ALL),
    "folded wrongly": (lambda: built(folded_wrongly, (2, 3, 4, 2)), "mixed in the same chunk",
                       ALL, ALL),
    "attention": (lambda: built(attention), "mixed in the same chunk", ALL, np.zeros((3, 3))),
    "stateless": (lambda: built(lambda x: folded(x, stateful=False)), "no state carried", NONE,
                  np.zeros((3, 3))),
    "a Dense": (lambda: built(L.Dense(3)), "no state carried", NONE, np.zeros((3, 3))),
    "one forgets": (lambda: built(Forgetful()), "some carry no state", NONE,
                    [[1, 0, 0], [0, 1, 0], [0, 0, 0]]),
    "deaf": (lambda: built(Deaf()), "unheard", [[1, 0, 0], [0, 1, 0], [0, 0, 0]],
             np.zeros((3, 3))),
    "its mean": (lambda: built(NextChunkOnly(by=0)), "split differs", NONE, NONE),
    "not reset": (lambda: built(NextChunkOnly(resets=False, by=0)), "not reset", NONE, NONE),
    "a layer each": (lambda: built(layer_each), "own state", NONE, NONE),
    "the last answer": (lambda: built(last_only), "own state", NONE, NONE),
    "of one length": (lambda: room.fold(2, 3, 4, 2, 3), "own state", NONE, NONE),
    "a subclass's": (InPlainPython, "split differs", NONE, NONE),
    **{
        name: (lambda build=repair.build: build(2, 3, None, 2, 3), "own state", NONE, NONE)
        for name, repair in room.REPAIRS.items()
    },
}  # fmt: skip


@cache
def reported(name):
    """The report on a model of CASES, and what the model held before and after."""
    keras.utils.set_random_seed(0)
    model = CASES[name][0]()
    if model.built:
        model(X[::-1])  # so that there is a state to spoil
    before = held(model)
    return streams(model, X), before, held(model)


@pytest.mark.parametrize("name", CASES)
def test_who_hears_whom_is_found_and_the_model_left_as_it_was(name):
    _, verdict, same, then = CASES[name]
    report, before, after = reported(name)
    assert report.verdict == verdict, report.sentence
    assert np.array_equal(report.same.moved, same) and np.array_equal(report.then.moved, then)
    assert before == after


def held(model):
    """Everything a model holds, to compare: values of variables and plain attributes."""
    values = [np.asarray(v).tobytes() for v in model.variables]
    states = [
        np.asarray(state).tobytes()
        for layer in model._flatten_layers()
        for state in getattr(layer, "states", None) or ()
        if not isinstance(state, list)
    ]
    return values, states, [layer.built for layer in model._flatten_layers()], seeds()


def seeds():
    from keras.src.backend.common import global_state

    generator = global_state.get_global_attribute("global_seed_generator")
    drawn = None if generator is None else np.asarray(generator.state).tobytes()
    return drawn, np.random.get_state()[1].tobytes()


def test_the_order_in_which_streams_run_is_told():
    graph = reported("the question's graph")[0]
    assert graph.order == (2, 1, 0) and "the order is 2, 1, 0" in graph.sentence
    assert "stream 0 hears streams 1 and 2 and stream 1 hears stream 2" in graph.sentence
    assert "In the next chunk, every stream hears every other" in graph.sentence
    assert graph.findings == ("streams leak", "split differs")
    assert reported("a loop")[0].order == (0, 1, 2)
    mended = reported("fold")[0]
    assert mended.order is None and "None of the 3 streams hears another" in mended.sentence


def test_a_healthy_model_is_told_to_be_so():
    report = reported("fold")[0]
    assert report.repeat.equal and report.permutation.equal and report.split.equal
    assert report.findings == () and report.carries.all()
    assert np.array_equal(report.heard, np.eye(3, dtype=bool))
    for words in (
        "Each stream carries something into its own next chunk",
        "after a reset the same chunk gets the same answer",
    ):
        assert words.lower() in report.sentence.lower()
    assert "batch of one" in streams(room.fold(1, 3, None, 2, 3), X[:1]).sentence


def test_layers_with_weights_of_their_own_are_not_treated_alike():
    report = reported("a layer each")[0]
    assert not report.permutation.equal and report.verdict == "own state"
    assert "they are not treated alike" in report.sentence


def test_a_leak_that_has_faded_at_the_last_step_is_found():
    x = np.random.default_rng(1).normal(size=(1, 2, 40, 2)).astype("float32")
    model = room.question_model(1, 2, None, 2, 3)
    poked = x.copy()
    poked[:, 1, 0] += 1
    room.reset(model)
    calm = np.asarray(model(x))
    room.reset(model)
    assert np.abs(np.asarray(model(poked)) - calm)[:, 0, -1].max() < 1e-5
    report = streams(model, x)
    assert report.verdict == "streams leak" and report.order == (1, 0)


def test_a_fixed_length_can_not_be_cut_and_that_is_told():
    report = reported("of one length")[0]
    assert report.split is None and "The chunk could not be cut in two" in report.sentence
    short = streams(room.fold(2, 3, None, 2, 3), X[:, :, :1])
    assert short.split is None and "less than two timesteps" in short.sentence


def test_streams_as_a_list_and_along_another_axis():
    inputs = [keras.Input(batch_shape=(2, None, 2)) for _ in range(3)]
    shared = lstm()
    answers = [shared(x) for x in inputs]
    parts = [X[:, s] for s in range(3)]
    as_list = streams(keras.Model(inputs, answers), parts)
    assert as_list.verdict == "streams leak" and as_list.same.matrix.shape == (3, 3)
    cell = L.LSTMCell(3)
    rnns = [L.RNN(cell, stateful=True, return_sequences=True) for _ in range(3)]
    answers = [rnn(x) for rnn, x in zip(rnns, inputs, strict=True)]
    assert streams(keras.Model(inputs, ops.stack(answers, axis=1)), parts).verdict == "own state"
    first = keras.Input(batch_shape=(3, 2, None, 2))
    rows = lstm()(ops.reshape(first, (6, -1, 2)))
    model = keras.Model(first, ops.reshape(rows, (3, 2, -1, 3)))
    assert streams(model, np.swapaxes(X, 0, 1), axis=0).verdict == "own state"


def test_one_stream_only():
    report = streams(room.fold(2, 1, None, 2, 3), X[:, :1])
    assert report.verdict == "own state" and report.permutation is None
    assert "There is one stream only" in report.sentence


def test_a_model_that_is_not_built_is_left_so():
    class Folding(keras.Model):
        def __init__(self):
            super().__init__()
            self.lstm = lstm()

        def call(self, x):
            return ops.reshape(self.lstm(ops.reshape(x, (6, -1, 2))), (2, 3, -1, 3))

    model = Folding()
    assert streams(model, X).verdict == "own state"
    assert not model.built and not model.lstm.built


def test_random_answers_are_told():
    report = streams(built(Drawing()), X)
    assert report.verdict == "answers vary" and "draws random numbers" in report.sentence


def test_the_model_is_put_back_after_an_interrupt():
    calls = []

    class Interrupted(NextChunkOnly):
        def call(self, x):
            calls.append(1)
            if len(calls) > 6:
                raise KeyboardInterrupt
            return super().call(x)

    layer = Interrupted()
    layer(X)
    before = np.asarray(layer.held).copy()
    with pytest.raises(KeyboardInterrupt):
        streams(layer, X)
    assert before.any() and np.array_equal(layer.held, before)


# Functions


class Running:
    """A function of a chunk with a state, in NumPy: each stream's running sum."""

    def __init__(self, leak=False, resets=True):
        self.leak, self.state = leak, 0.0
        if resets:
            self.reset_state = self.anew

    def anew(self):
        self.state = 0.0

    def __call__(self, x):
        y = np.cumsum(x, axis=2) + self.state
        self.state = y[:, :, -1:].sum(axis=1, keepdims=True) if self.leak else y[:, :, -1:]
        return y


def test_functions_are_asked_too():
    wide = X.astype(float)
    own = Running()
    assert streams(own, wide).verdict == "own state" and own.state == 0.0
    leak = streams(Running(leak=True), wide)
    assert leak.verdict == "streams leak"
    assert np.array_equal(leak.same.moved, np.eye(3)) and leak.then.moved.all()
    assert streams(np.square, wide).verdict == "no state carried"
    assert streams(lambda x: x + x.mean(axis=1, keepdims=True), wide).verdict == (
        "mixed in the same chunk"
    )


def test_a_function_that_cannot_begin_anew_is_asked_no_further():
    report = streams(Running(resets=False), X)
    assert report.verdict == "not reset" and report.same is None and report.plot() is None
    assert "without a reset_state()" in report.sentence
    assert report._repr_mimebundle_() == {"text/plain": report.sentence}

    class Incomplete(Running):
        def anew(self):
            self.state = self.state / 2

    half = streams(Incomplete(), X)
    assert half.verdict == "not reset" and "either that is not complete" in half.sentence


@pytest.mark.parametrize(
    ("model", "x", "how", "error", "words"),
    [
        (3, X, {}, TypeError, "model is int; expected a Keras model"),
        (keras.Model, X, {}, TypeError, "model is the class Model"),
        (np.square, X[0, 0, 0, 0], {}, ValueError, r"shape \(\), which has no axis 1"),
        (np.square, X, {"axis": 4}, ValueError, "which has no axis 4 of streams"),
        (np.square, X, {"axis": 1.0}, ValueError, "axis is 1.0; expected the number"),
        (np.square, X[:0], {}, ValueError, "x is empty"),
        (np.square, X * np.nan, {}, ValueError, "x holds NaN or infinity"),
        (np.square, np.full((2, 3, 4), "a"), {}, TypeError, "x holds <U1 values"),
        (
            lambda x: x[:, 0],
            X,
            {},
            ValueError,
            "expected one array with the 3 streams along axis 1",
        ),
        (lambda x: None, X, {}, TypeError, "answer holds object values"),
        (lambda x: {}[1], X, {}, RuntimeError, "The model raised KeyError: 1"),
        (lambda x: x * np.inf, X, {}, ValueError, "holds NaN or infinity"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(model, x, how, error, words):
    with pytest.raises(error, match=words):
        streams(model, x, **how)


def test_a_chunk_of_another_size_than_a_model_declares_is_refused():
    model = room.fold(2, 3, None, 2, 3)  # which Keras would call, and mix rows with streams
    before = held(model)
    with pytest.raises(
        ValueError, match=r"\(1, 3, 4, 2\), and the model declares \(2, 3, None, 2\)"
    ):
        streams(model, X[:1])
    assert held(model) == before


def test_a_reset_that_raises_is_told():
    class Broken(NextChunkOnly):
        def reset_state(self):
            raise OSError("no such device")

    with pytest.raises(RuntimeError, match=r"reset_state\(\) of the model raised OSError: no such"):
        streams(Broken(), X)


def test_an_array_that_is_written_out_is_one_array():
    assert streams(np.square, X.tolist()).same.matrix.shape == (3, 3)


def test_the_picture_has_two_maps_and_its_sentence():
    from matplotlib import pyplot

    report = streams(Running(leak=True), X.astype(float))
    figure = report.plot()
    assert [ax.get_title() for ax in figure.axes] == ["same chunk", "next chunk"]
    assert figure.axes[0].get_ylabel() == "poked stream" and pyplot.get_fignums() == []
    bundle = report._repr_mimebundle_()
    assert bundle["text/plain"] == report.sentence == repr(report)
    assert "Two maps of who hears whom" in bundle["text/html"]


def test_many_streams_are_told_in_few_words():
    wide = np.random.default_rng(0).normal(size=(2, 12, 4, 2))

    def neighbours(x):
        return x + np.roll(x, 1, axis=1)

    report = streams(neighbours, wide)
    assert "and 8 more hear others" in report.sentence and len(report.sentence) < 600


def test_a_report_without_maps_says_nothing_of_them():
    report = StreamsReport(None, None, Comparison(0.0, 0.0), None, None, False, ("Because.",))
    assert report.verdict == "cannot tell" and report.sentence == "Because."
    assert report.heard is None and report.carries is None and report.order is None
