"""The records of puzzle 03: whole, plausible, small, and made by the code that is here."""

import numpy as np
import pytest

from utils.puzzles import sequence_or_last_state as puzzle
from utils.puzzles.sequence_or_last_state import cures, floors, grid
from utils.training import records

ROOMS = (grid, cures, floors)


@pytest.mark.parametrize("room", ROOMS)
def test_a_record_is_small_and_says_how_it_was_made(room):
    path = records.path_of(room.RECORD)
    assert path.stat().st_size < 1_000_000
    record = records.load(path, room.RECORD, room.settings())
    assert {"numpy", "keras", "python"} <= set(record.about["versions"]) and record.about["date"]
    assert all(len(array) == len(room.points()) for array in record.arrays.values())


def test_no_sequence_model_beats_the_causal_floor():
    """The floor of this sample of fresh sines is off by some hundredths of itself."""
    above = []
    for timesteps, units, delay in grid.points():
        floor = puzzle.floor(delay, timesteps).sum()
        for seed in puzzle.GRID["seed"]:
            run = puzzle.recorded("sequence", timesteps, delay, units, seed)
            assert np.isfinite(run.losses).all() and run.losses.shape == run.steps.shape
            assert run.by_step.shape == (timesteps,)
            assert run.error > 0.93 * floor
            above.append(run.error / floor if floor else np.inf)
    assert min(above) < 1.6  # the floor is no fence in the far distance


def test_a_last_state_model_gets_below_it_and_needs_units():
    floor = puzzle.floor(10, 25).sum()
    errors = {
        units: [puzzle.recorded("last", 25, 10, units, seed).error for seed in puzzle.GRID["seed"]]
        for units in puzzle.GRID["units"]
    }
    assert max(errors[32]) < 0.15 < floor < min(errors[4])


def test_the_drawn_echo_is_what_a_model_with_that_error_says():
    for kind in ("sequence", "last"):
        run = puzzle.recorded(kind, 25, 1, 32, 0)
        for frequency, outputs in run.outputs.items():
            _, y = grid.shown(frequency, 25, 1)
            assert outputs.shape == (25,)
            assert np.abs(outputs - y[0])[3:].max() < 0.3


@pytest.mark.parametrize(
    ("kind", "timesteps", "delay", "units", "seed"),
    [("sequence", 25, 10, 8, 2), ("last", 50, 5, 4, 4)],
)
def test_training_an_entry_anew_gives_its_curve(kind, timesteps, delay, units, seed):
    reports = puzzle.trainings(kind, timesteps, delay, units, [seed], steps=40)
    again = puzzle.curve(np.concatenate([report.losses[:, 0] for report in reports]))
    run = puzzle.recorded(kind, timesteps, delay, units, seed)
    np.testing.assert_allclose(again, run.losses[: len(again)], rtol=1e-4)


@pytest.mark.parametrize(("name", "seed"), [("masked loss", 2), ("raw TensorFlow", 0)])
def test_trying_a_cure_anew_gives_its_curve(name, seed):
    losses, _, parameters = cures.train_cure(name, seed, steps=20)
    recorded = puzzle.recorded_cures()[name]
    assert np.mean(losses) == pytest.approx(recorded.losses[seed, 0], rel=1e-4)
    assert parameters == recorded.parameters


def test_what_closes_the_gap_and_what_only_looks_so():
    recorded = puzzle.recorded_cures()
    assert list(recorded) == list(puzzle.CURES)
    floor = puzzle.floor(10, 25).sum()
    for name in ("warm-up", "bidirectional", "encoder-decoder", "flatten", "last state"):
        assert recorded[name].errors.max() < 0.5 * floor
    for name in (n for n in puzzle.CURES if n.startswith("sequence")):
        assert recorded[name].errors.min() > floor and np.isinf(recorded[name].done_at).all()
    masked = recorded["masked loss"]
    assert masked.losses[:, -1].max() < 0.15 and masked.errors.min() > 2
    assert np.isfinite(masked.done_at).all()


def test_a_cure_is_told_in_words_and_in_a_table():
    recorded = puzzle.recorded_cures()
    assert repr(recorded["masked loss"]).startswith("masked loss, 4385 parameters: loss 0.0")
    assert repr(recorded).count("\n") == len(puzzle.CURES) - 1
    table = recorded._repr_html_()
    assert table.count("<th scope='row'>") == len(puzzle.CURES) and "<caption>" in table


def test_a_floor_computed_anew_is_the_recorded_one():
    assert puzzle.recorded_floor(10, 25) == pytest.approx(puzzle.floor(10, 25))
    assert puzzle.recorded_floor(3, 25, 0.3) == pytest.approx(puzzle.floor(3, 25, 0.3))


def test_points_off_the_grids_are_refused():
    for point in [("sequence", 25, 10, 7, 0), ("both", 25, 10, 8, 0), ("last", 25, 10, 8, 9)]:
        with pytest.raises(KeyError, match="The record has no kind="):
            puzzle.recorded(*point)
    with pytest.raises(KeyError, match=r"no delay=21, noise=0\.0"):
        puzzle.recorded_floor(21, 25)
