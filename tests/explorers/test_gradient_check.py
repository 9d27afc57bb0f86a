"""Lesson 04's explorer without a page: what it computes, what it says, and what it draws anew."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from utils.explorers.gradient_check import checking
from utils.explorers.gradient_check.panels import BUG, FLOAT32, KINDS, LEAST_ERROR, MENDED
from utils.explorers.panel import Figure
from utils.explorers.wording import count
from utils.puzzles import gradient_check as puzzle

ROOT = Path(__file__).parents[2]
EXPLORER = checking.explorer()
START = {"seed": 0, "units": 5, "timesteps": 60, "forget_bias": 0, "delta": 1e-5}


def at(**values):
    """The sentence where the controls stand at these values."""
    for name, value in {**START, **values}.items():
        EXPLORER.controls[name].value = value
    assert EXPLORER._status.value == ""
    return EXPLORER.sentence


def curves(*sizes, deltas=checking.DELTAS):
    """The norm errors of the three checks, kind -> [deltas]."""
    return {kind: check.norm_errors() for kind, check in checking.checks(*sizes, deltas).items()}


def by_the_program(kind, inputs, targets, p, delta):
    """One check's gradients, element by element, with the program's own passes."""
    h, c = puzzle.start(p)
    outputs, h_T, c_T, caches = puzzle.forward(inputs, h, c, p)
    analytic = puzzle.backward(outputs, targets, caches, p)
    if kind == BUG:
        h, c = h_T, c_T
    numerical = {name: np.empty_like(values) for name, values in p.items()}
    for name, values in p.items():
        for i, old in np.ndenumerate(values):
            losses = []
            for sign in (1, -1):
                values[i] = old + sign * p["by"].dtype.type(delta)
                losses.append(puzzle.loss(puzzle.forward(inputs, h, c, p)[0], targets))
            values[i] = old
            numerical[name][i] = (losses[0] - losses[1]) / (2 * delta)
    return analytic, numerical


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sizes", [(3, 2, 5, 1), (0, 3, 10, -2)])
def test_its_checks_are_those_of_the_program(kind, sizes):
    seed, units, timesteps, forget_bias = sizes
    delta = 1e-2 if kind == FLOAT32 else 1e-4
    dtype = np.float32 if kind == FLOAT32 else np.float64
    p = puzzle.parameters(seed, units, forget_bias, dtype)
    inputs, targets = (values.astype(dtype) for values in puzzle.sine(timesteps))
    found = checking.checks(*sizes, (delta,))[kind]
    rough = {"rtol": 1e-3, "atol": 1e-3} if kind == FLOAT32 else {"rtol": 1e-7, "atol": 1e-9}
    for ours, theirs in zip(
        (found.analytic, found.at(0)),
        by_the_program(kind, inputs, targets, p, delta),
        strict=True,
    ):
        assert set(ours) == set(theirs)
        for name in ours:
            assert ours[name].dtype == dtype
            np.testing.assert_allclose(ours[name], theirs[name], **rough)


@pytest.mark.parametrize("seed", [0, 7, 19])
def test_the_curves_are_those_of_the_puzzle(seed):
    """An error that ignores delta with the bug, and a valley between bend and rounding without."""
    found = curves(seed, 5, 60, 0)
    small = found[BUG][:-1]  # at 1e-1 the bend shows a little
    assert small.max() < 1.05 * small.min() and small.min() > 1e-3
    deltas = np.array(checking.DELTAS)
    for kind, best in ((MENDED, 1e-5), (FLOAT32, 1e-2)):
        lowest = deltas[np.argmin(found[kind])]
        assert best / 10 <= lowest <= best * 10
        assert 10 * found[kind].min() < min(found[kind][0], found[kind][-1])
    slopes = np.diff(np.log10(found[MENDED]))
    assert slopes[-3:] == pytest.approx(2, abs=0.1)  # truncation
    assert slopes[:3] == pytest.approx(-1, abs=0.3)  # round-off


def test_the_longer_the_memory_the_worse_the_bug_and_no_longer_window_is_worse():
    def median(timesteps, forget_bias):
        return np.median(
            [curves(seed, 5, timesteps, forget_bias, deltas=(1e-5,))[BUG] for seed in range(8)]
        )

    by_bias = [median(60, bias) for bias in (-3, 0, 1, 3)]
    assert by_bias == sorted(by_bias) and by_bias[-1] > 30 * by_bias[0]
    by_window = [median(timesteps, 0) for timesteps in (5, 60, 400)]
    assert by_window == sorted(by_window, reverse=True) and by_window[0] > 10 * by_window[-1]


@pytest.mark.parametrize("forget_bias", [-3, 0, 5])
def test_what_is_left_is_the_distance_between_two_runs_of_the_program(forget_bias):
    inputs, _ = puzzle.sine(20)
    p = puzzle.parameters(2, 3, forget_bias)
    right = puzzle.start(p)
    _, *wrong, _ = puzzle.forward(inputs, *right, p)
    apart = [np.linalg.norm(np.subtract(wrong, right))]
    for x in inputs:
        right, wrong = puzzle.step(x, *right, p)[1:3], puzzle.step(x, *wrong, p)[1:3]
        apart.append(np.linalg.norm(np.subtract(wrong, right)))
    left = checking.left(2, 3, 20, forget_bias)
    assert left == pytest.approx(np.array(apart) / apart[0], rel=1e-9)
    at(seed=2, units=3, timesteps=20, forget_bias=forget_bias)
    assert EXPLORER.panels[3]._left.get_ydata() == pytest.approx(np.maximum(left, 1e-8))
    gate = EXPLORER.panels[3]._gate.get_ydata()
    assert gate[1] / gate[0] == pytest.approx(puzzle.sigmoid(forget_bias))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"seed": 4, "units": 3, "timesteps": 20, "forget_bias": 5, "delta": 1e-2},
        {"seed": 11, "units": 8, "timesteps": 20, "forget_bias": -3, "delta": 1e-8},
    ],
)
def test_the_sentence_says_what_was_computed(values):
    sentence = at(**values)
    point = checking.Point(**EXPLORER.values)
    seed, units, timesteps, forget_bias, delta = {**START, **values}.values()
    bias = str(forget_bias).replace("-", "−")
    assert sentence.startswith(
        f"Seed {seed}, {units} units, {timesteps} timesteps, forget bias {bias}, delta {delta:.0e}"
        .replace("e-0", "e-")
    )  # fmt: skip
    found, k = checking.checks(*point.network, point.deltas), point.deltas.index(delta)
    said = re.search(r"is (\S+) with the bug, (\S+) mended, (\S+) mended in float32\.", sentence)
    for words, kind in zip(said.groups(), KINDS, strict=True):
        error = puzzle.norm_error(found[kind].analytic, found[kind].at(k))
        assert float(words) == pytest.approx(error, rel=0.06)
    fails = re.search(r"Of (\d+) parameters (\d+) fail 1e-7 .* bug and (\d+) mended; (\d+) and "
                      r"(\d+) fail 1e-5\.", sentence)  # fmt: skip
    total, *numbers = map(int, fails.groups())
    assert total == point.parameters == sum(w.size for w in puzzle.parameters(0, units).values())
    for number, (tolerance, kind) in zip(
        numbers, itertools.product((1e-7, 1e-5), (BUG, MENDED)), strict=True
    ):
        check = found[kind]
        assert number == round(total * puzzle.share_failing(check.analytic, check.at(k), tolerance))
    assert len(sentence) < 400


def test_the_sentence_says_when_the_start_is_gone_or_how_much_is_left():
    said = set()
    for forget_bias in checking.OPTIONS["forget_bias"]:
        sentence = at(forget_bias=forget_bias)
        left = checking.left(0, 5, 60, forget_bias)
        gone = next((step for step in range(61) if (left[step:] < 0.01).all()), None)
        if gone is None:
            words = f"After the last step {100 * left[-1]:.0f} % of the wrong start is left."
        else:
            words = f"Less than 1 % of the wrong start is left after {count(gone, 'step')}."
        assert sentence.endswith(words)
        said.add(gone is None)
    assert said == {True, False}


def test_fewer_deltas_are_tried_at_large_sizes_and_the_sentence_says_so():
    seen = set()
    for units, timesteps in itertools.product(
        checking.OPTIONS["units"], checking.OPTIONS["timesteps"]
    ):
        for delta in checking.DELTAS:
            point = checking.Point(0, units, timesteps, 0, delta)
            tried = point.deltas
            assert delta in tried and list(tried) == sorted(set(tried))
            assert set(tried) <= set(checking.DELTAS)
            assert len(tried) <= 2 or (len(tried) - 1) * point.work <= checking.BUDGET
            if units <= 5 and timesteps <= 60:
                assert tried == checking.DELTAS
            seen.add(len(tried))
    assert {1, 3, 4, 5, 6, 10} == seen
    assert "best delta is 1e-5" in at()
    assert "best delta of the 4 tried at this size is" in at(timesteps=60, units=16, delta=1e-3)
    assert "At this size one delta is tried at a time." in at(timesteps=100, units=16)


def test_sliders_keep_the_axes():
    at()
    before = [panel.full_draws for panel in EXPLORER.panels]
    for values in [{"seed": 3}, {"units": 1}, {"forget_bias": 5}, {"delta": 1e-9},
                   {"timesteps": 20}, {}]:  # fmt: skip
        at(**values)
    assert [panel.full_draws for panel in EXPLORER.panels] == before


def test_each_control_changes_the_picture():
    at()
    start = [picture.value for picture in EXPLORER._pictures]
    for values in [{"seed": 3}, {"units": 1}, {"forget_bias": 5}, {"delta": 1e-9},
                   {"timesteps": 20}]:  # fmt: skip
        at(**values)
        assert [picture.value for picture in EXPLORER._pictures] != start
    assert at() and [picture.value for picture in EXPLORER._pictures] == start


@pytest.mark.parametrize("values", [{}, {"timesteps": 2, "units": 1}, {"forget_bias": 5, "seed": 3},
                                    {"forget_bias": -3, "delta": 1e-1, "units": 8}])  # fmt: skip
def test_every_mark_is_on_its_axes_and_none_is_missing(values):
    at(**values)
    point = checking.Point(**EXPLORER.values)
    for panel, kinds, marks in zip(EXPLORER.panels, (3, 2, 3, 2), (
        len(point.deltas), point.parameters, point.parameters, point.timesteps + 1
    ), strict=True):  # fmt: skip
        axes = panel.figure.axes[0]
        lines = [artist for artist in panel._kept if len(artist.get_xdata()) != 2 or marks == 2]
        assert len(lines) == kinds
        for line in lines:
            assert len(line.get_xdata()) == marks
            for drawn, (low, high) in (
                (line.get_xdata(), axes.get_xlim()),
                (line.get_ydata(), axes.get_ylim()),
            ):
                assert np.isfinite(drawn).all()
                assert (drawn >= low).all() and (drawn <= high).all()


def test_a_parameter_lies_in_its_own_block():
    at(units=3)
    found = checking.checks(0, 3, 60, 0, checking.DELTAS)[MENDED]
    errors = puzzle.relative_errors(found.analytic, found.at(checking.DELTAS.index(1e-5)))
    marks = EXPLORER.panels[2]._marks[MENDED]
    axes = EXPLORER.panels[2].figure.axes[0]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names == list(puzzle.parameters(0))
    for k, name in enumerate(names):
        here = np.abs(np.asarray(marks.get_xdata()) - k) < 0.5
        drawn = np.asarray(marks.get_ydata())[here]
        assert drawn == pytest.approx(np.maximum(errors[name].ravel(), LEAST_ERROR))


def test_every_picture_has_its_alternative_text():
    at(seed=1, forget_bias=-2)
    by_delta, gradients, by_block, left = (panel.alt for panel in EXPLORER.panels)
    found = curves(1, 5, 60, -2)
    assert f"With the bug: {found[BUG][0]:.2g} at 1e-10, " in by_delta
    assert by_delta.count(" at 1e-5") == 3 and by_delta.endswith(" at 1e-1.")
    assert re.search(r"146 parameters.* Opposite in sign: with the bug \d+, mended 0\.", gradients)
    assert by_block.count(": Wf ") == by_block.count(", by ") == 3
    remains = checking.left(1, 5, 60, -2)
    assert f": {remains[1]:.2g} after 1, {remains[2]:.2g} after 2, " in left
    assert left.endswith("A forget gate at its bias keeps 0.12 a step.")


def test_the_panels_draw_on_a_plain_figure_too():
    figure = Figure(figsize=(8, 6))
    panels = [
        panel(part)
        for panel, part in zip(checking.PANELS, figure.subfigures(2, 2).ravel(), strict=True)
    ]
    assert checking.drawing_on(*panels)(START, None) == at()


def test_moving_a_slider_draws_no_global_random_number():
    np.random.seed(5)
    before = np.random.get_state()[1].tobytes()
    at(seed=9, units=2)
    assert np.random.get_state()[1].tobytes() == before


def test_the_explorer_loads_no_tensorflow():
    program = (
        "import sys; from utils.explorers.gradient_check import checking\n"
        "explorer = checking.explorer(); explorer.controls['seed'].value = 1\n"
        "heavy = {'tensorflow', 'keras', 'tf_keras', 'pandas', 'matplotlib.pyplot'}\n"
        "sys.exit(f'loaded: {heavy}' if heavy & set(sys.modules) else 'Seed 1,' not in "
        "explorer.sentence)"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
