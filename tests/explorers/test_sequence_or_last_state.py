"""Lesson 03's explorers without a page: what they say, what they draw anew, and live trainings."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from utils.explorers.panel import Figure
from utils.explorers.sequence_or_last_state import floor, training
from utils.puzzles import sequence_or_last_state as puzzle
from utils.training.records import RecordError

TRAINING, FLOOR = training.explorer(), floor.explorer()
START = {"delay": 10, "timesteps": 25, "units": 32, "seed": 0, "sine": 2.0}


def at(drawn, **values):
    """The sentence where the controls stand at these values."""
    start = START if drawn is TRAINING else {"delay": 10, "noise": 0.0}
    for name, value in {**start, **values}.items():
        drawn.controls[name].value = value
    assert drawn._status.value == ""
    return drawn.sentence


def number_after(words, sentence):
    return float(re.search(re.escape(words) + r" (\d+\.\d+)", sentence).group(1))


@pytest.mark.parametrize("delay", puzzle.GRID["delay"])
@pytest.mark.parametrize("timesteps", puzzle.GRID["timesteps"])
def test_the_sentence_says_what_the_record_holds(delay, timesteps):
    sentence = at(TRAINING, delay=delay, timesteps=timesteps, units=16, seed=3)
    assert sentence.startswith(
        f"Delay {delay}, {timesteps} timesteps, 16 units, seed 3, after 1000"
    )
    for kind, words in [("sequence", "the sequence model is"), ("last", "last-state model is")]:
        recorded = puzzle.recorded(kind, timesteps, delay, 16, 3)
        assert number_after(words, sentence) == pytest.approx(recorded.error, abs=6e-4)
    floor = puzzle.floor(delay, timesteps).sum()
    assert number_after("the causal floor of", sentence) == pytest.approx(floor, abs=6e-4)
    assert f"hears input 0 in the one and inputs 0–{timesteps - 1} in the other" in sentence
    assert sentence.count(". ") == 2 and len(sentence) < 350


def test_sliders_keep_the_axes_and_windows_are_remembered():
    at(TRAINING, timesteps=50)
    at(TRAINING)
    before = [panel.full_draws for panel in TRAINING.panels]
    for values in [{"delay": 20}, {"units": 4}, {"seed": 4}, {"sine": 3.5}, {"timesteps": 50}, {}]:
        at(TRAINING, **values)
    assert [panel.full_draws for panel in TRAINING.panels] == before
    at(FLOOR)
    before = [panel.full_draws for panel in FLOOR.panels]
    for values in [{"delay": 20}, {"noise": 0.1}, {"delay": 1}]:
        at(FLOOR, **values)
    assert [panel.full_draws for panel in FLOOR.panels] == before


def test_each_control_changes_the_picture():
    for drawn, moves in [
        (TRAINING, [{"delay": 20}, {"units": 4}, {"seed": 4}, {"sine": 3.5}, {"timesteps": 50}]),
        (FLOOR, [{"delay": 20}, {"noise": 0.1}]),
    ]:
        at(drawn)
        start = [picture.value for picture in drawn._pictures]
        for values in moves:
            at(drawn, **values)
            assert [picture.value for picture in drawn._pictures] != start
        assert at(drawn) and [picture.value for picture in drawn._pictures] == start


def test_every_picture_has_its_alternative_text():
    at(TRAINING, delay=5)
    texts = [panel.alt for panel in TRAINING.panels]
    assert "causal floor at 0.240" in texts[0]
    assert re.search(r"sequence, first three steps: 0\.\d\d, 0\.\d\d", texts[1])
    assert re.search(r"Off by more than 0\.2: sequence at \w+ steps?, last state at", texts[2])
    assert "Output 0 hears 1 of the inputs in the sequence model and 25" in texts[3]
    assert "The first 5 outputs want samples from before the window." in texts[3]
    at(TRAINING, delay=1)
    assert "The first output wants a sample from before the window." in TRAINING.panels[3].alt
    at(FLOOR, delay=3)
    assert "white noise: 0.500 until step 2, then 0." in FLOOR.panels[0].alt
    assert "0.502 at 10" in FLOOR.panels[1].alt
    assert "at delay 3 by noise" in FLOOR.panels[2].alt


def test_the_panels_draw_on_a_plain_figure_too():
    figure = Figure(figsize=(8, 6))
    panels = [
        panel(part)
        for panel, part in zip(training.PANELS, figure.subfigures(2, 2).ravel(), strict=True)
    ]
    assert training.drawing_on(*panels)(START, None) == at(TRAINING)


@pytest.mark.parametrize("timesteps", puzzle.GRID["timesteps"])
@pytest.mark.parametrize("units", puzzle.GRID["units"])
def test_the_maps_lose_no_faint_influence(timesteps, units):
    """A network of four units moves its 50th output by less than float32 can tell."""
    at(TRAINING, timesteps=timesteps, units=units)
    sequence, last = (cells.get_array() for cells in TRAINING.panels[3]._cells)
    assert (sequence == np.triu(np.ones((timesteps, timesteps)))).all()
    assert last.shape == sequence.shape and last.all()


@pytest.mark.parametrize("kind", training.KINDS)
def test_the_network_of_the_maps_is_the_one_that_is_trained(kind, monkeypatch):
    asked = []

    def influence(model, x, **how):
        asked.append(model)
        return SimpleNamespace(moved=None)

    monkeypatch.setattr(training, "influence", influence)
    training._moved.__wrapped__(kind, 25, 8, 1)
    weights = training.sequences.initial_weights(1, kind, 8, 25)
    x = np.random.default_rng(0).normal(size=(3, 25, 1))
    ours = asked[0](x)
    assert ours.dtype == np.float64
    np.testing.assert_allclose(ours, puzzle.trained(kind, weights)(x), atol=1e-6)


def test_a_live_training_is_told_apart_from_the_record():
    values = {**START, "units": 4}
    trainings = training._trainings(values)
    untrained = next(trainings)
    trainings.close()
    assert (untrained.step, untrained.steps) == (0, puzzle.STEPS)
    for live in (untrained, training.Live(puzzle.STEPS, untrained.losses, untrained.weights)):
        results = training._of_live(training.Point.of(values), live)
        words = training._training(training.Point.of(values), results, puzzle.floor(10, 25), live)
        assert f"trained here for {live.step} steps" in words
        assert number_after("the sequence model is", words) > 3  # not a number of the record
        panels = [panel() for panel in training.PANELS]
        assert "trained here" in training.drawing_on(*panels)(values, live)


def test_the_two_kinds_are_trained_side_by_side_on_the_same_sines():
    pairs = list(puzzle.side_by_side(6, 2, 3, seed=1, steps=8))
    assert pairs[0].step == 0 and pairs[-1].step == 8
    steps = [pair.step for pair in pairs]
    assert steps == sorted(steps)
    for kind in ("sequence", "last"):
        alone = list(puzzle.trainings(kind, 6, 2, 3, seeds=(1,), steps=8))
        losses = np.concatenate([report.losses[:, 0] for report in alone])
        assert pairs[-1].losses[kind] == pytest.approx(losses, rel=1e-4)
        weights = pairs[-1].weights[kind]
        np.testing.assert_allclose(weights[0], alone[-1].weights[0][0], rtol=1e-3, atol=1e-5)


def test_a_training_that_is_dropped_early_leaves_nothing_behind():
    for taken in (1, 2, 3):
        trainings = puzzle.side_by_side(6, 2, 3, steps=8)
        for _ in range(taken):
            next(trainings)
        trainings.close()
    assert list(puzzle.side_by_side(6, 2, 3, steps=4))[-1].step == 4


def test_a_record_that_is_missing_is_a_sentence(monkeypatch):
    def missing(*point):
        raise RecordError("The record is missing.")

    at(TRAINING)
    monkeypatch.setattr(puzzle, "recorded", missing)
    sentence = at(TRAINING, seed=1)
    assert sentence.startswith("No recorded training to show. The record is missing.")
    assert "Output 0 hears" in sentence


def test_the_floor_by_noise_is_the_records_and_rises():
    at(FLOOR, delay=8, noise=0.1)
    drawn = FLOOR.panels[2]._floor.get_ydata()
    recorded = [puzzle.recorded_floor(8, 25, noise).sum() for noise in floor.NOISES]
    assert list(drawn) == pytest.approx(recorded) and (np.diff(drawn) > 0).all()
    assert (drawn <= FLOOR.panels[2]._linear.get_ydata() + 1e-6).all()
    assert FLOOR.panels[2]._here.get_xdata()[0] == list(floor.NOISES).index(0.1)


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.3])
def test_the_floors_sentence_adds_up(noise):
    for delay in (1, 7, 20):
        sentence = at(FLOOR, delay=delay, noise=noise)
        floor = puzzle.recorded_floor(delay, 25, noise).sum()
        assert number_after("gets below", sentence) == pytest.approx(floor, abs=6e-4)
        assert f"For white noise it is {delay / 2:.3f}" in sentence
        first = "the first step." if delay == 1 else f"each of the first {delay} steps."
        assert f"0.500 at {first}" in sentence
        assert ("have heard no noise" in sentence) == bool(noise)
        assert ("The sequence models, 32 units" in sentence) == (delay != 7 and not noise)
