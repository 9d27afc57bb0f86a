"""Each model of the zoo is looked at and left as it was: the faulty are found, the healthy are not.

A healthy model is diagnosed by all instruments, a faulty one by that which has to find it; with
--whole-zoo all by all, and as graphs where they are written so. The rates per instrument are
printed at the end (conftest.py), with every miss and alarm by name.
"""

import importlib
import inspect
import re
import time
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.zoo.fingerprint import changed, fingerprint
from utils.instruments.diagnose import diagnose
from utils.instruments.noise import noise_findings
from utils.instruments.spread import spread

SECONDS = 60  # that an instrument may take; so many that no result depends on the machine's load
KNOWN_MISSES = {}  # name of a faulty specimen -> why no instrument can see it
MISSES_ALLOWED = 0.05  # of the faulty


def gathered(kind):
    """The specimens of all modules of a kind, "faulty" or "healthy"."""
    modules = sorted(path.stem for path in Path(__file__).parent.glob(f"{kind}_*.py"))
    loaded = [importlib.import_module(f"tests.zoo.{module}") for module in modules]
    return [specimen for module in loaded for specimen in getattr(module, kind.upper())]


FAULTY, HEALTHY = gathered("faulty"), gathered("healthy")


def named(specimens):
    return [pytest.param(specimen, id=specimen.name) for specimen in specimens]


@pytest.fixture
def look(seen, request):
    """`look(specimen)`: pairs (instrument, finding), the faults and the questions."""
    whole = request.config.getoption("--whole-zoo", default=False)

    def look(specimen):
        keras.backend.clear_session()
        began = time.process_time()
        if specimen.instrument == "spread":
            told = [("spread", spread(*specimen.build()).verdict)], []
        else:
            told = undisturbed(specimen, whole)
        seen(specimen, *told, time.process_time() - began)
        return told

    return look


def undisturbed(specimen, whole):
    """What is told of a model, and the proof that the model is as it was before it."""
    model, x, y = specimen.build()
    if getattr(model, "compiled", False) and not (specimen.in_graph or whole):
        model.run_eagerly = True  # which spares the tests the tracing of most graphs
    before = fingerprint(model)
    told = (
        by_all(specimen, model, x, y)
        if specimen.healthy or whole
        else by_one(specimen, model, x, y)
    )
    assert changed(before, fingerprint(model)) == []
    return told


def by_all(specimen, model, x, y):
    diagnosis = diagnose(model, x, y, seconds=SECONDS, **specimen.intent)
    return [
        [(told.instrument, told.name) for told in level]
        for level in (diagnosis.faults, diagnosis.questions)
    ]


def by_one(specimen, model, x, y):
    name = specimen.instrument
    ask = getattr(importlib.import_module(f"utils.instruments.{name}"), name)
    known = inspect.signature(ask).parameters
    given = {"y": y, "seconds": SECONDS, **specimen.intent}
    report = ask(model, x, **{word: value for word, value in given.items() if word in known})
    if name == "noise":
        report = noise_findings(report, specimen.intent.get("quiet"))
    return [[(name, finding) for finding in level] for level in (report.faults, report.questions)]


@pytest.mark.parametrize("specimen", named(FAULTY))
def test_a_fault_is_found_by_the_right_instrument(specimen, look):
    told = look(specimen)
    assert specimen.found_in(*told) == (specimen.name not in KNOWN_MISSES), told


@pytest.mark.parametrize("specimen", named(HEALTHY))
def test_nothing_is_wrong_with_what_only_looks_so(specimen, look):
    faults, _ = look(specimen)
    assert faults == []


def test_the_zoo_is_as_large_as_promised_and_each_fault_was_asked_about():
    names = [specimen.name for specimen in (*FAULTY, *HEALTHY)]
    assert len(set(names)) == len(names)
    assert len(FAULTY) >= 60 and len(HEALTHY) >= 40
    cited = re.compile(r'[\w.-]+/[\w.-]+#\d+|Stack Overflow: ".+"')
    assert [s.name for s in FAULTY if not cited.fullmatch(s.source)] == []
    assert KNOWN_MISSES.keys() <= {specimen.name for specimen in FAULTY}
    assert len(KNOWN_MISSES) <= MISSES_ALLOWED * len(FAULTY)


CHANGES = {  # of a model, to prove that its fingerprint would tell
    "a weight": lambda model: model.layers[0].bias.assign(model.layers[0].bias + 1e-6),
    "the optimizer": lambda model: model.optimizer.iterations.assign_add(1),
    "a seed": lambda model: model.layers[1].seed_generator.next(),
    "a state": lambda model: model.layers[2].states[0].assign_add(np.ones((6, 3))),
    "an attribute": lambda model: setattr(model.layers[1], "rate", 0.4),
    "a frozen layer": lambda model: setattr(model.layers[0], "trainable", False),
    "a layer more": lambda model: model.layers[0].__dict__.update(other=keras.layers.Dense(1)),
    "a run of fit": lambda model: model.fit(np.ones((6, 4, 2)), np.ones((6, 1)), verbose=0),
    "a draw of NumPy": lambda model: np.random.rand(),
    "a draw of Keras": lambda model: keras.random.uniform(()),
    "a draw of TensorFlow": lambda model: tf.random.uniform(()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_would_be_seen(change):
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(6, 4, 2)),
            keras.layers.Dense(3),
            keras.layers.Dropout(0.3),
            keras.layers.LSTM(3, stateful=True),
            keras.layers.Dense(1),
        ]
    )
    model.compile("adam", "mse", run_eagerly=True)
    before = fingerprint(model)
    assert changed(before, fingerprint(model)) == []
    CHANGES[change](model)
    assert changed(before, fingerprint(model)) != []
