"""The room of puzzle 01: its data, layouts, floors, model and record."""

import itertools
import math

import numpy as np
import pytest

from utils.puzzles import time_major_lists as puzzle
from utils.training import records

SIZES = [(1, 1), (1, 5), (3, 4), (4, 4), (7, 2)]


def entropy(*p):
    return -sum(q * math.log(q) for q in p if q)


def test_the_class_is_made_of_the_previous_and_the_current_bit():
    assert puzzle.classes([0, 1, 1, 0, 0]).tolist() == [0, 1, 3, 2, 0]
    assert puzzle.classes([0, 1, 1, 0, 0], before=1).tolist() == [2, 1, 3, 2, 0]


def test_a_stream_runs_on_from_batch_to_batch():
    whole = puzzle.classes(puzzle.random_bits(60, seed=3))
    _, targets = puzzle.batches("right", batch=3, timesteps=4, steps=5, seed=3)
    rows = targets.transpose(0, 2, 1)  # [steps, batch, timesteps]
    assert rows.ravel().tolist() == whole.tolist()


@pytest.mark.parametrize("name", puzzle.LAYOUTS)
@pytest.mark.parametrize(("batch", "timesteps"), SIZES)
def test_a_layout_feeds_and_returns_every_element_once(name, batch, timesteps):
    layout, n = puzzle.LAYOUTS[name], batch * timesteps
    stream = np.arange(n, dtype=float)
    fed = layout.split(stream, batch, timesteps)
    assert [x.shape for x in fed] == [(batch, 1)] * timesteps
    joined = layout.join(fed)
    assert sorted(joined[:, 0]) == stream.tolist()
    in_order = name in ("wrong", "right") or 1 in (batch, timesteps)
    assert np.array_equal(joined[:, 0], stream) == in_order


def test_the_index_maps_of_the_fact_sheet():
    wrong, right = (puzzle.index_map(name, 50, 2) for name in ("wrong", "right"))
    assert wrong[0].tolist() == list(range(50)) and wrong[:, 0].tolist() == [0, 50]
    assert right[:, 0].tolist() == [0, 1] and right[0].tolist() == list(range(0, 100, 2))


def test_how_many_outputs_see_what_they_need():
    seen = {}
    for name in puzzle.LAYOUTS:
        fed = puzzle.index_map(name, batch=7, timesteps=50)
        compared = puzzle.label_map(name, batch=7, timesteps=50)
        before = compared - 1
        seen[name] = [
            int(np.sum(fed == compared)),
            sum(before[t, b] in fed[: t + 1, b] for t in range(50) for b in range(7)),
        ]
    assert seen["right"] == [350, 343]
    assert seen["wrong"] == [350, 0]
    assert seen["input_only"][0] == seen["output_only"][0] == 2


# The floors


@pytest.mark.parametrize("timesteps", [2, 5, 50])
@pytest.mark.parametrize("batch", [2, 7])
def test_the_floors_that_can_be_worked_out_by_hand(batch, timesteps):
    def floor(layout, carried):
        return puzzle.floor(layout, batch, timesteps, carried)

    unknown = 1 / (2 * timesteps)
    assert floor("wrong", False) == pytest.approx(math.log(2))
    assert floor("wrong", True) == pytest.approx(math.log(2))
    assert floor("right", False) == pytest.approx(math.log(2) / timesteps)
    assert floor("right", True) == pytest.approx(entropy(unknown, 1 - unknown))


def test_half_a_repair_leaves_almost_nothing_to_know():
    for name, carried in itertools.product(["input_only", "output_only"], [False, True]):
        assert 1.37 < puzzle.floor(name, 7, 50, carried) < math.log(4)


def test_with_one_row_all_layouts_are_the_same():
    for carried, expected in [(False, math.log(2) / 5), (True, 0)]:
        floors = [puzzle.floor(name, 1, 5, carried) for name in puzzle.LAYOUTS]
        assert floors == pytest.approx([expected] * 4, abs=1e-12)


def floor_by_brute_force(layout, batch, timesteps, carried):
    """Every stream there is, and for each history an output may have, how its classes spread."""
    fed, compared = (
        maps(layout, batch, timesteps) for maps in (puzzle.index_map, puzzle.label_map)
    )
    n, passed = batch * timesteps, 3 if carried else 1  # batches that the reader has seen
    spread = {}
    for stream in itertools.product((0, 1), repeat=passed * n + 1):
        bits = np.array(stream[1:]).reshape(passed, n)
        now = puzzle.classes(stream[1:], stream[0]).reshape(passed, n)[-1]
        for t, b in np.ndindex(timesteps, batch):
            earlier = bits[:-1][:, fed[:, b]].ravel().tolist()
            history = (*earlier, *bits[-1, fed[: t + 1, b]].tolist())
            # A carried state has no clock: only the last steps of a long history are compared.
            reader = history[-2 * timesteps :] if carried else history
            spread.setdefault(reader, np.zeros(4))[now[compared[t, b]]] += 1
    total = sum(counts.sum() for counts in spread.values())
    return sum(counts.sum() / total * entropy(*counts / counts.sum()) for counts in spread.values())


@pytest.mark.parametrize("name", puzzle.LAYOUTS)
@pytest.mark.parametrize(
    ("batch", "timesteps", "carried"),
    [(2, 2, False), (3, 2, False), (2, 3, False), (3, 3, False), (2, 2, True)],
)
def test_the_floor_is_what_counting_every_stream_gives(name, batch, timesteps, carried):
    counted = floor_by_brute_force(name, batch, timesteps, carried)
    assert puzzle.floor(name, batch, timesteps, carried) == pytest.approx(counted)


def test_an_unknown_layout_is_named():
    with pytest.raises(ValueError, match="no layout 'left'; there are wrong, right"):
        puzzle.floor("left", 3, 4, False)


# The model


def test_poking_input_4_tells_the_four_layouts_apart():
    from utils.instruments import influence

    stream = puzzle.random_bits(12, seed=0)
    moved = {
        name: influence(puzzle.untrained(name, 3, 4), stream, vectorized=True).moves(4)
        for name in puzzle.LAYOUTS
    }
    assert moved == {
        "wrong": [4, 7, 10],
        "right": [4, 5, 6, 7],
        "input_only": [1, 4, 7, 10],
        "output_only": [5, 6, 7],
    }


@pytest.mark.parametrize("name", puzzle.LAYOUTS)
def test_the_numpy_forward_is_the_keras_model(name):
    stream = puzzle.random_bits(12, seed=1)
    keras_answers = puzzle.on_stream(puzzle.ListRNN(units=6, seed=5), name, 3, 4)(stream)
    quick = puzzle.untrained(name, 3, 4, units=6, seed=5)
    np.testing.assert_allclose(quick(stream), keras_answers, atol=1e-6)
    copies = np.stack([stream, 1 - stream])
    np.testing.assert_allclose(quick(copies)[0], quick(stream), atol=1e-6)
    np.testing.assert_allclose(quick(copies)[1], quick(1 - stream), atol=1e-6)


def test_building_the_model_touches_no_global_seed():
    import random

    import keras

    keras.utils.set_random_seed(1)
    python, numpy = random.getstate(), np.random.get_state()[1].tolist()
    first = puzzle.ListRNN(units=5, seed=7).get_weights()
    assert random.getstate() == python
    assert np.random.get_state()[1].tolist() == numpy
    keras.utils.set_random_seed(2)
    for one, other in zip(first, puzzle.ListRNN(units=5, seed=7).get_weights(), strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("layout", "batch", "timesteps", "carried"), [("wrong", 50, 2, False), ("right", 7, 10, True)]
)
def test_training_is_what_a_plain_keras_loop_does(layout, batch, timesteps, carried):
    quick, plain = puzzle.ListRNN(seed=3), puzzle.ListRNN(seed=3)
    told = []
    run = puzzle.train(
        quick, layout, batch, timesteps, carried, 30, 3, lambda *report: told.append(report)
    )
    losses = puzzle.train_in_keras(plain, layout, batch, timesteps, carried, 30, 3)
    np.testing.assert_allclose(run.losses, losses, rtol=1e-5)
    for one, other in zip(quick.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert told[-1] == (30, pytest.approx(losses[-1], rel=1e-5))


def test_the_question_s_own_table():
    run = puzzle.train(puzzle.ListRNN(), "wrong", **puzzle.ASKED)
    expected = [[0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5]] * 2
    np.testing.assert_allclose(run.table, expected, atol=0.03)
    assert math.log(2) < run.losses[-100:].mean() < 0.705


def test_a_class_table_averages_the_answers_class_by_class():
    answers = np.eye(4)[[0, 1, 1, 2]]
    table = puzzle.class_table(answers, [0, 1, 0, 2])
    assert table[0].tolist() == [0.5, 0.5, 0, 0]
    assert table[2].tolist() == [0, 0, 1, 0]
    assert np.isnan(table[3]).all()


# The record


def test_a_curve_keeps_the_mean_since_the_mark_before():
    losses = np.arange(3000.0)
    kept = puzzle.curve(losses)
    marks = puzzle.marks(3000)
    assert len(kept) == len(marks) and marks[0] == 1 and marks[-1] == 3000
    assert kept[0] == 0 and kept[-1] == losses[marks[-2] :].mean()
    assert np.array_equal(puzzle.curve(losses[:50], 3000), kept[: np.sum(marks <= 50)])
    for n in (0, 1, 50):
        assert len(puzzle.curve(losses[:n])) == len(puzzle.marks(n))


def test_the_record_holds_the_whole_grid_above_its_floors():
    for layout, carried, units, timesteps in puzzle.points():
        floor = puzzle.floor(layout, 350 // timesteps, timesteps, carried)
        for seed in puzzle.GRID["seed"]:
            entry = puzzle.recorded(layout, units, timesteps, seed, carried)
            assert entry.losses.shape == entry.steps.shape
            assert floor - 0.03 < entry.loss < 1.5  # 7000 outputs: the floor itself is an average
            np.testing.assert_allclose(entry.table.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("layout", "carried", "units", "timesteps", "seed"),
    [("wrong", False, 2, 2, 3), ("right", True, 5, 50, 0), ("input_only", False, 20, 10, 7)],
)
def test_training_an_entry_anew_gives_its_curve(layout, carried, units, timesteps, seed):
    steps, reports = 60, []
    batch = puzzle.BITS_A_BATCH // timesteps
    for report in puzzle.trainings(layout, batch, timesteps, units, [seed], carried, steps):
        reports.append(report.losses[:, 0])
    again = puzzle.curve(np.concatenate(reports), puzzle.STEPS)
    entry = puzzle.recorded(layout, units, timesteps, seed, carried)
    np.testing.assert_allclose(again, entry.losses[: len(again)], rtol=1e-4)


def test_a_point_off_the_grid_is_refused():
    with pytest.raises(KeyError, match="no layout='right', carried=False, units=3"):
        puzzle.recorded("right", 3, 50, 0)


def test_the_record_is_small_and_says_how_it_was_made():
    path = records.path_of(puzzle.RECORD)
    assert path.stat().st_size < 1_000_000
    about = records.load(path, puzzle.RECORD, puzzle.settings()).about
    assert {"numpy", "keras", "python"} <= set(about["versions"]) and about["date"]
