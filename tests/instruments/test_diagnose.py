"""All instruments at once: what is told, what can't be asked, and a model left bit for bit."""

import hashlib
import random
import re
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers as L

from tests.zoo import healthy_images_and_tables as tables
from tests.zoo import healthy_recurrent as recurrent
from tests.zoo import healthy_states as states
from tests.zoo import healthy_training as training
from utils.instruments.diagnose import Diagnosis, Told, diagnose, examining
from utils.instruments.diagnose.overlap import told_once
from utils.instruments.diagnose.parts import Part
from utils.instruments.report import QUESTION, Finding, Report

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(8, 5, 2)).astype("float32"), RNG.normal(size=(8, 1)).astype("float32")
PARTS = ["axes", "shapes", "masks", "memory", "gradients", "noise"]


def small(*before, loss="mse"):
    """A compiled model on X, run plainly, which spares the tests the tracing of graphs."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((5, 2)), *before, L.Flatten(), L.Dense(1)])
    model.compile("sgd", loss, run_eagerly=True)
    return model


def at(place, value, array=X):
    changed = array.copy()
    changed[place] = value
    return changed


class Raises(keras.Model):
    def call(self, x):
        raise KeyError("no such step")


class Silent(keras.Model):
    def call(self, x):
        return None


class Table:
    """What a pandas DataFrame is to NumPy."""

    def __init__(self, values):
        self.values = values

    def to_numpy(self):
        return self.values


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return X, Y


def of_torch():
    """An object whose class comes from torch, which this course does not install."""
    kind = type("Linear", (), {"__module__": "torch.nn", "__call__": lambda self, x: x})
    return kind()


def broken_weights():
    model = small()
    model.layers[-1].kernel.assign(np.full((10, 1), np.nan))
    return model


def choosy_loss(y, p):
    if y.shape[-1] != 3:
        raise ValueError("three columns are wanted")
    return keras.ops.mean(p)


# What can't be asked: model, x, y, the finding, parts of its words

BAD = {
    "a narrower x": (small, X[..., :1], Y, "x does not fit", "takes (None, 5, 2)"),
    "a flat x for no declared input": (
        lambda: keras.Sequential([L.LSTM(2)]),
        X[..., 0],
        None,
        "x does not fit",
        "expected ndim=3, found ndim=2",
    ),
    "two inputs for one": (small, {"a": X, "b": X}, Y, "x does not fit", "takes (None, 5, 2)"),
    "uneven inputs": (small, [X, X[:3]], Y, "x does not fit", "numbers of rows: 3, 8"),
    "NaN": (small, at((3, 4, 1), np.nan), Y, "x is not finite", "1 of 80 numbers"),
    "infinity": (small, at((0, 0, 0), np.inf), Y, "x is not finite", "the first at [0, 0, 0]"),
    "NaN in y": (small, X, at((2, 0), np.nan, Y), "y is not finite", "1 of 8 numbers"),
    "no row": (small, X[:0], Y[:0], "nothing in the batch", "(0, 5, 2)"),
    "no data": (small, None, None, "nothing in the batch", "None"),
    "an empty list": (small, [], None, "nothing in the batch", "holds no array (a list)"),
    "an empty data set": (
        small,
        tf.data.Dataset.from_tensor_slices((X, Y)).take(0),
        None,
        "nothing in the batch",
        "without a batch",
    ),
    "objects": (small, X.astype(object), Y, "x is not numbers", "object"),
    "text": (small, np.full((8, 5), "a"), Y, "x is not numbers", "Text has to become numbers"),
    "a path": (small, "data.csv", Y, "x is not numbers", "a str"),
    "uneven rows": (small, [[1, 2], [3]], Y, "x is not numbers", "different lengths"),
    "a number": (small, 3, Y, "x does not fit", "single number"),
    "a generator": (small, (x for x in X), None, "x is a generator", "next(generator)"),
    "NaN far behind": (
        small,
        at((700, 0, 0), np.nan, np.tile(X, (100, 1, 1))),
        None,
        "x is not finite",
        "The model's answer to it is NaN too, so nothing could be poked. Mend those values in x",
    ),
    "NaN far behind in y": (
        small,
        np.tile(X, (100, 1, 1)),
        at((700, 0), np.nan, np.tile(Y, (100, 1))),
        "y is not finite",
        "the first at [700, 0]",
    ),
    "many rows and few targets": (
        small,
        np.tile(X, (100, 1, 1)),
        Y,
        "y does not fit",
        "y has 8 rows and x has 800",
    ),
    "fewer targets": (small, X, Y[:7], "y does not fit", "y has 7 rows and x has 8"),
    "targets of text": (small, X, np.full(8, "cat"), "y is not numbers", "<U3"),
    "a loss that raises": (
        lambda: small(loss=choosy_loss),
        X,
        Y,
        "fit raises",
        "three columns are wanted",
    ),
    "a model that raises": (Raises, X, Y, "the model raises", "no such step"),
    "a model without an answer": (Silent, X, Y, "no answer", "None"),
    "broken weights": (broken_weights, X, Y, "answers are not finite", "kernel” held it"),
    "a class": (lambda: keras.Sequential, X, Y, "model is a class", "diagnose(Sequential(…)"),
    "another framework": (of_torch, X, Y, "model of another framework", "as_tensor"),
    "a function that raises": (lambda: lambda x: 1 / 0, X, None, "the model raises", "division"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_asked_gets_a_sentence(name, asked_of):
    build, x, y, finding, words = BAD[name]
    diagnosis = diagnose(build(), x, y)
    assert diagnosis.verdict == finding, diagnosis
    (told,) = [told for told in diagnosis.faults if told.name == finding]
    assert told.instrument == "" and words in told.words, told.words
    assert "Arguments received by" not in told.words


@pytest.mark.parametrize(
    ("thing", "words"),
    [(3, "model is int"), (Table(X), "model is Table"), (training.noise, None)],
)
def test_only_what_cannot_be_called_is_a_type_error(thing, words):
    if words is None:
        assert diagnose(thing, X).verdict != "not finite"
        return
    with pytest.raises(TypeError, match=words):
        diagnose(thing, X)


def test_a_predictor_is_shown_its_method():
    with pytest.raises(TypeError, match=r"diagnose\(model\.predict, x, y\)"):
        diagnose(type("Linear", (), {"predict": lambda self, x: x})(), X)


def test_nan_that_the_model_copes_with_is_a_question():
    model = keras.Sequential([L.Lambda(keras.ops.nan_to_num), L.Flatten(), L.Dense(1)])
    diagnosis = diagnose(model, at((0, 0, 0), np.nan))
    assert [told.name for told in diagnosis.questions] == ["x is not finite"]
    assert diagnosis.faults == []


def test_nan_that_the_loss_leaves_out_is_no_fault(asked_of):
    def known(y, p):
        return keras.ops.mean(keras.ops.where(keras.ops.isnan(y), 0.0, keras.ops.abs(y - p)))

    diagnosis = diagnose(small(loss=known), X, at((2, 0), np.nan, Y))
    assert "y is not finite" not in [told.name for told in diagnosis.found]
    assert any("which the loss leaves out" in words for words in diagnosis.not_seen)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (tf.data.Dataset.from_tensor_slices((X, Y)).batch(8), None),
        (Batches(), None),
        (Table(X), Table(Y)),
        (X.tolist(), Y.tolist()),
        (tf.constant(X), tf.constant(Y)),
        (X.astype("float64"), Y[:, 0]),
    ],
    ids=["data set", "PyDataset", "table", "lists", "tensors", "doubles"],
)
def test_data_of_any_kind_is_one_batch(x, y, asked_of):
    diagnosis = diagnose(small(), x, y)
    assert diagnosis.faults == []
    for batch in asked_of.values():
        assert np.allclose(batch.x, X) and np.allclose(np.ravel(batch.y), np.ravel(Y))


@pytest.fixture
def asked_of(monkeypatch):
    """Instruments that note what they are handed, in place of the real ones."""
    handed = {}

    def stand_in(part):
        def ask(question, intent, seconds):
            handed[part.name] = question.batch
            return Report(part.name, seen=(f"{part.name} looked.",))

        return Part(part.name, part.share, ask, part.why_not, part.instead)

    monkeypatch.setattr(examining, "PARTS", tuple(map(stand_in, examining.PARTS)))
    return handed


# What is told


def test_every_instrument_is_asked_and_timed():
    diagnosis = diagnose(*recurrent.next_value())
    assert list(diagnosis.reports) == PARTS == list(diagnosis.seconds)
    assert diagnosis.verdict == "no finding" and diagnosis.found == ()
    assert all(seconds >= 0 for seconds in diagnosis.seconds.values())
    assert "That does not prove that the model is right." in diagnosis.sentence
    assert "correct" not in repr(diagnosis)


def test_what_takes_several_trainings_is_said_with_who_does_it():
    assert "several trainings of each; see help(spread)." in diagnose(len, X).not_seen[-1]


def test_a_function_is_asked_what_can_be_asked_of_it():
    diagnosis = diagnose(lambda x: x[::-1].cumsum(axis=1), X)
    assert "samples hear each other" in [told.name for told in diagnosis.found]
    assert {"axes", "shapes", "memory", "noise"} >= set(diagnosis.reports)
    unseen = " ".join(diagnosis.not_seen)
    for name in ("masks", "noise", "gradients"):
        assert f"{name}: Not asked: " in unseen
    assert "gradcheck compares" in unseen


def test_of_a_function_two_equal_calls_are_compared(asked_of):
    said = "Asked twice with the same x, the function "
    assert ("noise", f"{said}answers the same.") in diagnose(lambda x: 2 * x, X).seen
    rng = np.random.default_rng(0)
    varies = diagnose(lambda x: x + rng.normal(), X)
    assert ("noise", f"{said}gives another answer.") in varies.seen


def test_a_method_of_a_model_stands_for_the_model(asked_of):
    model = small()
    for way in (model.predict, model.call, model.__call__):
        assert list(diagnose(way, X, Y).reports) == PARTS


def test_one_row_leaves_things_unseen(asked_of):
    assert any("x has one row" in words for words in diagnose(small(), X[:1], Y[:1]).not_seen)


def test_many_rows_are_thinned_out_evenly(asked_of):
    diagnosis = diagnose(small(), np.tile(X, (50, 1, 1)), np.tile(Y, (50, 1)))
    assert "Of 400 rows, 256 were used, spread evenly." in diagnosis.not_seen
    for batch in asked_of.values():
        assert batch.rows() == 256
        assert all((batch.x == row).all(axis=(1, 2)).any() for row in X)


def test_a_model_of_so_many_rows_gets_so_many(asked_of):
    stateful = counted_model(lambda: None)
    diagnosis = diagnose(stateful, np.tile(X, (3, 1, 1)))
    assert "Of 24 rows, the first 8 were used, as the model takes them." in diagnosis.not_seen
    assert np.array_equal(asked_of["axes"].x, X)


def test_a_batch_that_fit_has_built_for_is_no_declaration(asked_of):
    model = keras.Sequential([L.Flatten(), L.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=True)
    x = np.repeat(X, 8, axis=0)
    model.fit(x, np.repeat(Y, 8, axis=0), batch_size=32, verbose=0)
    assert model.input_shape == (32, 5, 2)
    diagnosis = diagnose(model, x)
    words = "Of 64 rows, 32 were used, spread evenly: the model was built with 32."
    assert words in diagnosis.not_seen
    kept = asked_of["axes"].x
    assert len(kept) == 32 and all((kept == row).all(axis=(1, 2)).any() for row in X)


def test_data_are_left_as_they_were():
    def greedy(x):
        x -= x.mean(axis=1, keepdims=True)
        return x

    x = X.copy()
    diagnose(greedy, x)
    assert np.array_equal(x, X)


class Slow(keras.Model):
    """Works 4 ms for each row."""

    def call(self, x):
        until = time.process_time() + 0.004 * len(x)
        while time.process_time() < until:
            pass
        return x[:, 0]


def test_of_a_slow_model_few_rows_are_asked_and_it_is_said(asked_of):
    diagnosis = diagnose(Slow(), np.tile(X, (8, 1, 1)))
    assert asked_of["axes"].rows() < 32
    assert any("one answer to all of them takes 0.2" in words for words in diagnosis.not_seen)
    diagnose(Slow(), np.tile(X, (8, 1, 1)), seconds=500)
    assert asked_of["axes"].rows() == 64


def test_a_part_that_raises_is_not_looked_at_and_the_others_are(monkeypatch):
    def ask(question, intent, seconds):
        raise ZeroDivisionError("by nothing")

    broken = [
        Part(part.name, part.share, ask if part.name == "axes" else part.ask)
        for part in examining.PARTS
    ]
    monkeypatch.setattr(examining, "PARTS", broken)
    diagnosis = diagnose(small(), X, Y)
    assert "axes: It stopped at ZeroDivisionError: by nothing." in diagnosis.not_seen
    assert list(diagnosis.reports) == PARTS[1:]


def test_seconds_that_are_left_go_to_those_who_come_later(monkeypatch):
    given = {}

    def stand_in(part):
        def ask(question, intent, seconds):
            given[part.name] = seconds
            return Report(part.name)

        return Part(part.name, part.share, ask)

    monkeypatch.setattr(examining, "PARTS", tuple(map(stand_in, examining.PARTS)))
    diagnose(small(), X, Y, seconds=10)
    shares = [part.share for part in examining.PARTS]
    assert given["axes"] == pytest.approx(10 * shares[0] / sum(shares))
    assert given["noise"] == pytest.approx(10, rel=0.1)  # nobody before has taken any


def overspent(monkeypatch, model, x):
    """A diagnosis in which the first instrument takes twenty times the seconds."""

    def stand_in(part):
        def ask(question, intent, seconds):
            until = time.process_time() + (0.4 if part.name == "axes" else 0.0)
            while time.process_time() < until:
                pass
            return Report(part.name, seen=("Looked.",))

        return Part(part.name, part.share, ask)

    monkeypatch.setattr(examining, "PARTS", tuple(map(stand_in, examining.PARTS)))
    return diagnose(model, x, seconds=0.02)


def test_the_clock_drops_no_instrument_of_a_small_model(monkeypatch):
    assert list(overspent(monkeypatch, lambda x: x, X).reports) == PARTS


def test_of_a_large_model_what_came_too_late_is_named(monkeypatch):
    diagnosis = overspent(monkeypatch, Slow(), X)
    assert list(diagnosis.reports) == ["axes"]
    assert any(
        words.startswith("shapes, masks, memory, gradients, noise: ") and "0.03" in words
        for words in diagnosis.not_seen
    ), diagnosis.not_seen


@pytest.mark.parametrize("seconds", [0, -1, True, float("nan")])
def test_seconds_are_a_positive_number(seconds):
    with pytest.raises(ValueError, match="expected a positive number"):
        diagnose(small(), X, Y, seconds=seconds)


def test_one_thing_that_two_see_is_told_once():
    found = [
        Told("one timestep", "The weights never act.", instrument="axes"),
        Told("zero gradient", "Of the weights.", QUESTION, instrument="gradients"),
        Told("no gradient", "Of others.", instrument="gradients"),
    ]
    kept, other = told_once(found)
    assert (kept.name, kept.also) == ("one timestep", ("gradients (zero gradient)",))
    assert kept.words == (
        "The weights never act. Seen by gradients (zero gradient), too: Of the weights."
    )
    assert other is found[2]
    assert told_once(found[1:]) == tuple(found[1:])


def test_a_fault_is_told_whoever_else_tells_one():
    found = (
        Told("state without a reset", "A list grows.", instrument="memory"),
        Told("hidden noise", "Losses differ.", instrument="noise"),
        Told("feature unheard", "Input 0.", instrument="axes"),
        Told("feature unheard", "Input 1.", instrument="axes"),
    )
    assert told_once(found) == found


# As a page


def made_up():
    """A diagnosis with everything in it."""
    from utils.instruments.bundle import own_axes

    found = (Finding("a < b", "Words & more."), Finding("perhaps", "It may be meant.", QUESTION))
    reports = {
        "axes": Report("axes", found, draw=lambda: own_axes(2, 1).figure),
        "noise": Report("noise", seen=("All is quiet.",), draw=lambda: own_axes(2, 1).figure),
    }
    told = [Told(f.name, f.words, f.level, "axes") for f in found]
    return Diagnosis(reports, tuple(told), ("masks: no mask.",), {"axes": 1.25}, 2.0)


def test_the_page_reads_in_order():
    page = made_up()._repr_mimebundle_()["text/html"]
    ordered = (
        "1 fault, 1 question",
        "a &lt; b",
        "Words &amp; more.",
        "perhaps",
        "All is quiet.",
        "masks: no mask.",
        "<details open><summary>axes: a &lt; b</summary>",
        "<details><summary>noise: no finding</summary>",
        "1.2 s",
    )
    places = [page.find(part) for part in ordered]
    assert -1 not in places and places == sorted(places)
    assert page.count("<img") == page.count('alt="What') == 2


def test_tables_of_two_diagnoses_on_one_page_are_told_apart():
    pages = [made_up()._repr_mimebundle_()["text/html"] for _ in range(2)]
    labels = re.findall(r'role="region" aria-label="([^"]*)"', "".join(pages))
    assert len(labels) == len(set(labels)) == 4
    assert all(re.fullmatch(r"(Findings|Seen, .*) \(diagnosis \d+\)", label) for label in labels)


def test_the_text_is_readable_without_a_notebook():
    text = repr(made_up())
    assert text.startswith("diagnose: 1 fault, 1 question")
    assert max(map(len, text.splitlines())) <= 100
    for part in ("fault  axes: a < b", "question  axes: perhaps", "– noise: All is quiet."):
        assert part in text
    assert made_up().sentence.startswith("Words & more. It may be meant. All is quiet.")


def test_the_picture_is_of_what_was_found_first():
    diagnosis = made_up()
    assert diagnosis.plot().axes and diagnosis.plot("noise").axes
    assert Diagnosis().plot() is None
    assert Diagnosis().verdict == "not looked at"


# Nothing is changed

KINDS = {  # kind -> a specimen of the zoo, where test_zoo.py asks the same of all the others
    "subclassed, states, graph": states.stateful_and_reset,
    "not built, own cells": states.own_cell,
    "several inputs and outputs": states.states_returned_and_handed_on,
    "nested, neither built nor compiled": tables.an_ensemble,
    "in the middle of training, graph": training.batch_norm_in_training,
    "Dropout of every kind": recurrent.dropped_in_every_way,
    "two optimizers": training.generator_and_critic,
}


def fingerprint(model):
    """Everything that can be reached from a model, place by place: values hashed, things by who
    they are. Returned with the things, since only what is kept has an id of its own."""
    held, kept, known, ahead = {}, [], {}, [("model", model)]
    while ahead:
        place, part = ahead.pop()
        kept.append(part)
        if id(part) in known:
            held[place] = f"as {known[id(part)]}"
            continue
        known[id(part)] = place
        held[place], inside = of_part(part)
        ahead += [(f"{place}.{name}", value) for name, value in inside]
    for name, state in seeds().items():
        held[name] = hashlib.sha256(state).hexdigest()
    return held, kept


def of_part(part):
    """What is held of one thing, and what is inside it: pairs of a name and a thing."""
    if isinstance(part, keras.Variable | tf.Variable | np.ndarray):
        return (hashlib.sha256(np.asarray(part).tobytes()).hexdigest(), trainable(part)), ()
    if part is None or isinstance(part, bool | int | float | str):
        return repr(part), ()
    if isinstance(part, dict):
        return ("dict", id(part), list(part)), list(part.items())
    if isinstance(part, list | tuple):
        return (type(part).__name__, id(part), len(part)), list(enumerate(part))
    if isinstance(part, set):
        return ("set", sorted(map(id, part))), list(enumerate(sorted(part, key=id)))
    own = type(part).__module__.startswith(("keras", "tests")) and hasattr(part, "__dict__")
    return (type(part).__name__, id(part)), list(vars(part).items()) if own else ()


def trainable(part):
    return getattr(part, "trainable", None)


def seeds():
    from keras.src.backend.common import global_state

    generator = global_state.get_global_attribute("global_seed_generator")
    return {
        "Python": repr(random.getstate()).encode(),
        "NumPy": repr(np.random.get_state()).encode(),
        "Keras": b"" if generator is None else np.asarray(generator.state).tobytes(),
        "TensorFlow": repr(tf.config.functions_run_eagerly()).encode(),
    }


def changes(before, after):
    """The places that are not as they were."""
    (held, _), (now, _) = before, after
    return [
        f"{place}: was {held.get(place)}, is {now.get(place)}"
        for place in {**held, **now}
        if held.get(place) != now.get(place)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_is_left_bit_for_bit_as_it_was(kind):
    model, x, y = KINDS[kind]()
    if "graph" not in kind and getattr(model, "compiled", False):
        model.run_eagerly = True  # spares the tests the tracing of most graphs
    before = fingerprint(model)
    diagnosis = diagnose(model, x, y, seconds=1.0)
    assert diagnosis.reports
    assert changes(before, fingerprint(model)) == []


def test_a_fingerprint_tells_a_bit():
    """Of a weight, a slot, a state, an attribute, a seed."""
    model = training.batch_norm_in_training()[0]
    variables = [model.weights[3], model.optimizer.variables[0], model.optimizer.variables[-1]]
    for variable in variables:
        before = fingerprint(model)
        variable.assign_add(keras.ops.ones_like(variable))
        assert len(changes(before, fingerprint(model))) == 1
    before = fingerprint(model)
    model.layers[0].note = "here"
    np.random.rand()
    assert len(changes(before, fingerprint(model))) >= 2


class Counted(L.GRU):
    """A stateful layer that calls a function whenever it is called itself."""

    def __init__(self, each):
        super().__init__(2, stateful=True, return_sequences=True)
        self.each = each

    def call(self, sequences, initial_state=None, mask=None, training=False):
        self.each()
        return super().call(sequences, initial_state, mask, training)


def interrupted(model, ask):
    """Whether it was, and what is not as it was afterwards."""
    before = fingerprint(model)
    try:
        ask()
    except KeyboardInterrupt:
        return True, changes(before, fingerprint(model))
    return False, changes(before, fingerprint(model))


def counted_model(each):
    """In the middle of its training, with a state that is not zero."""
    keras.utils.set_random_seed(1)
    layers = [Counted(each), L.Dropout(0.3), L.BatchNormalization(), L.Dense(1)]
    model = keras.Sequential([keras.Input(batch_shape=X.shape), *layers])
    model.compile("adam", "mse", run_eagerly=True)
    model.fit(X, X[..., :1], batch_size=8, verbose=0)
    return model


def test_an_interrupted_model_is_put_back_wherever_it_was():
    calls = []

    def each():
        calls.append(1)
        if len(calls) == stop:
            raise KeyboardInterrupt

    stop = 0
    model = counted_model(each)
    calls.clear()
    diagnose(model, X, X[..., :1], seconds=0.5)
    points = np.unique(np.linspace(1, 0.8 * len(calls), 7).astype(int))
    assert len(points) > 4
    for stop in map(int, points):
        calls.clear()
        stopped, changed = interrupted(model, lambda: diagnose(model, X, X[..., :1], seconds=0.5))
        assert stopped and changed == [], f"at call {stop}: {changed}"


def test_an_interrupt_in_the_instruments_themselves_harms_nothing():
    """At lines of their own code; those that put the seeds back last of all are left out."""
    home = str(Path(examining.__file__).parents[1])
    spared = ("seeds.py", "quiet.py")
    model = counted_model(lambda: None)
    count, stop = 0, 0

    def watch(frame, event, argument):
        name = frame.f_code.co_filename
        return line if name.startswith(home) and not name.endswith(spared) else None

    def line(frame, event, argument):
        nonlocal count
        count += event == "line"
        if count == stop:
            raise KeyboardInterrupt
        return line

    def ask():
        nonlocal count
        count, before = 0, sys.gettrace()
        sys.settrace(watch)
        try:
            diagnose(model, X, X[..., :1], seconds=0.3)
        finally:
            sys.settrace(before)

    ask()
    for stop in map(int, np.random.default_rng(5).integers(1, int(0.8 * count), 5)):
        stopped, changed = interrupted(model, ask)
        assert stopped and changed == [], f"at line event {stop}: {changed}"
