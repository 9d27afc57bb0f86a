import numpy as np
import pytest

from utils.instruments.curves import curves


def test_the_end_is_the_mean_of_the_last_tenth():
    losses = np.concatenate([np.full(90, 5.0), np.full(10, 0.7)])
    assert curves(losses).end("loss") == pytest.approx(0.7)


def test_the_sentence_names_the_highest_floor_that_was_not_passed():
    ends = {"plateau": 0.70, "blind": 1.3862, "between": 1.30, "through": 0.02}
    shown = curves(
        {name: np.full(50, end) for name, end in ends.items()},
        floors={"ln 2": np.log(2), "ln 4": np.log(4)},
    )
    assert shown.sentence == (
        "“plateau” ends at 0.700, 0.007 above ln 2 (0.693). "
        "“blind” ends at 1.386, at ln 4 (1.386). "
        "“between” ends at 1.300, 0.607 above ln 2 (0.693). "
        "“through” ends at 0.020, below ln 2 (0.693)."
    )


def test_a_diverged_training_is_called_that():
    assert "diverged" in curves([1.0, np.nan]).sentence
    assert "diverged" in curves([1.0, np.inf]).sentence


def test_without_floors_the_end_stands_alone():
    assert curves([0.5]).sentence == "“loss” ends at 0.500."


@pytest.mark.parametrize("wrong", [[], [[1.0, 2.0]], 3.0])
def test_what_is_no_curve_gets_a_sentence(wrong):
    with pytest.raises(ValueError, match="expected one loss a step"):
        curves({"odd": wrong})


@pytest.mark.parametrize("steps", [1, 2, 59, 60, 61, 3000])
def test_the_drawn_mean_keeps_to_the_steps_and_to_the_values(steps):
    losses = np.linspace(2, 1, steps)
    line = curves(losses).plot().axes[0].lines[0]
    assert line.get_xdata().min() >= 0 and line.get_xdata().max() <= steps
    assert line.get_ydata().min() >= 1 and line.get_ydata().max() <= 2
    middle = np.interp(line.get_xdata(), np.arange(steps) + 0.5, losses)
    assert line.get_ydata() == pytest.approx(middle, abs=0.02)


def test_a_notebook_shows_the_picture_with_its_words():
    shown = curves({"a < b": [1.0, 0.5]}, floors={"zero": 0})._repr_mimebundle_()
    assert shown["text/plain"] in shown["text/html"].replace("&lt;", "<")
    assert 'alt="Loss by step: a &lt; b.' in shown["text/html"]


@pytest.mark.parametrize("log", [False, True])
def test_every_curve_and_every_floor_is_drawn_and_told_apart_without_colour(log):
    names = ["a", "b", "c", "d"]
    shown = curves({name: np.full(9, 1.0) for name in names}, {"f": 0.5, "g": 0.1}, log)
    axes = shown.plot().axes[0]
    labelled = [line for line in axes.lines if line.get_label() in names]
    assert len({line.get_linestyle() for line in labelled}) == 4
    assert {text.get_text() for text in axes.texts} == {"f", "g"}


@pytest.mark.parametrize(
    ("losses", "floors", "words"),
    [
        ({}, None, "There is no curve"),
        ({"a": ["low"]}, None, "The curve 'a' is .* expected numbers"),
        ([1.0], [1], r"floors is \[1\]; expected name -> loss"),
        ([1.0], {"a": np.nan}, "The floor 'a' is nan; expected one finite number"),
        ([1.0], {"a": [1, 2]}, "expected one finite number"),
        ([1.0], {"a": "low"}, "The floor 'a' is 'low'; expected numbers"),
    ],
)
def test_what_is_no_number_gets_a_sentence(losses, floors, words):
    with pytest.raises(ValueError, match=words):
        curves(losses, floors)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(
    "losses",
    [[1.0, 0, -1], [0.0, -1], [-3.0, -2], [np.nan] * 3, [1.0, np.inf, -np.inf, 2] * 40],
)
def test_any_loss_is_drawn_without_a_warning(losses, log):
    shown = curves({1: losses}, {0: 0, 2: -2.5}, log)
    assert "1" in shown.sentence
    assert shown._repr_mimebundle_()["text/html"]
    axes = shown.plot().axes[0]
    finite = [loss for loss in losses if np.isfinite(loss)]
    assert axes.get_yscale() == ("log" if log and max(finite, default=0) > 0 else "linear")
    bottom, top = axes.get_ylim()
    assert bottom < top
    if axes.get_yscale() == "linear" and len(losses) < 60:
        assert all(bottom <= loss <= top for loss in finite)
