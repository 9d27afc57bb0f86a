"""Lesson 05's explorer without a page: its numbers against Keras, its words and its pictures."""

import re

import numpy as np
import pytest

from utils.explorers.panel import Figure
from utils.explorers.shared_stateful_lstm import answers, hearing
from utils.explorers.shared_stateful_lstm.answers import (
    FAINT,
    NOTHING,
    SEEDS,
    STREAMS,
    UNITS,
    WINDOWS,
    Point,
    at_every_window,
    heard,
    inputs_at,
    weights_at,
)
from utils.explorers.shared_stateful_lstm.panels import HEIGHTS, size
from utils.puzzles import shared_stateful_lstm as puzzle

GRAPH, LOOP, MENDED = hearing.MODELS
DRAWN = hearing.explorer()
SAID = hearing.drawing_on(*[panel() for panel in hearing.PANELS])  # and no picture is made
START = {"model": GRAPH, "streams": 3, "timesteps": 10, "units": 3, "seed": 0}


def at(**values):
    """The sentence where the controls stand at these values."""
    for name, value in {**START, **values}.items():
        DRAWN.controls[name].value = value
    assert DRAWN._status.value == ""
    return DRAWN.sentence


@pytest.mark.parametrize("build, first", [
    (puzzle.question_model, "last"), (puzzle.in_a_loop, "first"), (puzzle.fold, None),
])  # fmt: skip
@pytest.mark.parametrize("streams, timesteps, units", [(2, 10, 5), (5, 6, 1)])
def test_the_numbers_are_those_of_keras(build, first, streams, timesteps, units):
    point = Point(first, streams, timesteps, units, seed=1)
    x = np.repeat(inputs_at(point), 1 + streams, axis=0)  # rows: as it is, then each poked
    model = build(1 + streams, streams, None, 4, units)
    puzzle.give_weights(model, weights_at(point))
    middle = timesteps // 2
    whole = puzzle.from_reset(model, x)[0]
    for stream in range(streams):
        x[1 + stream, stream, :middle] += 1
    halves = puzzle.from_reset(model, *puzzle.chunks(x, [middle]))
    changes = np.abs(halves[1:] - halves[0])  # [poked, streams, timesteps, units]

    found = heard(point)
    np.testing.assert_allclose(
        found.differences, np.abs(whole - halves[0]).sum(axis=-1), atol=1e-6 * units
    )
    np.testing.assert_allclose(found.same, changes[:, :, :middle].max(axis=(2, 3)), atol=1e-6)
    np.testing.assert_allclose(found.next, changes[:, :, middle:].max(axis=(2, 3)), atol=1e-6)
    assert (found.differences.max() > 0.01) == (first is not None)


@pytest.mark.parametrize("first", ["last", "first"])
def test_two_orders_of_one_long_sequence_are_what_the_room_chains(first):
    point = Point(first, 3, 20, 5, seed=2)
    x, weights = inputs_at(point), weights_at(point)
    whole = puzzle.chained(weights, x, point.order)
    halves = puzzle.chained(weights, x, point.order, cuts=[10])
    expected = np.abs(whole - halves)[0].sum(axis=-1)
    np.testing.assert_allclose(heard(point).differences, expected, atol=1e-13)
    assert expected.max() > 0.01


@pytest.mark.parametrize("units", UNITS)
@pytest.mark.parametrize("timesteps", WINDOWS)
def test_what_a_model_keeps_out_is_zero_and_what_it_lets_in_is_not(timesteps, units):
    """Exactly, in float64: a short window loses nothing, a long one lets it fade."""
    for first in ("last", "first", None):
        found = heard(Point(first, 4, timesteps, units, seed=3))
        own = np.eye(4, dtype=bool)
        if first is None:
            assert not found.differences.any()
            assert not found.same[~own].any() and not found.next[~own].any()
            assert (np.diag(found.next) > 0.01).all()
            continue
        before = np.triu(np.ones((4, 4), bool), 1)  # [j, i]: stream j runs before stream i
        before = before.T if first == "last" else before
        assert not found.same[~own & ~before].any()
        first_to_run, last_to_run = (3, 0) if first == "last" else (0, 3)
        assert not found.differences[first_to_run, : timesteps // 2].any()
        assert found.next[last_to_run, first_to_run] > 0.01
        if timesteps <= 10:
            assert found.same[before].all() and found.next.all()


@pytest.mark.parametrize("first", ["last", "first"])
def test_a_long_window_hides_the_leak_from_its_last_step_only(first):
    after, last = np.array(
        [at_every_window(Point(first, 3, 10, 3, seed)) for seed in SEEDS]
    ).transpose(1, 0, 2)  # [seeds, windows] each
    assert (after > 0.05).all()
    ends = dict(zip(WINDOWS, np.median(last, axis=0), strict=True))
    assert ends[4] > 0.1 and 1e-8 < ends[100] < 1e-4 and ends[200] < FAINT
    assert (np.diff(np.log(np.median(last, axis=0)[WINDOWS.index(10) :])) < 0).all()


def test_a_longer_window_and_a_further_stream_leave_the_others_as_they_are():
    small, large = Point("last", 2, 4, 1, 5), Point("last", 5, 200, 8, 5)
    assert (inputs_at(large)[:, :2, :4] == inputs_at(small)).all()
    assert not (inputs_at(large) == inputs_at(Point("last", 5, 200, 8, 6))).any()


def test_the_sentence_says_who_hears_whom():
    assert at() == (
        "The question's graph runs 3 streams in the order 2, 1, 0 (10 timesteps, 3 units, seed 0). "
        "In the same chunk, 1 hears 2, 0 hears 1 and 2, 2 hears none; in the next, "
        "each hears all others. " + DRAWN.sentence[DRAWN.sentence.index("Whole and halves") :]
    )
    sentence = at(model=LOOP, units=1, seed=4)
    assert "A Python loop runs 3 streams in the order 0, 1, 2 (10 timesteps, 1 unit, " in sentence
    assert "In the same chunk, 1 hears 0, 2 hears 0 and 1, 0 hears none;" in sentence
    sentence = at(model=MENDED, streams=5)
    assert sentence.startswith("Mended, each of 5 streams has its own state (10 timesteps, ")
    own = np.diag(heard(Point(None, 5, 10, 3, 0)).next)
    moves = f"moves each by {size(own.min())} to {size(own.max())} in the next chunk"
    assert f"No stream hears another; its own past {moves}." in sentence
    assert sentence.endswith("Whole and halves agree at every step.")


@pytest.mark.parametrize("model", hearing.MODELS)
@pytest.mark.parametrize("streams", STREAMS)
@pytest.mark.parametrize("timesteps", WINDOWS)
def test_the_sentence_adds_up_everywhere(model, streams, timesteps):
    values = {"model": model, "streams": streams, "timesteps": timesteps, "units": 5, "seed": 7}
    sentence = SAID(values, None)
    assert f"{streams} streams" in sentence
    assert f"({timesteps} timesteps, 5 units, seed 7)" in sentence
    assert sentence.count(". ") == 2 and len(sentence) < 450
    if model == MENDED:
        return
    found = heard(Point(hearing.MODELS[model][1], streams, timesteps, 5, 7))
    numbers = re.search(
        r"differ by (\S+) right after the cut, (\S+) at the last step, (\S+) in sum\.$", sentence
    ).groups()
    cut, end = found.differences[:, timesteps // 2].max(), found.differences[:, -1].max()
    assert numbers == (size(cut), size(end), size(found.differences.sum()))
    same, next_ = re.search(
        r"In the same chunk, (.*); in the next, (.*)\. Whole", sentence
    ).groups()
    for words, changes in ((same, found.same), (next_, found.next)):
        assert _read(words, streams) == {
            (j, i) for j, i in np.ndindex(streams, streams) if j != i and changes[j, i] >= FAINT
        }


def _read(words, streams):
    """Who is heard by whom, (j, i), as a sentence tells it."""
    if words == "each hears all others":
        return {(j, i) for j, i in np.ndindex(streams, streams) if j != i}
    pairs = set()
    some = r"(\d) hears ([\d–]+(?:(?:, (?!\d hears)| and )[\d–]+)*)"
    for i, listed in re.findall(some, words):
        for part in re.split(", | and ", listed):
            ends = [int(end) for end in part.split("–")]
            pairs |= {(j, int(i)) for j in range(ends[0], ends[-1] + 1)}
    return pairs


def test_what_is_too_faint_for_float32_is_counted_apart():
    changes = np.array([[0.0, 1e-9, 0.2], [0.0, 0.0, 1e-12], [0.0, 0.0, 0.0]])
    words = hearing._who_hears(changes, range(3))
    assert words == "2 hears 0, the rest none (two more too faint for float32)"
    assert hearing._who_hears(changes * 1e-7, range(3)) == (
        "each only itself (three more too faint for float32)"
    )


@pytest.mark.parametrize("change, words", [
    (0, "0"), (3e-14, "3e-14"), (9.96e-8, "1e-7"), (0.00094, "9e-4"), (0.00096, "0.001"),
    (0.0094, "0.009"), (0.0096, "0.01"), (0.314, "0.31"), (0.997, "1.00"), (12.34, "12.3"),
])  # fmt: skip
def test_a_change_is_read_with_few_digits(change, words):
    assert size(change) == words


def test_the_sliders_of_the_network_keep_the_axes_and_sizes_are_remembered():
    for values in ({"streams": 5}, {"timesteps": 50}, {}):
        at(**values)
    before = [panel.full_draws for panel in DRAWN.panels]
    for values in [{"seed": 4}, {"units": 8}, {"model": LOOP}, {"model": MENDED}, {"streams": 5}]:
        at(**values)
    assert [panel.full_draws for panel in DRAWN.panels] == before


def test_each_control_changes_the_pictures():
    at()
    start = [picture.value for picture in DRAWN._pictures]
    for values, changed in [
        ({"seed": 1}, 4), ({"units": 5}, 4), ({"streams": 4}, 4), ({"timesteps": 20}, 4),
        ({"model": LOOP}, 4), ({"model": MENDED}, 4),
    ]:  # fmt: skip
        at(**values)
        pictures = [picture.value for picture in DRAWN._pictures]
        assert sum(a != b for a, b in zip(pictures, start, strict=True)) == changed
    assert at() and [picture.value for picture in DRAWN._pictures] == start


def test_panels_that_remember_their_layouts_show_what_fresh_panels_show():
    panels = [panel() for panel in hearing.PANELS]
    draw = hearing.drawing_on(*panels)
    for streams, timesteps in [(2, 200), (5, 4), (2, 10), (3, 10), (5, 4), (3, 10)]:
        draw({**START, "streams": streams, "timesteps": timesteps}, None)
        pictures = [panel.png() for panel in panels]
    fresh = [panel() for panel in hearing.PANELS]
    hearing.drawing_on(*fresh)(START, None)
    assert [panel.png() for panel in fresh] == pictures


def test_the_panels_draw_on_a_plain_figure_too():
    figure = Figure(figsize=(8, 6))
    panels = [
        panel(part)
        for panel, part in zip(hearing.PANELS, figure.subfigures(2, 2).ravel(), strict=True)
    ]
    assert hearing.drawing_on(*panels)(START, None) == at()


def test_every_picture_has_its_alternative_text():
    at(streams=2, timesteps=6, model=LOOP)
    found = heard(Point("first", 2, 6, 3, 0))
    same, next_, over_time, by_window = (panel.alt for panel in DRAWN.panels)
    assert same.startswith("Same chunk: ") and next_.startswith("Next chunk: ")
    assert f"1 poked: 0, {size(found.same[1, 1])}." in same
    assert f"Stream 0 poked: {size(found.next[0, 0])}, {size(found.next[0, 1])};" in next_
    assert "cut between steps 2 and 3" in over_time and "stream 0: 0 and " in over_time
    assert f"at {', '.join(map(str, WINDOWS))} timesteps" in by_window


def test_the_pictures_show_the_numbers():
    at(streams=4, timesteps=20, model=LOOP)
    found = heard(Point("first", 4, 20, 3, 0))
    same, next_, over_time, by_window = DRAWN.panels
    for panel, changes in ((same, found.same), (next_, found.next)):
        numbers = {place: n.get_text() for place, n in panel._numbers.items() if n.get_visible()}
        assert numbers == {place: size(change) for place, change in np.ndenumerate(changes)}
        assert all(n.get_position() == (i, j) for (j, i), n in panel._numbers.items())
    assert [line.get_visible() for line in over_time._lines] == [True] * 4 + [False]
    for line, values in zip(over_time._lines, found.differences, strict=False):
        steps, heights = line.get_data()
        assert np.isnan(heights[10]) and list(np.delete(steps, 10)) == list(range(20))
        _assert_drawn(np.delete(heights, 10), values)
    by_line = at_every_window(Point("first", 4, 20, 3, 0))
    for line, values in zip(by_window._lines, by_line, strict=True):
        _assert_drawn(line.get_ydata(), values)


def _assert_drawn(heights, values):
    """Zeros on their band below all other numbers, which are where they are."""
    assert (heights[values > 0] == values[values > 0]).all()
    zeros = heights[values == 0]
    assert ((HEIGHTS[0] < zeros) & (zeros < NOTHING)).all()


def test_rounding_is_not_taken_for_a_change():
    assert list(answers._without_rounding(np.array([3e-16, 0.0, 2e-14]))) == [0, 0, 2e-14]


def test_the_colours_tell_oneself_from_others_and_fade():
    at(streams=2, model=LOOP)
    cells = DRAWN.panels[0]._cells.get_array()
    assert (cells[1, 0] == 1).all()  # white: nothing is heard
    red, _, blue = cells[0, 1]  # of the leak
    assert red > blue and cells[0, 0][2] > cells[0, 0][0]
