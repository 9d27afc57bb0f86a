"""Each model of the zoo is diagnosed and left as it was; the faulty are found, the healthy are not.

The rates per instrument are printed at the end (conftest.py), with every miss and alarm by name.
"""

import importlib
import re
import time
from pathlib import Path

import keras
import pytest

from tests.zoo.fingerprint import changed, fingerprint
from utils.instruments.diagnose import diagnose
from utils.instruments.spread import spread

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
def look(seen):
    """`look(specimen)`: pairs (instrument, finding), the faults and the questions."""

    def look(specimen):
        keras.backend.clear_session()
        began = time.process_time()
        if specimen.instrument == "spread":
            faults, questions = [("spread", spread(*specimen.build()).verdict)], []
        else:
            diagnosis = undisturbed(*specimen.build(), specimen.intent)
            faults = [(told.instrument, told.name) for told in diagnosis.faults]
            questions = [(told.instrument, told.name) for told in diagnosis.questions]
        seen(specimen, faults, questions, time.process_time() - began)
        return faults, questions

    return look


def undisturbed(model, x, y, intent):
    """The diagnosis of a model, and the proof that the model is as it was before it."""
    before = fingerprint(model)
    diagnosis = diagnose(model, x, y, **intent)
    assert changed(before, fingerprint(model)) == []
    return diagnosis


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


def test_a_change_would_be_seen():
    """The proof that models are left alone can fail."""
    for specimen in FAULTY[:1]:
        model, x, y = specimen.build()
        before = fingerprint(model)
        assert changed(before, fingerprint(model)) == []
        model.fit(x, y, verbose=0)
        assert changed(before, fingerprint(model)) != []
