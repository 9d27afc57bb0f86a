"""Lesson 01's judges against independent accounts of the same facts, and against odd results."""

import math
import random
import re
import warnings

import numpy as np
import pytest

from utils.exercises.checks.time_major_lists import EXERCISES, PREDICTIONS, arrange, poke, stale
from utils.exercises.checks.time_major_lists.time_major import Model
from utils.exercises.exercise import RIGHT, Verdict
from utils.exercises.judging import ruling
from utils.exercises.messages import words

SIZES = [(batch, timesteps) for batch in range(1, 7) for timesteps in range(1, 7)]


def largest_moves(wiring, stream, i):
    """How far each output of a stand-in moves when bit i is flipped."""
    model, flipped = poke._poke_model(wiring, []), stream.copy()
    flipped[i] = 1 - flipped[i]
    return np.abs(model(flipped) - model(stream)).max(axis=1)


def test_the_stand_ins_move_what_their_wiring_says():
    for wiring, stream, i in poke._poke_questions():
        moved = np.flatnonzero(largest_moves(wiring, stream, i)).tolist()
        assert frozenset(moved) == wiring.moved(i, stream)


def test_a_tolerance_of_a_tenth_of_a_thousandth_is_fair_and_one_of_a_hundredth_is_not():
    sizes = [
        largest_moves(wiring, stream, i)[sorted(wiring.moved(i, stream))]
        for wiring, stream, i in poke._poke_questions()
    ]
    sizes = np.concatenate(sizes)
    assert sizes.min() > 1.5e-4
    assert sizes.min() < 1e-3


def test_among_the_stand_ins_is_one_whose_decisions_never_turn():
    for wiring, stream, i in poke._poke_questions():
        if wiring.head == "decided":
            model = poke._poke_model(wiring, [])
            flipped = np.where(np.arange(len(stream)) == i, 1 - stream, stream)
            assert (model(flipped).argmax(axis=1) == model(stream).argmax(axis=1)).all()
            assert largest_moves(wiring, stream, i).max() > 1e-3


def test_every_input_of_the_stand_ins_is_met_as_a_0_and_as_a_1():
    met = {}
    for wiring, stream, i in poke._poke_questions():
        key = wiring.read.tobytes(), wiring.write.tobytes(), wiring.head, i
        met.setdefault(key, set()).add(float(stream[i]))
    assert all(bits == {0.0, 1.0} for bits in met.values())


def carried_from(batch, timesteps):
    """For each position of the second batch, how far back the element lies that it remembers."""
    memory, n = [None] * batch, batch * timesteps
    for start in (0, n):
        distance = []
        for b in range(batch):
            for t in range(timesteps):
                element = start + b * timesteps + t
                distance.append(None if memory[b] is None else element - memory[b])
                memory[b] = element
    return distance


@pytest.mark.parametrize(("batch", "timesteps"), SIZES)
def test_stale_positions_are_those_of_a_simulated_hand_over(batch, timesteps):
    def simulated(batch, timesteps):
        distance = carried_from(batch, timesteps)
        return [p for p, d in enumerate(distance) if d != 1]

    assert stale._staleness(simulated, batch, timesteps).outcome == RIGHT


@pytest.mark.parametrize(("batch", "timesteps"), SIZES)
def test_any_order_of_whole_rows_is_right_and_no_order_with_two_elements_exchanged(
    batch, timesteps
):
    rng = random.Random(batch * 100 + timesteps)
    n = batch * timesteps
    for _ in range(20):
        rows = rng.sample(range(batch), batch)
        table = np.array([[row * timesteps + t for row in rows] for t in range(timesteps)])
        assert arrange._order(table, table).outcome == RIGHT
        if timesteps == 1 or n < 3:
            continue
        one, two = rng.sample(range(n), 2)
        broken = table.copy()
        broken.flat[one], broken.flat[two] = table.flat[two], table.flat[one]
        for read, wanted in ((broken, table), (table, broken), (broken, broken)):
            verdict = arrange._order(read, wanted)
            assert verdict.outcome != RIGHT
            assert words(arrange.ARRANGE, verdict)


def test_a_stand_in_reads_each_sequence_for_itself_and_in_order():
    x = np.random.default_rng(0).normal(size=(3, 5, 2))
    model = Model(features=2, classes=4, both_ways=False)
    whole = model.predict(x)
    np.testing.assert_allclose(whole[1:2], model.predict(x[1:2]), atol=1e-6)
    np.testing.assert_allclose(whole[:, :3], model.predict(x[:, :3]), atol=1e-6)
    assert np.abs(whole[:, 1:] - model.predict(x[:, 1:])).max() > 0.1  # it remembers
    both = Model(features=2, classes=4, both_ways=True)
    assert np.abs(both.predict(x)[:, :3] - both.predict(x[:, :3])).max() > 0.1  # it hears on


ODD = [
    0, 2.5, True, "text", b"bytes", {}, [], (), set(), {"x"}, {1: 2}, 1j, int, len, np, 10**40,
    [10**40], [None], ["a"], [[1, 2], [3]], ([[1, 2], [3]],), [np.zeros(3), np.zeros(2)],
    np.array(5), np.zeros(0), np.zeros((3, 0)), np.array([None, 1], object), np.array(["a"]),
    np.array([np.nan]), np.array([1j]), np.array([1e300]), np.zeros((5, 3, 4)),
    np.zeros((3, 5, 4)), np.full((5, 3, 4), np.nan), (np.zeros((4, 3, 1)), np.zeros((4, 3))),
    ([], []), (None, None), (1, 2), ("ab", "cd"), ({1}, {2}), ([None] * 4, [None] * 4),
    (np.zeros((90, 3, 1)), np.zeros((90, 3))), {(0, 1), (1, 2)}, range(3), [[0], [1]],
]  # fmt: skip


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:30].replace("\n", ""))
def test_no_result_breaks_a_judge(exercise, odd):
    def answer_of_two(first, second):
        return odd

    def answer_of_three(model, stream, i):
        model(1 - stream)
        return odd

    def answer_of_four(stream, labels, batch, timesteps):
        return odd

    answers = {"01.poke": answer_of_three, "01.arrange": answer_of_four}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = ruling(exercise.judge, answers.get(exercise.id, answer_of_two))
    assert "fault" not in told, told["fault"]
    assert told["outcome"] == "not_yet"
    assert words(exercise, Verdict(**told))


def test_the_numbers_in_the_predictions_are_those_that_one_computes():
    texts = {one.id: " ".join(one.evidence.values()) for one in PREDICTIONS}
    assert f"ln 2 = {math.log(2):.3f}" in texts["01.plateau"]
    assert f"ln 2 = {math.log(2):.3f}" in texts["01.half"]
    assert f"ln 4 = {math.log(4):.3f}" in texts["01.half"]
    shown = {text for texts in texts.values() for text in re.findall(r"\d\.\d+", texts)}
    assert shown == {f"{math.log(2):.3f}", f"{math.log(4):.3f}"}
