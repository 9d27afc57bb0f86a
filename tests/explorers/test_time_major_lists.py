"""Lesson 01's explorer without a page: its two set-ups, and the floor's noise, in its sentence."""

import re

import numpy as np
import pytest

from utils.explorers import time_major_lists as room
from utils.puzzles import time_major_lists as puzzle

DRAWN = room.explorer()


def at(**values):
    """The sentence where the controls stand at these values."""
    given = {"layout": "wrong: as asked", "window": 10, "units": 5, "seed": 0, **values}
    for name, value in given.items():
        DRAWN.controls[name].value = value
    return DRAWN.sentence


def test_the_sentence_says_the_rows_of_the_maps_and_of_the_training():
    assert at().startswith("Layout wrong: in a batch of 3 rows, output 19 hears every third input ")
    assert "Trained on 35 rows of 10 steps, with 5 units and seed 0" in at()
    assert "Trained on 7 rows of 50 steps" in at(window=50)


@pytest.mark.parametrize("kind", room.KINDS)
@pytest.mark.parametrize("timesteps", puzzle.GRID["timesteps"])
def test_the_sentence_is_two_short_sentences_everywhere(kind, timesteps):
    sentence = at(layout=kind, window=timesteps)
    assert sentence.count(". ") == 1
    assert len(sentence) < 300
    assert DRAWN._status.value == ""


def test_every_loss_below_the_floor_is_called_noise():
    """All recorded runs: none is said to beat what cannot be beaten."""
    below = 0
    for layout, carried, units, timesteps in puzzle.points():
        for seed in puzzle.GRID["seed"]:
            point = room.Point(layout, carried, units, timesteps, seed)
            result, _ = room._recorded(point)
            words = room._beside_floor(point, result)
            gap = result.loss - puzzle.floor(*point.sizes)
            below += gap < 0
            if gap < 0:
                assert words.endswith("within the noise of the sample")
            elif gap > 2 * puzzle.floor_noise(*point.sizes) + 0.0005:
                assert re.fullmatch(r"\d\.\d{3} above the floor of \d\.\d{3}", words)
                assert not words.startswith("0.000")
    assert below > 0  # otherwise this test looks at nothing


def test_the_noise_of_the_floor_is_that_of_one_who_guesses_best():
    """Drawn at random: the right layout with its state carried, first elements unknown."""
    timesteps, outputs = 5, 7000
    unknown = 1 / timesteps / 2  # the share of outputs whose previous bit is not what was seen
    rng = np.random.default_rng(0)
    wrong = rng.random((2000, outputs)) < unknown
    surprise = np.where(wrong, -np.log(unknown), -np.log(1 - unknown)).mean(axis=1)
    noise = puzzle.floor_noise("right", 70, timesteps, True, outputs)
    assert noise == pytest.approx(surprise.std(), rel=0.06)
    assert puzzle.floor_noise("wrong", 70, 5, False, outputs) == pytest.approx(0, abs=1e-7)
    assert puzzle.floor_noise("right", 70, timesteps, True, 4 * outputs) == pytest.approx(noise / 2)


def test_a_live_training_is_told_apart_from_the_record():
    values = {"layout": "right", "window": 5, "units": 2, "seed": 3}
    point = room.Point.of(values)
    untrained = next(room._trainings(values))
    assert (untrained.step, untrained.steps) == (0, puzzle.STEPS)
    words = room._training(point, room._of_live(point, untrained), untrained)
    assert words.startswith("Training on 70 rows of 5 steps, with 2 units and seed 3, the loss is ")
    done = room.Live(np.zeros(puzzle.STEPS), untrained.weights)
    words = room._training(point, room._of_live(point, done), done)
    assert words.startswith("Trained here on 70 rows of 5 steps")
    assert "the loss ends at" in words


def test_a_record_that_is_missing_is_a_sentence(monkeypatch):
    from utils.training.records import RecordError

    def missing(*point):
        raise RecordError("The record is missing.")

    monkeypatch.setattr(puzzle, "recorded", missing)
    assert at(seed=1).endswith("No recorded training to show. The record is missing.")


def test_panels_that_remember_their_layouts_show_what_fresh_panels_show():
    panels = [panel() for panel in room.PANELS]
    draw = room.drawing_on(*panels)
    values = {"layout": "right", "units": 5, "seed": 0}
    for window in (50, 2, 10, 50, 10):
        draw({**values, "window": window}, None)
        pictures = [panel.png() for panel in panels]
    fresh = [panel() for panel in room.PANELS]
    room.drawing_on(*fresh)({**values, "window": 10}, None)
    assert [panel.png() for panel in fresh] == pictures
