"""The probe hears what fit does, tells it truly, and leaves the model bit for bit as it was."""

import random
import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from utils.instruments.noise import noise, noise_findings

L = keras.layers
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(32, 8)).astype("float32"), RNG.normal(size=(32, 1)).astype("float32")
SEQUENCES = RNG.normal(size=(32, 4, 2)).astype("float32")
ELSEWHERE = keras.random.SeedGenerator(3)  # that no model owns


def compiled(model, **how):
    """Compiled to run plainly, which spares the tests the tracing of most graphs."""
    model.compile(**{"optimizer": "sgd", "loss": "mse", "run_eagerly": True, **how})
    return model


def chain(*layers, shape=(8,)):
    return compiled(keras.Sequential([keras.Input(shape), *layers, L.Dense(1)]))


def with_dropout(rate=0.3, **how):
    return compiled(chain(L.Dense(64), L.Dropout(rate, name="drop")), **how)


class ByHand(keras.Model):
    """Dense, Dropout, Dense; the Dropout is reached in one way or another."""

    def __init__(self, way):
        super().__init__()
        self.way, self.first, self.last = way, L.Dense(64), L.Dense(1)
        self.drop = L.Dropout(0.3, name="drop")
        self.aside = self.drop.call

    def call(self, x, training=None):
        return self.last(self.way(self, self.first(x), training))


class NoArgument(ByHand):
    def call(self, x):
        return self.last(self.drop(self.first(x)))


class OwnStep(ByHand):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


class InGraph(OwnStep):
    @tf.function
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


class AlwaysOn(L.Dropout):
    def call(self, x, training=None):
        return super().call(x, training=True)


class KeepsInsteadOfDrops(L.Layer):
    def __init__(self, rate, **how):
        super().__init__(**how)
        self.rate, self.seeds = rate, keras.random.SeedGenerator(1)

    def call(self, x, training=None):
        return keras.random.dropout(x, 1 - self.rate, seed=self.seeds) if training else x


class Sampling(L.Layer):
    def __init__(self, **how):
        super().__init__(**how)
        self.seeds = keras.random.SeedGenerator(1)

    def call(self, x):
        return x + keras.random.normal(keras.ops.shape(x), seed=self.seeds)


def hidden(function):
    return chain(L.Dense(64), L.Lambda(function, name="secret"))


def noisy_loss(y, p):
    return keras.ops.mean((y - p) ** 2) + keras.random.uniform(())


def through(way, kind=ByHand):
    return compiled(kind(way))


def passed_on(model, x, training):
    return model.drop(x, training=training)


class Ways(keras.Model):
    """One Dropout for each way to reach it, or not to."""

    def __init__(self):
        super().__init__()
        self.first, self.last = L.Dense(64), L.Dense(1)
        self.never = L.Dropout(0.3, name="never")
        self.loud = L.Dropout(0.3, name="aside")
        self.aside = self.loud.call
        self.hard, self.around = L.Dropout(0.3, name="hard"), L.Dropout(0.3, name="around")
        self.handed = L.Dropout(0.3, name="handed down")

    def call(self, x, training=None):
        x = self.around.call(self.first(x))
        x = self.hard(self.handed(x), training=False)
        return self.last(self.aside(x, training))


MODELS = {  # name -> model, verdict, parts of its sentence
    "graph": (
        lambda: with_dropout(run_eagerly=False, optimizer="adam", metrics=["mae"]),
        "as declared",
        ("“drop” acts in fit and zeroes",),
    ),
    "not compiled": (
        lambda: keras.Sequential([L.Dense(8), L.Dropout(0.5), L.Dense(1)]),
        "as declared",
        ("The model is not compiled: looked at was the forward pass that fit makes",),
    ),
    "ways": (
        lambda: compiled(Ways()),
        "never acts in fit",
        (
            "2 noise layers act in fit, each at its rate: “handed down” and “aside”.",
            "“never” was not called in the step of fit",
            "“around” and “hard” were called in fit with training=False and did nothing",
        ),
    ),
    "no argument": (
        lambda: compiled(NoArgument(None)),
        "never acts in fit",
        ("“drop” was called in fit with training=False and did nothing: it never acts there.",),
    ),
    "step in a graph": (
        lambda: through(passed_on, InGraph),
        "as declared",
        ("“drop” acts in fit",),
    ),
    "in predict": (
        lambda: chain(L.Dense(64), AlwaysOn(0.3, name="mc"), Sampling(name="z")),
        "acts in predict",
        ("because “mc” and “z” act there too. That is right only if it is meant",),
    ),
    "rates of 0 and 1e-9": (
        lambda: chain(L.Dense(64), L.Dropout(0, name="idle"), L.Dropout(1e-9)),
        "too rare to be seen",
        (
            "“idle” has a rate of 0 and nothing to do.",
            "zeroed none of 2,048 numbers, as so small a rate leaves to expect (1e-09).",
        ),
    ),
    "wrong rate": (
        lambda: chain(L.Dense(64), KeepsInsteadOfDrops(0.2, name="keeps")),
        "off its rate",
        ("of the numbers, where its rate is 0.2.",),
    ),
    "every kind": (
        lambda: chain(
            *(L.AlphaDropout(0.2), L.Reshape((2, 2, 2)), L.RandomFlip(), L.SpatialDropout2D(0.5)),
            *(L.Flatten(), L.GaussianDropout(0.2), L.GaussianNoise(0.1)),
        ),
        "as declared",
        ("5 noise layers act in fit: “alpha_dropout", "“random_flip", "and 2 more."),
    ),
    "BatchNorm": (
        lambda: chain(L.Dense(8), L.BatchNormalization()),
        "no noise",
        ("Nothing is random in fit",),
    ),
    "noise in functions and in the loss": (
        lambda: compiled(
            chain(
                L.Lambda(lambda x: keras.random.dropout(x, 0.3), name="secret"),
                L.Lambda(lambda x: tf.nn.dropout(x, 0.3), name="other"),
            ),
            loss=noisy_loss,
        ),
        "hidden noise",
        ("“secret” (keras.random)", "“other” (tf.random)", "the loss “noisy_loss” (keras.random)"),
    ),
    "a generator elsewhere": (
        lambda: hidden(lambda x: keras.random.dropout(x, 0.3, seed=ELSEWHERE)),
        "hidden noise",
        ("gave the losses",),
    ),
    "NumPy noise": (
        lambda: hidden(lambda x: x * np.random.rand()),
        "hidden noise",
        ("Look at functions, the loss and train_step",),
    ),
    "NumPy noise in a graph": (
        lambda: compiled(hidden(lambda x: x * np.random.rand()), run_eagerly=False),
        "frozen noise",
        ("they are drawn once, when its graph is traced.",),
    ),
    "a fixed seed": (
        lambda: hidden(lambda x: keras.random.dropout(x, 0.3, seed=1)),
        "fixed noise",
        ("“secret” draws random numbers with a fixed seed: they are the same in every step.",),
    ),
}
RECURRENT = {
    "recurrent": (
        lambda: chain(
            L.LSTM(16, dropout=0.2, recurrent_dropout=0.6, return_sequences=True, name="r"),
            *(L.TimeDistributed(L.Dropout(0.4)), L.Bidirectional(L.SimpleRNN(8, dropout=0.5))),
            shape=(4, 2),
        ),
        "as declared",
        ("4 noise layers act in fit, each at its rate: ", "r/lstm_cell”, "),
    ),
    "stateful": (
        lambda: compiled(
            keras.Sequential(
                [keras.Input((4, 2), batch_size=16), L.GRU(4, stateful=True), L.Dense(1)]
            )
        ),
        "no noise",
        ("Of 32 rows the first 16 were used.",),
    ),
}
ALL = {**MODELS, **RECURRENT}


def everything(model):
    """What a model holds, and the global seeds: values bit for bit, and who is who.

    Returns what was looked at, and what was found in it, by its id. Both are kept together: while
    a thing is kept, nothing else gets its id.
    """
    parts, held, ahead = {}, {}, [model]
    optimizer = getattr(model, "optimizer", None)
    while ahead:
        part = ahead.pop()
        if id(part) in parts:
            continue
        parts[id(part)] = part
        if isinstance(part, keras.Variable):
            held[id(part)] = {"value": np.asarray(part).tobytes(), "trainable": part.trainable}
        elif isinstance(part, set):  # which has no order
            held[id(part)] = dict.fromkeys(map(id, part), "a member")
            ahead += part
        elif isinstance(part, list | tuple | dict):
            inside = dict(part) if isinstance(part, dict) else dict(enumerate(part))
            held[id(part)] = {"order": [*inside], **{k: id(v) for k, v in inside.items()}}
            ahead += inside.values()
        elif isinstance(part, keras.Layer | keras.Metric | keras.random.SeedGenerator) or (
            (optimizer is not None and part is optimizer) or type(part).__name__ == "Tracker"
        ):
            held[id(part)] = {name: id(value) for name, value in vars(part).items()}
            ahead += vars(part).values()
    parts["seeds"], held["seeds"] = "the global seeds", global_seeds()
    return parts, held


def changes(before, after):
    """What is not as it was, a line for each: the thing, and what of it differs."""
    (parts, held), (_, now) = before, after
    return [
        f"{part!r}: {name!r} was {held[key].get(name)!r}, is {now.get(key, {}).get(name)!r}"
        for key, part in parts.items()
        if key in held
        for name in {**held[key], **now.get(key, {})}
        if held[key].get(name, "nothing") != now.get(key, {}).get(name, "nothing")
    ]


def global_seeds():
    from keras.src.backend.common import global_state

    generator = global_state.get_global_attribute("global_seed_generator")
    scopes = global_state.get_global_attribute("name_scope_stack") or ()
    return {
        "random": random.getstate(),
        "NumPy": str(np.random.get_state()),
        "Keras": None if generator is None else np.asarray(generator.state).tobytes(),
        "names": dict(global_state.get_global_attribute("object_name_uids") or {}),
        "scopes": [scope.name for scope in scopes],
        "elsewhere": np.asarray(ELSEWHERE.state).tobytes(),
        "eagerly": tf.config.functions_run_eagerly(),
    }


@pytest.mark.parametrize("name", ALL)
def test_what_fit_does_is_told_and_the_model_is_left_as_it_was(name):
    keras.utils.set_random_seed(1)
    build, verdict, words = ALL[name]
    model, x = build(), SEQUENCES if name in RECURRENT else X
    before = everything(model)
    report = noise(model, x, Y)
    assert changes(before, everything(model)) == []
    assert report.verdict == verdict, report.sentence
    assert [part for part in words if part not in report.sentence] == [], report.sentence


def test_training_afterwards_is_what_it_would_have_been():
    """Of a model whose weights are yet to be drawn, with noise of three kinds, and a graph."""

    def fit(look):
        keras.utils.set_random_seed(7)
        secret = L.Lambda(lambda x: tf.nn.dropout(x, 0.3) + keras.random.uniform(()))
        model = keras.Sequential([L.Dense(8), L.Dropout(0.3), secret, L.Dense(1)])
        model.compile("adam", "mse")
        if look:
            noise(model, X, Y)
        model.fit(X, Y, verbose=0)
        later = [random.random(), np.random.rand(), float(tf.random.uniform(()))]
        return [np.asarray(w) for w in model.get_weights()] + later

    assert all(map(np.array_equal, fit(look=True), fit(look=False)))


def test_layers_are_listed_as_they_are_called():
    """Then those that are not called; a recurrent cell is called once for each time step."""
    ways = noise(compiled(Ways()), X, Y)
    assert [n.name for n in ways.layers] == ["around", "handed down", "hard", "aside", "never"]
    assert [n.acts for n in ways.layers] == [False, True, False, True, False]
    drops = [L.Dropout(0.1, name=name) for name in "cadb"]
    model = keras.Sequential([*drops, L.Reshape((4, 2)), L.LSTM(3, dropout=0.2), L.Dense(1)])
    report = noise(model, X)
    assert [n.name for n in report.layers[:4]] == ["c", "a", "d", "b"]
    cell = report.layers[4]
    assert (cell.fit.calls, cell.predict.calls) == (4, 4)
    few = noise(keras.Sequential([L.Reshape((4, 2)), L.LSTM(3, dropout=0.2, unroll=True)]), X)
    assert few.layers[0].fit.calls == 4
    assert "of only 64 numbers, which its rate of 0.2 allows." in few.sentence


def test_nothing_is_said_meanwhile_and_warnings_go_on_afterwards(caplog):
    from tensorflow.python.eager.polymorphic_function import polymorphic_function

    logger, counting = tf.get_logger(), polymorphic_function._frequent_tracing_detector_manager
    level, counts = logger.level, counting._detectors

    def way(model, x, training):
        logger.warning("in the middle")
        counting.called_with_tracing(noise.__code__, "way", False)
        warnings.warn("aloud", stacklevel=1)
        return x

    logger.addHandler(caplog.handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            noise(through(way), X, Y)
            assert caplog.records == []
        logger.warning("afterwards")
        assert {record.message for record in caplog.records} == {"afterwards"}
    finally:
        logger.removeHandler(caplog.handler)
    assert (logger.level, counting._detectors) == (level, counts) and noise.__code__ not in counts


def test_compiled_functions_and_the_optimizer_go_on():
    model = with_dropout(run_eagerly=False)
    model.fit(X, Y, verbose=0)
    function, steps = model.train_function, int(model.optimizer.iterations)
    noise(model, X, Y)
    assert model.train_function is function and int(model.optimizer.iterations) == steps
    model.fit(X, Y, verbose=0)
    assert int(model.optimizer.iterations) == steps + 1


@pytest.mark.parametrize(
    ("error", "at"),
    [(KeyboardInterrupt, 1), (KeyboardInterrupt, 3), (KeyboardInterrupt, 5), (ValueError, 2)],
)
def test_an_interrupted_model_is_put_back_too(error, at):
    calls = []  # 1 is heard, 2 and 3 are repeats, then predict begins

    def way(model, x, training):
        calls.append(1)
        if len(calls) == at:
            raise error("in the middle")
        return model.drop(x, training=training)

    model = through(way)
    model.drop.trainable = False
    before = everything(model)
    if error is KeyboardInterrupt:
        with pytest.raises(KeyboardInterrupt):
            noise(model, X, Y)
    else:
        with pytest.raises(RuntimeError, match="The model raised ValueError in one step"):
            noise(model, X, Y)
    assert changes(before, everything(model)) == []


def renamed(memory):
    if "c" in memory:
        memory["d"] = memory.pop("c")


def reordered(memory):
    memory["a"] = memory.pop("a")


def exchanged(memory):
    names, values = list(memory)[::-1], list(memory.values())
    memory.clear()
    memory.update(dict(zip(names, values, strict=True)))


@pytest.mark.parametrize("change", [renamed, reordered, exchanged])
def test_a_dict_has_its_names_and_their_order_again(change):
    def way(model, x, training):
        model.changing(model.memory)
        return model.drop(x, training=training)

    model = through(way)
    model.memory, model.changing = {name: np.ones(2) for name in "abc"}, dict
    model(X)
    model.changing = change
    before = everything(model)
    noise(model, X, Y)
    assert changes(before, everything(model)) == []
    model(X)
    assert changes(before, everything(model)) != []


def test_several_inputs_and_outputs_are_taken_as_fit_takes_them():
    a, b = keras.Input((8,), name="a"), keras.Input((8,), name="b")
    h = L.Dropout(0.25, name="drop")(L.Concatenate()([a, L.Dense(32)(b)]))
    outputs = {"u": L.Dense(1, name="u")(h), "v": L.Dense(1, name="v")(h)}
    model = compiled(keras.Model({"a": a, "b": b}, outputs), loss={"u": "mse", "v": "mae"})
    report = noise(model, {"a": X, "b": X}, {"u": Y, "v": Y})
    assert report.verdict == "as declared"
    assert report.layers[0].share == pytest.approx(0.25, abs=0.06)


def test_numbers_are_those_of_the_layer():
    drop = L.Dropout(0.3, name="drop")
    report = noise(chain(L.Dense(64), drop, L.Dense(64), drop), X, Y)
    (layer,) = report.layers
    assert (layer.fit.calls, layer.fit.training, layer.rates) == (2, {True}, (0.3,))
    assert (layer.predict.calls, layer.predict.training) == (2, {False})
    assert layer.share == pytest.approx(0.3, abs=0.05)
    assert (report.random_in_fit, report.hidden, report.answers_vary) == (True, False, False)
    assert len(set(report.losses)) == 1  # the seeds are held
    silent = noise(through(passed_on, OwnStep), X, Y)
    assert silent.random_in_fit is False


def test_relu_zeros_are_not_counted_as_dropped():
    report = noise(chain(L.Dense(64, "relu"), L.Dropout(0.2)), X, Y)
    assert report.layers[0].share == pytest.approx(0.2, abs=0.06)
    assert report.verdict == "as declared"


def test_what_was_not_looked_at_is_said():
    assert "Without y its fit raises ValueError" in noise(with_dropout(), X).sentence
    assert "This is a layer and has no fit" in noise(L.Dropout(0.5), X).sentence
    step = "The model's own train_step was not run: compile it to include it."
    assert step in noise(OwnStep(passed_on), X, Y).sentence
    data = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(32).batch(8)
    assert "another first batch each time" in noise(with_dropout(), data).sentence
    lost = with_dropout()
    lost.layers[0].kernel.assign(np.full((8, 64), np.nan))
    report = noise(lost, X, Y)
    assert report.hidden is None and report.verdict == "not known"


@pytest.mark.parametrize(
    ("model", "x", "y", "error", "words"),
    [
        (np.cumsum, X, Y, TypeError, "expected a Keras model or layer"),
        (keras.Sequential, X, Y, TypeError, "the class Sequential"),
        ("model", X, Y, TypeError, "model is str"),
        (with_dropout, X[:0], Y[:0], ValueError, "x is empty"),
        (with_dropout, [], None, ValueError, "x is empty"),
        (with_dropout, X * np.nan, Y, ValueError, "x holds NaN"),
        (with_dropout, X, Y * np.nan, ValueError, "y holds NaN"),
        (with_dropout, X, Y[:5], ValueError, "different numbers of rows"),
        (with_dropout, X[:, :3], Y, RuntimeError, "The model raised ValueError in one step of fit"),
        (with_dropout, 5, Y, ValueError, "whose first axis is rows"),
        (with_dropout, (n for n in X), Y, TypeError, "x is a generator"),
        (with_dropout, np.array([{}] * 8), Y[:8], TypeError, "expected numbers"),
    ],
)
def test_what_cannot_be_looked_at_gets_a_sentence(model, x, y, error, words):
    with pytest.raises(error, match=words):
        noise(model() if model is with_dropout else model, x, y)


def test_a_notebook_shows_a_table_and_words():
    report = noise(with_dropout(), X, Y)
    page = report._repr_mimebundle_()["text/html"]
    assert '<th scope="row">drop</th><td>Dropout</td><td>0.3</td><td>1</td><td>True</td>' in page
    assert page.endswith(f"<p>{report.sentence}</p>")
    assert repr(report).splitlines()[0].split()[:2] == ["layer", "kind"]


class OwnGenerator(L.Layer):
    """With a generator that is never asked, or that is asked in training only."""

    def __init__(self, rate=None, **how):
        super().__init__(**how)
        self.seeds = keras.random.SeedGenerator(1)
        self.chance = rate

    def call(self, x, training=None):
        if self.chance is None or not training:
            return x
        kept = keras.random.uniform((len(x), 1), seed=self.seeds) > self.chance
        return x * keras.ops.cast(kept, x.dtype) / (1 - self.chance)


class Transfer(keras.Model):
    """A backbone with a Dropout, and a head."""

    def __init__(self, training=None, trainable=True):
        super().__init__()
        layers = [L.Dense(32), L.Dropout(0.3, name="inner"), L.Dense(8)]
        self.backbone = keras.Sequential(layers, name="backbone")
        self.backbone.trainable = trainable
        self.given, self.head = training, L.Dense(1)

    def call(self, x, training=None):
        return self.head(self.backbone(x, training=training if self.given is None else False))


def attention(layer):
    x = keras.Input((4, 2))
    return compiled(keras.Model(x, L.Dense(1)(L.Flatten()(layer(x)))))


def frozen_dropout():
    drop = L.Dropout(0.3)
    drop.trainable = False
    return chain(L.Dense(64), drop)


LEVELS = {  # name -> model, x, faults, questions, words
    "attention": (
        lambda: attention(lambda x: L.MultiHeadAttention(2, 4, dropout=0.3)(x, x)),
        SEQUENCES,
        (),
        (),
        ("acts in fit and zeroes",),
    ),
    "spatial dropout": (
        lambda: chain(L.Conv1D(32, 2), L.SpatialDropout1D(0.5), L.Flatten(), shape=(4, 2)),
        SEQUENCES,
        (),
        (),
        ("acts in fit and zeroes",),
    ),
    "stacked cells": (
        lambda: chain(
            L.RNN([L.LSTMCell(8, dropout=0.3), L.GRUCell(8, recurrent_dropout=0.4)]), shape=(4, 2)
        ),
        SEQUENCES,
        (),
        (),
        ("2 noise layers act in fit, each at its rate",),
    ),
    "stochastic depth": (lambda: chain(OwnGenerator(0.3)), X, (), (), ("acts in fit.",)),
    "an unused generator": (
        lambda: chain(OwnGenerator(name="own")),
        X,
        (),
        ("never acts in fit",),
        ("“own” was called in fit", "right only if it is meant"),
    ),
    "a frozen Dropout": (frozen_dropout, X, (), (), ("acts in fit and zeroes",)),
    "a frozen backbone, quiet": (
        lambda: compiled(Transfer(training=False, trainable=False)),
        X,
        (),
        (),
        ("“backbone” is called with training=False in fit, so that “inner” in it does nothing",),
    ),
    "a quiet backbone that learns": (
        lambda: compiled(Transfer(training=False)),
        X,
        (),
        ("never acts in fit",),
        ("“backbone” is called with training=False",),
    ),
    "a backbone": (lambda: compiled(Transfer()), X, (), (), ("“inner” acts in fit",)),
    "a train_step without training=True": (
        lambda: through(passed_on, OwnStep),
        X,
        ("never acts in fit",),
        (),
        ("“drop” was called in fit with training=None",),
    ),
    "never called": (
        lambda: through(lambda model, x, training: x),
        X,
        ("never acts in fit",),
        (),
        ("“drop” was not called in the step of fit",),
    ),
    "off its rate": (
        lambda: chain(L.Dense(64), KeepsInsteadOfDrops(0.2)),
        X,
        ("off its rate",),
        (),
        ("where its rate is 0.2.",),
    ),
    "frozen noise": (
        lambda: compiled(hidden(lambda x: x * np.random.rand()), run_eagerly=False),
        X,
        ("frozen noise",),
        (),
        ("always the same ones in fit",),
    ),
    "a Lambda with dropout": (
        lambda: hidden(lambda x: keras.random.dropout(x, 0.3)),
        X,
        (),
        ("hidden noise", "predict varies"),
        ("“secret” (keras.random)",),
    ),
    "a fixed seed": (
        lambda: hidden(lambda x: keras.random.dropout(x, 0.3, seed=1)),
        X,
        (),
        ("fixed noise",),
        ("are the same in every step.",),
    ),
    "a rate of 0": (lambda: chain(L.Dropout(0)), X, (), (), ("has a rate of 0",)),
}


@pytest.mark.parametrize("name", LEVELS)
def test_what_contradicts_the_model_is_a_fault_and_what_may_be_meant_a_question(name):
    build, x, faults, questions, words = LEVELS[name]
    keras.utils.set_random_seed(1)
    found = noise_findings(noise(build(), x, Y))
    assert (found.faults, found.questions) == (faults, questions), found.sentence
    assert [part for part in words if part not in found.sentence] == [], found.sentence


def test_noise_in_predict_is_judged_by_what_is_declared():
    loud = noise(chain(L.Dense(64), AlwaysOn(0.3, name="mc")), X, Y)
    quiet = noise(with_dropout(), X, Y, quiet=False)
    assert noise_findings(loud).questions == ("acts in predict",)
    assert noise_findings(loud, quiet=True).faults == ("acts in predict",)
    meant = noise_findings(loud, quiet=False)
    assert meant.findings == () and "different answers, because “mc” acts there" in meant.sentence
    assert noise_findings(quiet).faults == ("quiet in predict",)
    assert noise_findings(quiet, quiet=True).findings == () and quiet.verdict == "as declared"


def test_the_picture_shows_the_rate_and_what_was_zeroed():
    report = noise(chain(L.Dense(64), L.Dropout(0.3, name="drop"), AlwaysOn(0.5, name="mc")), X, Y)
    (axes,) = report.plot().axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["drop", "mc"]
    fit, predict = ([bar.get_width() for bar in group] for group in axes.containers)
    assert fit == pytest.approx([layer.share for layer in report.layers])
    assert predict[0] == 0 and predict[1] == pytest.approx(0.5, abs=0.08)
    assert [line.get_xdata()[0] for line in axes.lines[:2]] == [0.3, 0.5]
    page = noise_findings(report)._repr_mimebundle_()["text/html"]
    assert "data:image/png;base64," in page
    assert noise(chain(L.Dense(8)), X, Y).plot() is None


def test_a_mask_that_is_drawn_in_predict_and_not_used_has_no_bar():
    report = noise(chain(L.LSTM(8, dropout=0.4), shape=(4, 2)), X.reshape(-1, 4, 2), Y)
    assert report.layers[0].predict.masks  # Keras' cell draws one
    assert "In predict the same input gets the same answer." in report.sentence
    (axes,) = report.plot().axes
    fit, predict = ([bar.get_width() for bar in group] for group in axes.containers)
    assert fit[0] > 0 and predict == [0]
