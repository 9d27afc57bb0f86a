"""Puzzle 02's first stage, run in a process of its own, and what is shown where it can't run."""

import json
import sys

import psutil
import pytest

from utils.puzzles import dropout_and_seed as puzzle
from utils.puzzles import own_process
from utils.puzzles.dropout_and_seed import reenactment

ARMS = ("with", "without")


@pytest.fixture(scope="module")
def found():
    """What one live run found, and the lines that it said."""
    said = []
    return puzzle.history(say=said.append), said


@pytest.fixture
def alone(monkeypatch):
    """As if nothing had been found in this process yet."""
    monkeypatch.setattr(reenactment, "_lived", {})


def test_multiple_appears_without_input_shape_only(found):
    past, _ = found
    assert past.source == "live" and past.reason == ""
    assert past.summaries["without"].count("multiple") == 9
    assert "multiple" not in past.summaries["with"]
    assert past.operations["with"] > 100 and past.operations["without"] == 0


def test_only_the_old_rule_tells_the_arms_apart(found):
    past, _ = found
    seeds, losses = past.op_seeds, past.losses
    for kind in ("today", "fixed", "fixed today"):
        assert seeds[kind, "with"] == seeds[kind, "without"]
        assert losses[kind, "with"] == losses[kind, "without"]
    assert not set(seeds["old", "with"]) & set(seeds["old", "without"])
    assert losses["old", "with"] != losses["old", "without"]
    assert seeds["today", "with"] == tuple(range(9))
    assert seeds["fixed", "with"] == seeds["fixed today", "with"] == tuple(range(1, 10))
    assert losses["fixed", "with"] == losses["fixed today", "with"] != losses["today", "with"]


def test_constants_move_the_number_under_the_old_rule_alone(found):
    past, _ = found
    assert len(set(past.numbers["old"])) == len(past.constants) == 21
    assert len(set(past.numbers["today"])) == 1
    assert past.numbers["old"][0] == pytest.approx(0.0555, abs=1e-4)  # the fact sheet's
    assert past.numbers["old"][5] == pytest.approx(0.5211, abs=1e-4)
    assert past.numbers["today"][0] == pytest.approx(0.8127, abs=1e-4)


def test_the_shipped_record_is_what_the_program_finds(found, alone):
    past, _ = found
    recorded = puzzle.at_hand()
    assert recorded.source == "recorded"
    for name in ("summaries", "operations", "op_seeds", "constants"):
        assert getattr(recorded, name) == getattr(past, name)
    for rule, numbers in past.numbers.items():
        assert recorded.numbers[rule] == pytest.approx(numbers)
    for run, loss in past.losses.items():
        assert recorded.losses[run] == pytest.approx(loss, rel=0.01)


def test_it_says_what_it_is_doing_and_shows_what_it_found(found):
    past, said = found
    assert len(said) == 9 and said[0] == "Training with input_shape, op seeds: old."
    lines = repr(past).splitlines()
    assert lines[0].startswith("Run just now, in a process of its own: TensorFlow ")
    assert [line[:22].strip() for line in lines[4:8]] == list(reenactment.KINDS.values())
    assert f"{past.losses['old', 'with']:.4f}" in lines[4]


def test_a_second_call_asks_nobody(found, monkeypatch):
    monkeypatch.setattr(reenactment, "live", None)
    assert puzzle.history() is found[0]


# Where it can't run


def command(monkeypatch, program):
    monkeypatch.setattr(reenactment, "_command", lambda _: [sys.executable, "-c", program])


def test_without_tf_keras_the_record_is_shown_and_the_reason_said(alone, monkeypatch):
    monkeypatch.setattr(own_process.importlib.util, "find_spec", lambda name: None)
    past = puzzle.history(range(3, 25), say=print)
    assert past.source == "recorded" and past.constants == tuple(range(3, 21))
    assert past.numbers["old"] == puzzle.at_hand().numbers["old"][3:]
    assert "tf_keras, the Keras of former years, is not installed: `make doctor`" in repr(past)
    assert past.reason.endswith("The record has no numbers for 21, 22, 23, 24 constants.")
    assert reenactment._lived == {}


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise OSError('no room')", "ended with status 1, and said last: OSError: no room"),
        ("import os; os.kill(os.getpid(), 9)", "by signal 9"),
        ("print('{half a report')", "What the process said can't be read"),
    ],
)
def test_a_process_that_fails_is_a_sentence(alone, monkeypatch, program, reason):
    command(monkeypatch, program)
    past = puzzle.history(say=print)
    assert past.source == "recorded" and reason in past.origin


def test_a_process_that_never_ends_is_ended(alone, monkeypatch):
    command(monkeypatch, "import time; time.sleep(600)")
    monkeypatch.setattr(own_process, "PATIENCE", 0.2)
    assert "ended after at most 0.2 seconds" in puzzle.history(say=print).reason


def test_an_interrupt_ends_the_process(alone, monkeypatch):
    command(monkeypatch, "print('ready', flush=True); import time; time.sleep(600)")
    before = psutil.Process().children()

    def interrupt(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        puzzle.history(say=interrupt)
    assert set(psutil.Process().children()) <= set(before)
    assert not reenactment._one_at_a_time.locked()


@pytest.mark.parametrize("constants", [3, [], [1.5], [-1], ["a"], None])
def test_constants_that_are_none_are_refused_in_a_sentence(constants):
    with pytest.raises(ValueError, match="expected whole numbers from 0 on, such as range"):
        puzzle.history(constants)


def test_the_program_is_there_to_be_read():
    source = puzzle.GRAPH_MODE.read_text(encoding="utf-8")
    assert "def old_rule(seed):" in source and "disable_v2_behavior()" in source
    assert json.loads(reenactment._command([1, 2])[-1])["constants"] == [1, 2]
