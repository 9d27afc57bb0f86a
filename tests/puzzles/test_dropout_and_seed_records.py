"""Puzzle 02's recorded trainings: retrained in part, and what the lesson reads from them."""

from dataclasses import replace

import numpy as np
import pytest

from utils.instruments.chance import sign_flip
from utils.puzzles import dropout_and_seed as puzzle
from utils.puzzles.dropout_and_seed import experiments, full_scale, grid, many_seeds, training
from utils.training import records

ROOMS = [full_scale, grid, many_seeds]


def recorded(room):
    return room.recorded(16, 51) if room is grid else room.recorded()


@pytest.mark.parametrize("room", ROOMS)
def test_a_record_is_small_and_whole(room):
    path = records.path_of(room.RECORD)
    assert path.stat().st_size < 1_000_000
    runs = recorded(room)
    seeds = len(grid.GRID["seed"] if room is grid else room.SEEDS)
    assert list(runs) == ["with", "without", "again"]
    for arm in runs.values():
        for losses in (arm.training, arm.validation):
            assert losses.shape == (seeds, 10) and losses.dtype == np.float32
            assert np.isfinite(losses).all() and (losses > 0).all()
            assert len(np.unique(losses[:, -1])) == seeds  # each seed is a training of its own


@pytest.mark.parametrize(
    ("room", "setting", "seeds"),
    [
        (grid, grid.setting(16, 51), grid.GRID["seed"]),
        (many_seeds, many_seeds.SETTING, many_seeds.points()[0]),
    ],
)
def test_a_sample_retrained_is_what_the_record_says(room, setting, seeds):
    """One epoch of one point. Later epochs repeat it, and drift apart by rounding."""
    again = training.train_arms(replace(setting, epochs=1), seeds)
    for kind in ("training", "validation"):
        for k, runs in enumerate(recorded(room).values()):
            before = getattr(runs, kind)[: len(seeds), 0]
            near = {"training": 2e-3, "validation": 0.05}[kind]  # one batch can turn on rounding
            assert again[kind][k, :, 0] == pytest.approx(before, rel=near)


def test_every_point_of_the_grid_is_there():
    for units in grid.GRID["units"]:
        for inputs in grid.GRID["inputs"]:
            assert set(grid.recorded(units, inputs)) == set(training.ARMS)
    with pytest.raises(KeyError, match="no units=5, inputs=51"):
        grid.recorded(5, 51)


def test_at_full_scale_chance_is_not_supported_and_dropout_is():
    """What the lesson concludes, as far as it can be computed."""
    runs = full_scale.recorded()
    for kind in ("training", "validation"):
        ends = {arm: runs[arm].last(kind) for arm in runs}
        assert sign_flip(ends["with"] - ends["without"]) < 0.01
        assert sign_flip(ends["with"] - ends["again"]) > 0.05
    training_mode = {arm: runs[arm].last("training") for arm in runs}
    assert training_mode["without"].max() < training_mode["with"].min() / 2  # no overlap
    validation = {arm: runs[arm].last("validation") for arm in runs}
    both = np.concatenate([validation["with"], validation["again"]])
    asked_with, asked_without = 4.05, 1.32  # the question's own two results
    assert both.min() < asked_with < both.max()
    assert asked_without < both.min() - 1
    assert validation["without"].min() < asked_without < validation["without"].max() < asked_with


# The training behind the button


def test_a_pair_starts_alike_and_is_the_same_alone_and_among_others():
    setting = puzzle.Setting(rows=100, inputs=11, rows_a_window=2, units=4, epochs=2)
    first, *_, pair = puzzle.train_pair(setting, seed=3)
    assert all(np.array_equal(w[0], w[1]) for w in first.weights)
    assert first.step == 0 and pair.step == setting.steps == 6
    assert pair.training.shape == pair.validation.shape == (2, 2)
    *_, many = puzzle.trainings(setting, [0.05, 0.0, 0.05], [7, 3, 3])
    assert many.training[:, [2, 1]] == pytest.approx(pair.training, rel=1e-4)
    assert many.training[0, 0] != pytest.approx(many.training[0, 2], rel=1e-3)
    assert pair.training[0, 0] != pytest.approx(pair.training[0, 1], rel=1e-4)


def test_masks_drop_at_the_rate_and_do_not_hang_on_how_they_are_cut():
    draw, again = (training._masks([1, 2], np.array([0.05, 0.5]), units=8) for _ in range(2))
    whole = draw(0, 0, 60)
    parts = np.concatenate([again(0, 0, 7), again(0, 7, 60)])
    assert whole.shape == (60, 2, 32, 32) and np.array_equal(whole, parts)
    dropped = 1 - whole.mean(axis=(0, 2, 3))
    assert dropped == pytest.approx([0.05, 0.5], abs=0.01)


# Experiments drawn from the small setting


def test_experiments_find_what_the_sign_flip_test_can():
    found = puzzle.chances("validation")
    assert [found.shown[n] for n in (2, 3, 4, 5)] == [0] * 4  # p can't be below .06 there
    assert found.shown[6] < found.shown[10] < found.shown[20] and found.shown[20] > 0.8
    assert max(found.flip_alarms.values()) < 0.07
    assert found.bootstrap_alarms[3] > 0.2 > found.bootstrap_alarms[6] > 0.08
    assert 0.1 < found.wrong < 0.3
    sure = puzzle.chances("training")
    assert sure.wrong == 0 and sure.shown[6] == 1


def test_an_experiment_is_drawn_from_different_seeds_and_keeps_its_pairs():
    runs = many_seeds.recorded()
    pairs = list(zip(runs["with"].last("training"), runs["without"].last("training"), strict=True))
    drawn = experiments.experiment("training", 20, draw=3)
    seen = list(zip(drawn["with"], drawn["without"], strict=True))
    assert len(set(seen)) == 20 and set(seen) <= set(pairs)
    other = experiments.experiment("training", 20, draw=4)
    assert list(other["with"]) != list(drawn["with"])


def test_counting_redraws_is_the_percentile_interval():
    """Against the instrument's interval, on the same differences."""
    from utils.instruments.chance import bootstrap_interval

    same = experiments._same_model(many_seeds.recorded(), "validation")
    assert same.mean() == pytest.approx(0, abs=1e-9)
    sets = np.random.default_rng(0).choice(same, (400, 4))
    low, high = bootstrap_interval(sets, draws=400)
    alarms = ((low > 0) | (high < 0)).mean()
    assert experiments._bootstrap_alarms(same, 4) == pytest.approx(alarms, abs=0.06)
