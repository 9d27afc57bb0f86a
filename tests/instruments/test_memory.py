"""What a model remembers is told truly, faults by their names, and the model stays as it was."""

import keras
import numpy as np
import pytest

from utils.instruments.memory import memory

L, ops = keras.layers, keras.ops
RNG = np.random.default_rng(0)
ROWS, STEPS, FEATURES = 4, 6, 3
X = RNG.normal(size=(ROWS, STEPS, FEATURES)).astype("float32")
STREAMS = RNG.normal(size=(ROWS, 3, STEPS, 2)).astype("float32")
TOKENS = RNG.integers(1, 9, size=(ROWS, STEPS))
PADDED = np.where(np.arange(STEPS) < np.arange(2, 6)[:, None], TOKENS, 0)


def lazily(*layers):
    return keras.Sequential(list(layers))


def chain(*layers, shape=(None, FEATURES), dtype=None):
    return keras.Sequential([keras.Input(batch_shape=(ROWS, *shape), dtype=dtype), *layers])


def lstm(**how):
    how = {"stateful": True, "return_sequences": True, **how}
    return L.LSTM(4, name="lstm", **how)


class Own(L.Layer):
    """A recurrent layer of one's own. What is wrong with it is in `way`."""

    def __init__(self, way="", name="own"):
        super().__init__(name=name)
        self.way, self.mix = way, L.Dense(4, "tanh")

    def build(self, shape):
        self.h = self.add_weight(shape=(ROWS, 4), name="h", trainable=False, initializer="zeros")
        self.mix.build((ROWS, shape[-1] + 4))

    def call(self, x):
        h = ops.zeros_like(self.h) if self.way == "never read" else self.h + 0.0
        outputs = []
        for t in range(x.shape[1]):
            h = self.mix(ops.concatenate([x[:, t], h], axis=-1))
            outputs.append(h)
        self.h.assign(outputs[0] if self.way == "keeps the first" else h)
        return ops.stack(outputs, axis=1)


class Resettable(Own):
    def reset_state(self):
        if self.way == "half a reset":
            self.h.assign(self.h * ops.cast(ops.arange(4) > 1, "float32"))
        elif self.way != "empty reset":
            self.h.assign(ops.zeros_like(self.h))


class Streaming(L.Layer):
    """A causal convolution that keeps the last timesteps for the next piece."""

    def build(self, shape):
        self.buffer = self.add_weight(shape=(ROWS, 2, shape[-1]), trainable=False, name="buffer")
        self.conv = L.Conv1D(4, 3)

    def call(self, x):
        x = ops.concatenate([self.buffer, x], axis=1)
        self.buffer.assign(x[:, -2:])
        return self.conv(x)

    def reset_state(self):
        self.buffer.assign(ops.zeros_like(self.buffer))


class Plain(keras.Model):
    """A state in a plain attribute, which a graph keeps as it was when it was traced."""

    def __init__(self):
        super().__init__()
        self.cell, self.hidden = L.GRUCell(4), None

    def build(self, shape):
        self.cell.build((ROWS, shape[-1]))

    def call(self, x):
        if self.hidden is None:
            self.hidden = ops.zeros((ROWS, 4))
        outputs, h = [], self.hidden
        for t in range(x.shape[1]):
            _, (h,) = self.cell(x[:, t], [h])
            outputs.append(h)
        self.hidden = h
        return ops.stack(outputs, axis=1)

    def reset_state(self):
        self.hidden = None


class Counter(L.Layer):
    def build(self, shape):
        self.seen = self.add_weight(shape=(), trainable=False, name="seen", initializer="zeros")
        self.mean = self.add_weight(shape=(), trainable=False, name="mean", initializer="zeros")

    def call(self, x):
        self.seen.assign_add(1.0)
        self.mean.assign(ops.mean(x))
        self.last = x
        return x


class Around(keras.Model):
    """A model around layers, with a call given from outside."""

    def __init__(self, way, **layers):
        super().__init__()
        self.way = way
        for name, layer in layers.items():
            setattr(self, name, layer)

    def call(self, x):
        return self.way(self, x)


class OwnReset(Around):
    def reset_state(self):
        self.one.reset_state()


class Flag(Around):
    def call(self, x, reset=False):
        if reset:
            self.lstm.reset_state()
        return self.lstm(x)


class FirstOnly(L.RNN):
    """Puts back the first of its states, and not the second."""

    def reset_state(self):
        self.states[0].assign(ops.zeros_like(self.states[0]))


class Remembering(L.SimpleRNNCell):
    """A cell with a state of its own besides."""

    def build(self, shape):
        super().build(shape)
        self.memory = self.add_weight(shape=(ROWS, self.units), trainable=False, name="memory")
        self.memory.assign(ops.zeros_like(self.memory))

    def call(self, x, states, training=False):
        y, states = super().call(x, states)
        self.memory.assign(0.9 * self.memory + 0.1 * y)
        return y + self.memory, states


def streams(model, x):
    return ops.stack([model.lstm(x[:, s]) for s in range(x.shape[1])], axis=1)


def reset_between(model, x):
    outputs = []
    for s in range(x.shape[1]):
        model.lstm.reset_state()
        outputs.append(model.lstm(x[:, s]))
    return ops.stack(outputs, axis=1)


def own_each(model, x):
    return ops.stack([model.lstms[s](x[:, s]) for s in range(x.shape[1])], axis=1)


def in_chunks(model, x):
    return ops.concatenate([model.lstm(x[:, :2]), model.lstm(x[:, 2:4]), model.lstm(x[:, 4:])], 1)


def step_by_step(model, x):
    return ops.concatenate([model.lstm(x[:, t : t + 1]) for t in range(x.shape[1])], 1)


def shared(reset=False):
    a, b = (
        keras.Input(batch_shape=(ROWS, None, FEATURES), name=name) for name in ("left", "right")
    )
    layer = lstm(stateful=not reset)
    return keras.Model([a, b], [layer(a), layer(b)])


def encoder_decoder(stateful=False, zeros=False):
    x = keras.Input(batch_shape=(ROWS, None, FEATURES))
    _, h, c = L.LSTM(4, return_state=True, name="encoder", stateful=True)(x)
    start = [ops.zeros_like(h), ops.zeros_like(c)] if zeros else [h, c]
    decoder = L.LSTM(4, return_sequences=True, stateful=stateful, name="decoder")
    return keras.Model(x, decoder(x, initial_state=start))


def handed_on():
    x = keras.Input((None, FEATURES))
    h, c = keras.Input((4,)), keras.Input((4,))
    return keras.Model([x, h, c], list(L.LSTM(4, return_state=True)(x, initial_state=[h, c])))


def beside_a_convolution(padding="same"):
    x = keras.Input(batch_shape=(ROWS, None, FEATURES))
    return keras.Model(x, L.Concatenate()([lstm()(x), L.Conv1D(2, 3, padding=padding)(x)]))


def trained_batch_norm():
    model = keras.Sequential([L.Dense(4), L.BatchNormalization(), L.Dropout(0.5), L.GRU(3)])
    model.compile("sgd", "mse", metrics=["mae"])
    model.fit(X, np.zeros((ROWS, 3)), verbose=0)
    return model


class Filter:
    """An own recurrence without Keras."""

    def __init__(self, way=""):
        self.way, self.h = way, np.zeros((ROWS, FEATURES))

    def __call__(self, x):
        outputs = []
        for t in range(x.shape[1]):
            self.h = 0.5 * self.h + x[:, t]
            outputs.append(self.h)
        return np.stack(outputs, axis=1)

    def reset(self):
        if self.way != "empty":
            self.h = np.zeros((ROWS, FEATURES))


def closure():
    h = np.zeros((ROWS, FEATURES))

    def step(x):
        nonlocal h
        for t in range(x.shape[1]):
            h = 0.5 * h + x[:, t]
        return h

    return step


HEALTHY = {  # name -> (build, x, words that are said)
    "stateful LSTM": (
        lambda: chain(lstm()),
        X,
        (
            "In two pieces (2 and 4",
            "After reset_state() of every layer the next answer is the same",
        ),
    ),
    "last state": (lambda: chain(lstm(return_sequences=False), L.Dense(1)), X, ("In two pieces",)),
    "stacked": (lambda: chain(lstm(), L.GRU(3, stateful=True)), X, ("In two pieces",)),
    "nested": (lambda: chain(L.Dense(3), chain(lstm())), X, ("In two pieces",)),
    "own cell": (lambda: chain(L.RNN(L.GRUCell(3), stateful=True)), X, ("In two pieces",)),
    "stacked cells": (
        lambda: chain(L.RNN([L.LSTMCell(3), L.LSTMCell(2)], return_sequences=True)),
        X,
        ("Nothing is carried",),
    ),
    "ConvLSTM": (
        lambda: keras.Sequential([L.ConvLSTM1D(2, 2, stateful=True, return_sequences=True)]),
        RNG.normal(size=(2, 4, 5, 1)),
        ("In two pieces (2 and 2 timesteps) the sequence gets the answers",),
    ),
    "Bidirectional stateful": (
        lambda: chain(L.Bidirectional(lstm(return_sequences=False))),
        X,
        ("runs backwards in time",),
    ),
    "Bidirectional": (lambda: chain(L.Bidirectional(L.LSTM(3))), X, ("Nothing is carried",)),
    "tokens": (
        lambda: chain(L.Embedding(9, 3, mask_zero=True), lstm(), shape=(None,), dtype="int32"),
        PADDED,
        ("In two pieces",),
    ),
    "fixed timesteps": (
        lambda: chain(lstm(), shape=(STEPS, FEATURES)),
        X,
        ("A state is carried",),
    ),
    "BatchNorm and Dropout, trained": (trained_batch_norm, X, ("Nothing is carried",)),
    "counters and caches": (lambda: chain(Counter(), L.LSTM(2)), X, ("nothing is carried by it",)),
    "states handed on": (
        handed_on,
        [X, np.zeros((ROWS, 4)), np.zeros((ROWS, 4))],
        ("Nothing is carried",),
    ),
    "encoder and decoder": (encoder_decoder, X, ("A state is carried",)),
    "both stateful": (
        lambda: encoder_decoder(stateful=True),
        X,
        ("is handed its initial state, which depends on what came before",),
    ),
    "own layer": (lambda: lazily(Resettable(), L.Dense(2)), X, ("In two pieces",)),
    "a buffer": (lambda: lazily(Streaming()), X, ("In two pieces",)),
    "convolution beside": (beside_a_convolution, X, ("parts without a state hear several",)),
    "pooled": (
        lambda: chain(lstm(), L.GlobalAveragePooling1D()),
        X,
        ("parts without a state hear several",),
    ),
    "reset between streams": (
        lambda: Around(reset_between, lstm=lstm()),
        STREAMS,
        ("is reset within the model's own call",),
    ),
    "a layer for each stream": (
        lambda: Around(own_each, lstms=[L.LSTM(2, stateful=True) for _ in range(3)]),
        STREAMS,
        ("In two pieces",),
    ),
    "in chunks": (
        lambda: Around(in_chunks, lstm=lstm()),
        X,
        ("runs 3 times in a pass, on consecutive timesteps",),
    ),
    "step by step": (lambda: Around(step_by_step, lstm=lstm()), X, ("In two pieces",)),
    "shared without a state": (lambda: shared(reset=True), [X, X + 1], ("Nothing is carried",)),
    "own reset": (
        lambda: OwnReset(lambda model, x: model.one(x), one=lstm()),
        X,
        ("After reset_state() of the model the next answer is the same",),
    ),
    "reset by an argument": (lambda: Flag(None, lstm=lstm()), X, ("With reset=True",)),
    "one step only": (lambda: chain(lstm()), X[:, :1], ("A state is carried",)),
    "a layer": (lambda: lstm(), X, ("In two pieces",)),
    "a function": (lambda: lambda x: x * 2, X, ("Nothing is carried",)),
    "a filter": (Filter, X, ("In two pieces", "After reset() the next answer is the same")),
}
FAULTY = {  # name -> (build, x, finding, words)
    "shared by two inputs": (shared, [X, X + 1], "streams leak", "in this order: input “"),
    "streams in a loop": (
        lambda: Around(streams, lstm=lstm()),
        STREAMS,
        "streams leak",
        "position 0 of axis 1, then position 1 of axis 1, then position 2 of axis 1",
    ),
    "streams behind a Dense": (
        lambda: Around(lambda m, x: streams(m, m.first(x)), first=L.Dense(3), lstm=lstm()),
        STREAMS,
        "streams leak",
        "position 0 of axis 1",
    ),
    "TimeDistributed": (
        lambda: chain(L.TimeDistributed(lstm()), shape=(3, STEPS, 2)),
        STREAMS,
        "streams leak",
        "“lstm” runs 3 times in one pass",
    ),
    "two groups of features": (
        lambda: Around(lambda m, x: m.lstm(x[..., :1]) + m.lstm(x[..., 2:]), lstm=lstm()),
        X,
        "streams leak",
        "position 0 of axis 2, then position 2 of axis 2",
    ),
    "two halves of the batch": (
        lambda: Around(lambda m, x: ops.concatenate([m.lstm(x[:2]), m.lstm(x[2:])]), lstm=lstm()),
        X,
        "streams leak",
        "rows 0 to 1, then rows 2 to 3",
    ),
    "streams of own layer": (
        lambda: Around(streams, lstm=Resettable()),
        STREAMS,
        "streams leak",
        "“own” runs 3 times",
    ),
    "no reset": (lambda: lazily(Own()), X, "state without a reset", "changes “h” of “own”"),
    "a cell's own state": (
        lambda: lazily(L.RNN(Remembering(3), stateful=True)),
        X,
        "not reset",
        "“memory” of “remembering",
    ),
    "an empty reset": (lambda: lazily(Resettable("empty reset")), X, "not reset", "“h” of “own”"),
    "half a reset": (lambda: lazily(Resettable("half a reset")), X, "not reset", "“h” of “own”"),
    "the first state only": (
        lambda: chain(FirstOnly(L.LSTMCell(3), stateful=True, name="first")),
        X,
        "not reset",
        "“states” of “first”",
    ),
    "one layer forgotten": (
        lambda: OwnReset(lambda m, x: m.two(m.one(x)), one=lstm(), two=L.GRU(2, stateful=True)),
        X,
        "not reset",
        "After reset_state() of the model",
    ),
    "written, never read": (
        lambda: lazily(Resettable("never read")),
        X,
        "state not carried",
        "is written in each call, but the answer to the next x is the same",
    ),
    "zeros handed in": (
        lambda: encoder_decoder(stateful=True, zeros=True),
        X,
        "state not carried",
        "“decoder” is declared stateful, but each of its call",
    ),
    "lost in a graph": (Plain, X, "state not carried", "a plain attribute keeps what it was then"),
    "keeps the first": (
        lambda: lazily(Resettable("keeps the first")),
        X,
        "split differs",
        "“own” hears the same in both and answers otherwise",
    ),
    "a filter's empty reset": (lambda: Filter("empty"), X, "not reset", "After reset()"),
    "a closure": (closure, X, "state without a reset", "what the function keeps"),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_no_alarm_on_what_is_right(name):
    build, x, words = HEALTHY[name]
    report = memory(build(), x, seconds=60)
    assert report.findings == (), report.sentence
    assert [part for part in words if part not in report.sentence] == [], report.sentence


@pytest.mark.parametrize("name", FAULTY)
def test_faults_are_found_by_their_name(name):
    build, x, finding, words = FAULTY[name]
    report = memory(build(), x, seconds=60)
    others = {"split differs"} if name == "a cell's own state" else set()  # Keras runs it once more
    assert set(report.findings) - others == {finding}, report.sentence
    assert report.faults, report.sentence
    assert words in report.sentence, report.sentence


def held(model):
    """What a model holds, bit for bit, and whether anything was built."""
    layers = [model, *model._flatten_layers()]
    return {
        "values": [np.asarray(v).tobytes() for v in model.variables],
        "built": [layer.built for layer in layers],
        "attributes": [{name: id(v) for name, v in vars(layer).items()} for layer in layers],
        "seeds": [np.random.get_state()[1].tobytes(), keras.random.uniform((), seed=7).numpy()],
    }


def in_the_middle():
    model = chain(lstm(), L.Dense(2))
    model(X)
    return model


@pytest.mark.parametrize(
    "build",
    [
        in_the_middle,
        lambda: lazily(Resettable("empty reset")),
        lambda: chain(Counter(), L.Dropout(0.5), lstm()),
        Plain,
        shared,
    ],
)
def test_the_model_is_left_as_it_was(build):
    model = build()
    x = [X, X] if len(getattr(model, "inputs", None) or ()) == 2 else X
    before = held(model)
    memory(model, x, seconds=60)
    assert held(model) == before


@pytest.mark.parametrize("at", [1, 2, 4, 7])
def test_an_interrupted_model_is_put_back_too(at):
    left = []

    def way(model, x):
        if left and left.pop() is KeyboardInterrupt:
            raise KeyboardInterrupt
        return model.lstm(x)

    model = Around(way, lstm=lstm())
    model(X)
    before = held(model)
    left += [KeyboardInterrupt, *["go on"] * (at - 1)]
    with pytest.raises(KeyboardInterrupt):
        memory(model, X, seconds=60)
    assert held(model) == before


def test_a_state_in_the_middle_is_a_question():
    report = memory(in_the_middle(), X, seconds=60)
    assert (report.faults, report.questions) == ((), ("state is not fresh",))
    assert "It was left there." in report.sentence


def test_pieces_are_a_question_where_a_part_without_a_state_hears_further():
    """Or a part that runs backwards: only the owner knows whether chunks are to be one sequence."""
    for model, words in (
        (beside_a_convolution("causal"), "parts without a state hear several timesteps"),
        (chain(L.Bidirectional(lstm())), "runs backwards in time"),
    ):
        report = memory(model, X, seconds=60)
        assert (report.faults, report.questions) == ((), ("split differs",)), report.sentence
        assert words in report.sentence


def test_pieces_that_the_model_does_not_declare_are_seen_with_the_reason():
    both = L.Bidirectional(L.LSTM(3, return_sequences=True))
    report = memory(chain(both, lstm(), shape=(STEPS, FEATURES)), X, seconds=60)
    (words,) = [words for words in report.seen if "other answers than as a whole" in words]
    assert "the model declares 6 timesteps, so that pieces may not be" in words
    assert not [words for words in report.not_seen if "In two pieces" in words]


def test_noise_is_no_state():
    """Of whatever generator: Keras', TensorFlow's, NumPy's; one's own, somebody's, or global."""
    rng, seeds = np.random.default_rng(0), keras.random.SeedGenerator(1)
    noises = [
        lambda x: x + keras.random.normal((), seed=seeds),
        lambda x: x + rng.normal(),
        lambda x: x + np.random.normal() + keras.random.normal(()),
    ]
    for noise in noises:
        assert memory(lazily(L.Lambda(noise)), X).findings == ()
        assert memory(lambda x, noise=noise: np.asarray(noise(x)), X).findings == ()


def test_what_functions_and_objects_keep_is_found_and_put_back():
    kept = np.zeros((ROWS, FEATURES), "float32")

    def average(x):
        kept[...] = 0.5 * kept + np.asarray(x)[:, -1]
        return ops.convert_to_tensor(kept + 0)

    report = memory(lazily(L.Lambda(average)), X, seconds=60)
    assert report.faults == ("state without a reset",)
    assert not kept.any()
    model = Filter()
    memory(model, X)
    assert not model.h.any()


def test_masked_timesteps_may_get_another_answer_in_pieces():
    """At a masked one Keras repeats the last answer, and in a new piece there is none."""
    layers = L.Embedding(9, 3, mask_zero=True), lstm()
    report = memory(chain(*layers, shape=(None,), dtype="int32"), PADDED, seconds=60)
    assert "but for masked timesteps." in report.sentence


@pytest.mark.parametrize(
    ("model", "x", "error", "words"),
    [
        ("model", X, TypeError, "model is str"),
        (keras.Sequential, X, TypeError, "the class Sequential"),
        (lambda: chain(lstm()), X[:0], ValueError, "x is empty"),
        (lambda: chain(lstm()), X * np.nan, ValueError, "x holds NaN"),
        (
            lambda: chain(lstm()),
            X[:2],
            ValueError,
            "x has 2 rows, and the state of “lstm” was made",
        ),
        (lambda: chain(lstm()), X[:, :, :2], RuntimeError, "The model raised InvalidArgument"),
        (lambda: lambda x: 1 / 0, X, RuntimeError, "The function raised ZeroDivisionError"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(model, x, error, words):
    with pytest.raises(error, match=words):
        memory(model() if callable(model) and not isinstance(model, type) else model, x)


def test_what_was_not_asked_is_said():
    assert "could not be told" not in memory(chain(lstm()), X, seconds=60).sentence
    assert "time was up" in memory(chain(lstm()), X, seconds=0).sentence
    lost = chain(L.Lambda(lambda x: ops.log(x * 0 - 1)))
    report = memory(lost, X)
    assert report.verdict == "not looked at" and "NaN or infinity" in report.sentence
    rows = memory(chain(lstm()), np.concatenate([X, X]), seconds=60)
    assert "Of 8 rows the first 4 were used." in rows.sentence


def test_a_notebook_shows_a_table_and_a_picture():
    report = memory(lazily(Resettable("keeps the first")), X, seconds=60)
    page = report._repr_mimebundle_()["text/html"]
    assert "memory: split differs" in page and "data:image/png;base64," in page
    (axes,) = report.plot().axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "after another x",
        "after another x and a reset",
        "in two pieces",
    ]
    widths = [bar.get_width() for bar in axes.patches]
    assert widths[2] == pytest.approx(report.numbers["split"])
    assert (report.numbers["after a reset"], widths[1]) == (0, 0)  # no place on such an axis
    assert axes.texts[1].get_text() == "0"
    assert memory(chain(L.Dense(2)), X).plot() is None
