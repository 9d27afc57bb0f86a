"""Puzzle 05 in the Keras of its day, run in a process of its own, and the record of such a run."""

import sys

import numpy as np
import psutil
import pytest

from utils.puzzles import own_process
from utils.puzzles import shared_stateful_lstm as puzzle
from utils.puzzles.shared_stateful_lstm import reenactment
from utils.training import records

KERASES = ["today", "former", "graph", "one thread"]


@pytest.fixture
def alone(monkeypatch):
    """As if nothing had been found in this process yet."""
    monkeypatch.setattr(reenactment, "_lived", [])


@pytest.fixture(scope="module")
def found():
    """What one live run found, of fewer seeds and repeats, and the lines that it said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reenactment, "SEEDS", (0, 1))
        patch.setattr(reenactment, "REPEATS", 6)
        patch.setattr(reenactment, "_lived", [])
        said = []
        return puzzle.history(say=said.append), said


def expected(seed, order):
    """The differences of a chain, in NumPy, for the weights and the input of a seed."""
    weights = puzzle.initial_weights(seed)
    x = np.random.default_rng(seed).normal(size=(1, 3, 50, 4)).astype(np.float32)
    differences = np.abs(
        puzzle.chained(weights, x, order) - puzzle.chained(weights, x, order, cuts=(25,))
    )
    return [part.sum(axis=(0, 2, 3)) for part in puzzle.chunks(differences, [25])]


def test_the_former_keras_leaks_as_todays_does_unless_in_graph_mode(found):
    past, said = found
    assert past.source == "live" and len(said) == 3
    assert list(past.differences) == KERASES
    for which in ("today", "former"):
        for seed, differences in enumerate(past.differences[which]):
            np.testing.assert_allclose(differences, expected(seed, (2, 1, 0)), atol=1e-3)
        assert past.equal_first_halves(which) == 0


def test_in_graph_mode_the_second_half_differs_and_what_is_kept_is_somebodys(found):
    past, _ = found
    for which in ("graph", "one thread"):
        assert past.differences[which].shape == (2, 2, 3)
        assert (past.differences[which].sum(axis=2)[:, 1] > 0.1).all()
        began = past.began_from_zeros(which)
        assert began.shape == (2,) and ((began >= 0) & (began <= past.repeats)).all()
        assert past.survivors(which).sum() <= began.sum()


def test_what_it_found_reads_as_a_table_and_sentences(found):
    lines = repr(found[0]).splitlines()
    assert lines[0].startswith("Run just now, in a process of its own: TensorFlow ")
    assert lines[5].startswith("Keras 3.") and "0 of 2 seeds" in lines[5]
    assert lines[-4].startswith("One thread: in ") and "of 12 repeats" in lines[-4]
    assert lines[-3].strip().startswith("By seed, of 6 repeats each: ")
    assert max(map(len, lines)) <= 100
    assert found[0].table._repr_html_().count('<th scope="row"') == 4


def test_a_second_call_asks_nobody(alone, monkeypatch):
    kept = puzzle.at_hand()
    monkeypatch.setattr(reenactment, "_lived", [kept])
    monkeypatch.setattr(reenactment, "live", None)
    assert puzzle.history() is kept and puzzle.at_hand() is kept


# The record


def test_the_record_is_small_whole_and_shows_a_race(alone):
    path = records.path_of(reenactment.RECORD)
    assert path.stat().st_size < 20_000
    assert records.load(path, reenactment.RECORD, reenactment.settings()).about["date"]
    past = puzzle.at_hand()
    assert past.source == "recorded" and past.origin.startswith("A record of an earlier run")
    seeds = len(reenactment.SEEDS)
    for which in KERASES:
        assert past.differences[which].shape == (seeds, 2, 3)
    assert past.equal_first_halves("today") == past.equal_first_halves("former") == 0
    assert 0 < past.equal_first_halves("graph") < seeds
    began = past.began_from_zeros("graph")
    assert 0 < began.sum() < reenactment.REPEATS * seeds
    assert any(0 < n < reenactment.REPEATS for n in began)  # the same graph, now so, now so
    assert set(past.began_from_zeros("one thread")) == {0, reenactment.REPEATS}  # a graph, one way
    assert np.count_nonzero(np.diag(past.survivors("graph"))) > 1  # now this stream's, now that


def test_the_record_is_of_this_code(alone):
    past = puzzle.at_hand()
    for seed, differences in enumerate(past.differences["today"]):
        np.testing.assert_allclose(differences, expected(seed, (2, 1, 0)), atol=1e-3)


def test_survivors_are_counted_by_h_and_c():
    kept = {"graph": [[[0, 0], [2, 2]], [], [[1, 2], [-1, 0]]]}
    differences = {
        "graph": np.array([[[0, 0, 0], [1, 1, 1]], [[1, 0, 0], [1, 1, 1]], np.zeros((2, 3))])
    }
    past = reenactment.History(differences, kept, 4, {}, "live")
    assert past.began_from_zeros("graph").tolist() == [2, 0, 2]
    assert past.survivors("graph").tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 1]]
    assert past.equal_first_halves("graph") == 2


# Where it can't run


def test_without_tf_keras_the_record_is_shown_and_the_reason_said(alone, monkeypatch):
    monkeypatch.setattr(own_process.importlib.util, "find_spec", lambda name: None)
    past = puzzle.history(say=print)
    assert past.source == "recorded" and "is not installed: `make doctor`" in repr(past)
    assert reenactment._lived == []


def test_a_process_that_fails_is_a_sentence(alone, monkeypatch):
    program = [sys.executable, "-c", "raise OSError('no room')"]
    monkeypatch.setattr(reenactment, "_command", lambda: program)
    past = puzzle.history(say=print)
    assert "ended with status 1, and said last: OSError: no room" in past.origin


def test_an_interrupt_ends_the_process(alone, monkeypatch):
    program = [sys.executable, "-c", "print('ready', flush=True); import time; time.sleep(600)"]
    monkeypatch.setattr(reenactment, "_command", lambda: program)
    before = psutil.Process().children()

    def interrupt(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        puzzle.history(say=interrupt)
    assert set(psutil.Process().children()) <= set(before)
    assert not reenactment._one_at_a_time.locked()


def test_the_program_is_there_to_be_read():
    source = puzzle.GRAPH_MODE.read_text(encoding="utf-8")
    assert "def old_model(" in source and "disable_v2_behavior()" in source
