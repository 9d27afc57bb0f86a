"""Lesson 02's explorers without a page: what their sentences say, and when their axes move."""

import re
import threading

import numpy as np
import pytest

from utils.explorers.dropout_and_seed import chance, how_many, op_seed
from utils.puzzles.dropout_and_seed import experiments, grid, many_seeds, reenactment
from utils.training.records import RecordError


@pytest.fixture(scope="module")
def is_it_chance():
    return chance.explorer()


@pytest.fixture(scope="module")
def how_many_seeds():
    return how_many.explorer()


def put(explorer, **values):
    """The sentence where the controls stand at these values."""
    for name, value in values.items():
        explorer.controls[name].value = value
    assert explorer._status.value == ""
    return explorer.sentence


ALL = {"loss": "validation loss", "seeds": 10, "units": 64, "inputs": 201}


# Is it chance?


def test_the_spread_of_one_model_comes_before_the_difference(is_it_chance):
    words = put(is_it_chance, **ALL)
    assert words.startswith("64 units, 201 inputs, 10 seeds: two runs with Dropout differ in ")
    assert words.index("Same model, other seeds") < words.index("Dropout against none")
    medians = [np.median(run.last("validation")) for run in grid.recorded(64, 201).values()]
    for median in medians:
        assert f"{median:.2f}" in words
    assert len(re.findall(r"p = \d\.\d{3}: chance (?:seldom )?does that", words)) == 2


def test_a_small_p_between_equal_models_is_called_a_false_alarm(is_it_chance):
    """The record has some, as it must: one in twenty."""
    found = {}
    for units, inputs in grid.points():
        words = put(is_it_chance, **ALL | {"units": units, "inputs": inputs})
        same, _ = re.findall(r"p = (\d\.\d{3}): ([a-z ]+)", words)
        found[float(same[0])] = same[1]
    assert 0 < sum(words == "a false alarm" for words in found.values()) < 5
    for p, words in found.items():
        assert words == ("a false alarm" if p <= 0.05 else "chance does that")


def test_fewer_than_six_pairs_can_show_nothing_and_one_says_so(is_it_chance):
    assert put(is_it_chance, **ALL | {"seeds": 5}).count("p can't be below 0.0625") == 2
    one = put(is_it_chance, **ALL | {"seeds": 1})
    assert one.endswith("One pair says nothing of chance.")
    assert f"{grid.recorded(64, 201)['again'].last('validation')[0]:.2f}" in one


@pytest.mark.parametrize("loss", chance.LOSSES)
@pytest.mark.parametrize("units", grid.GRID["units"])
@pytest.mark.parametrize("inputs", grid.GRID["inputs"])
def test_every_point_is_drawn_and_every_dot_is_on_the_axis(is_it_chance, loss, units, inputs):
    words = put(is_it_chance, loss=loss, units=units, inputs=inputs, seeds=10)
    assert len(words) < 400
    dots, curves = is_it_chance.panels
    low, high = dots._axes[0].get_ylim()
    shown = np.concatenate([line.get_ydata() for line in dots._dots])
    assert len(shown) == 40 and ((shown >= low) & (shown <= high)).all()
    assert dots._axes[0].get_ylim() == dots._axes[1].get_ylim()
    drawn = np.concatenate([line.get_ydata() for line in curves._lines.values()])
    assert np.nanmax(drawn) <= 36 and np.nanmin(drawn) >= 0


def test_the_number_of_seeds_moves_no_axis(is_it_chance):
    put(is_it_chance, **ALL)
    before = [panel.full_draws for panel in is_it_chance.panels]
    limits = is_it_chance.panels[0]._axes[0].get_ylim()
    for seeds in (3, 1, 10):
        put(is_it_chance, seeds=seeds)
        assert len(is_it_chance.panels[0]._dots[0].get_ydata()) == seeds
    assert [panel.full_draws for panel in is_it_chance.panels] == before
    assert is_it_chance.panels[0]._axes[0].get_ylim() == limits


def test_a_live_pair_is_laid_over_the_record_and_told_apart(is_it_chance):
    put(is_it_chance, **ALL)
    point = chance.Point.of(is_it_chance.values)
    assert point.seed == 9 and point.setting.inputs == 201
    untrained = next(chance._trainings(is_it_chance.values))
    assert (untrained.step, untrained.steps) == (0, point.setting.steps)
    runs, steps = grid.recorded(64, 201), point.setting.steps
    young = chance.Live(5, steps, np.empty((0, 2)), np.empty((0, 2)))
    assert chance._here(runs, young, point) == "Seed 9 is being trained here, in its first epoch."
    ends = np.array([[20.0, 19.0], [9.5, 8.25]])
    first = chance.Live(300, steps, np.array([[20.0, 19.0]]), np.array([[20.0, 19.0]]))
    assert chance._here(runs, first, point).startswith("Here, after one epoch, seed 9: 20.00")
    some = chance.Live(600, steps, ends, ends)
    words = chance._here(runs, some, point)
    assert words == "Here, after two epochs, seed 9: 9.50 with, 8.25 without."
    done = chance.Live(steps, steps, ends, ends)
    kept = [runs[arm].last("validation")[9] for arm in ("with", "without")]
    recorded = f"recorded {kept[0]:.2f} and {kept[1]:.2f}."
    assert chance._here(runs, done, point).endswith(f"{recorded} {chance.DRIFT}")
    near = np.array([[20.0, 19.0], [kept[0] + 0.004, kept[1]]])
    assert chance._here(runs, chance.Live(steps, steps, near, near), point).endswith(recorded)
    is_it_chance._draw(is_it_chance.values, done)
    dots, curves = is_it_chance.panels
    assert list(dots._live.get_ydata()) == [9.5, 8.25]
    assert list(curves._live["without"].get_ydata()) == [19.0, 8.25]
    is_it_chance._draw(is_it_chance.values, None)
    assert not len(dots._live.get_ydata()) and not len(curves._live["with"].get_ydata())


def test_one_run_is_not_called_runs_and_training_loss_is_explained(is_it_chance):
    put(is_it_chance, **ALL | {"seeds": 1})
    alts = [panel.alt for panel in is_it_chance.panels]
    assert "one run an arm" in alts[0] and "one run with Dropout, solid, and one without" in alts[1]
    words = put(is_it_chance, **ALL | {"loss": "training loss"})
    assert words.count("training loss (with Dropout at work)") == 1


@pytest.mark.parametrize("loss", chance.LOSSES)
def test_the_axes_say_which_loss_and_where_they_start(is_it_chance, how_many_seeds, loss):
    put(is_it_chance, **ALL | {"loss": loss})
    put(how_many_seeds, loss=loss)
    dots, curves = is_it_chance.panels
    for axes in (dots._axes[0], how_many_seeds.panels[0]._axes):
        assert axes.get_ylabel() == f"last {loss} (axis from {axes.get_ylim()[0]:.0f})"
    assert curves._axes.get_ylabel() == loss and curves._axes.get_ylim()[0] == 0


def test_a_missing_grid_is_a_sentence(is_it_chance, monkeypatch):
    def missing(*point):
        raise RecordError("The record is missing.")

    monkeypatch.setattr(grid, "recorded", missing)
    words = put(is_it_chance, **ALL | {"seeds": 4})
    assert words == "No recorded trainings to show. The record is missing."


# How many seeds?


def test_the_sentence_gives_what_was_computed(how_many_seeds):
    words = put(how_many_seeds, loss="validation loss", pairs=10, draw=1)
    found = experiments.chances("validation")
    for share in (found.shown[10], found.flip_alarms[10], found.bootstrap_alarms[10], found.wrong):
        assert f"{100 * share:.0f}\N{NO-BREAK SPACE}%" in words
    assert re.search(r"p = \d\.\d{3}: (shown|not shown)\.$", words)


def test_few_pairs_show_nothing_and_the_training_loss_needs_six(how_many_seeds):
    words = put(how_many_seeds, loss="training loss", pairs=5, draw=1)
    assert "shows the difference in 0\N{NO-BREAK SPACE}%" in words and words.endswith(
        "p = 0.062: not shown."
    )
    words = put(how_many_seeds, pairs=6)
    assert "shows the difference in 100\N{NO-BREAK SPACE}%" in words and words.endswith(
        "p = 0.031: shown."
    )


def test_everything_is_computed_when_the_explorer_opens():
    experiments.chances.cache_clear()
    how_many.explorer()
    assert experiments.chances.cache_info().currsize == len(chance.LOSSES)


def test_neither_pairs_nor_experiment_moves_an_axis(how_many_seeds):
    put(how_many_seeds, loss="validation loss", pairs=6, draw=1)
    before = [panel.full_draws for panel in how_many_seeds.panels]
    sentences = {put(how_many_seeds, pairs=20, draw=draw) for draw in (2, 3, 4)}
    assert len(sentences) == 3
    assert [panel.full_draws for panel in how_many_seeds.panels] == before
    wrong = how_many_seeds.panels[0]._lines[1]
    assert re.search(r"\w+ pairs? points? the wrong way", how_many_seeds.panels[0].alt)
    losses = experiments.experiment("validation", 20, 4)
    assert len(wrong.get_xdata()) == 3 * (losses["with"] <= losses["without"]).sum()


def test_a_missing_record_of_seeds_is_a_sentence(how_many_seeds, monkeypatch):
    def missing():
        raise RecordError("The record is missing.")

    monkeypatch.setattr(many_seeds, "recorded", missing)
    experiments.chances.cache_clear()
    words = put(how_many_seeds, pairs=3)
    assert words == "No recorded trainings to draw from. The record is missing."


# The op-level seed


@pytest.fixture
def op_seeds(monkeypatch):
    """An explorer whose process answers when the test says so, with the record's numbers."""
    recorded = reenactment._recorded(reenactment.CONSTANTS, "Not asked yet.")
    answered, done = threading.Event(), threading.Event()
    lived = {}

    def history(say):
        say("Training with input_shape.")
        answered.wait(60)
        lived[reenactment.CONSTANTS] = type(recorded)(**vars(recorded) | {"source": "live"})
        done.set()

    monkeypatch.setattr(reenactment, "_lived", lived)
    monkeypatch.setattr(reenactment, "history", history)
    explorer = op_seed.explorer()
    explorer.answer = answered.set
    yield explorer
    answered.set()
    assert done.wait(60)


def drawn_live(explorer):
    """Wait until the explorer shows what the process found."""
    for _ in range(1200):  # a minute, for a busy machine
        if "Run just now" in explorer.sentence:
            break
        threading.Event().wait(0.05)
    return explorer.sentence


def test_the_record_is_shown_at_once_and_replaced_by_what_runs_here(op_seeds):
    assert "A record of an earlier run" in op_seeds.sentence
    op_seeds.answer()
    assert "Run just now, in a process of its own" in drawn_live(op_seeds)


def test_the_old_number_moves_and_todays_does_not(op_seeds):
    past = reenactment.at_hand()
    seen = []
    for constants in (0, 1, 5):
        op_seeds.controls["constants"].value = constants
        old, today = re.findall(r"\d\.\d{4}", op_seeds.sentence)
        assert old == f"{past.numbers['old'][constants]:.4f}"
        seen.append((old, today))
    assert len({old for old, _ in seen}) == 3 and len({today for _, today in seen}) == 1
    assert "After 5 constants" in op_seeds.sentence
    assert op_seeds.sentence.count("both times") == 2


def test_constants_move_no_axis_of_the_op_seeds(op_seeds):
    op_seeds.answer()
    drawn_live(op_seeds)
    before = [panel.full_draws for panel in op_seeds.panels]
    for constants in (0, 20, 7):
        op_seeds.controls["constants"].value = constants
        assert len(op_seeds.panels[0]._lines["old"].get_xdata()) == constants + 1
    assert [panel.full_draws for panel in op_seeds.panels] == before


def test_a_closed_explorer_draws_nothing_more(op_seeds):
    shown = op_seeds.sentence
    op_seeds.close()
    op_seeds.answer()
    threading.Event().wait(0.2)
    assert op_seeds.sentence == shown


def test_nothing_to_show_is_a_sentence(op_seeds, monkeypatch):
    def missing():
        raise RecordError("The record is missing.")

    monkeypatch.setattr(reenactment, "at_hand", missing)
    op_seeds.controls["constants"].value = 3
    assert op_seeds.sentence == "Nothing to show yet. The record is missing."
