"""`predict` locks a choice before the evidence, `look_back` repeats it; also without widgets."""

from dataclasses import replace

import pytest

from utils.exercises import predicting, remembering
from utils.exercises.exercise import Prediction

COIN = Prediction(
    "77.coin",
    "Which side?",
    {"a": "Heads, <b>surely</b>.", "b": "Tails."},
    {"a": "It showed heads.", "b": "It showed heads, this time."},
)


@pytest.fixture(autouse=True)
def only_coin(monkeypatch):
    monkeypatch.setattr(predicting.registry, "predictions", lambda: {COIN.id: COIN})


@pytest.fixture
def shown(capsys):
    def shown(call, *args, **kwargs):
        assert call(*args, **kwargs) is None
        return capsys.readouterr().out

    return shown


def locked():
    return remembering.recorded()["predictions"]


def test_the_question_locks_nothing(shown):
    text = shown(predicting.predict, "77.coin")
    assert "Which side?" in text and "b) Tails." in text and 'predict("77.coin", "a")' in text
    assert "It showed" not in text
    assert locked() == {}


@pytest.mark.parametrize("letter", ["b", "B", " b "])
def test_a_letter_locks_for_good(shown, letter):
    assert "You chose b) Tails." in shown(predicting.predict, "77.coin", letter)
    assert "You chose b) Tails." in shown(predicting.predict, "77.coin", "a")
    assert "You chose b) Tails." in shown(predicting.predict, "77.coin")
    assert locked() == {"77.coin": "b"}


def test_reset_opens_it_again(shown):
    shown(predicting.predict, "77.coin", "b")
    assert "b) Tails." in shown(predicting.predict, "77.coin", reset=True)
    assert locked() == {}
    shown(predicting.predict, "77.coin", "a")
    assert locked() == {"77.coin": "a"}


@pytest.mark.parametrize("letter", ["c", "", 3, "ab", ["a"]])
def test_a_letter_that_is_none_of_them_locks_nothing(shown, letter):
    assert 'are "a", "b". Nothing is locked.' in shown(predicting.predict, "77.coin", letter)
    assert locked() == {}


@pytest.mark.parametrize("args", [(), (3,), ("77.cion",), (None,)])
@pytest.mark.parametrize("call", [predicting.predict, predicting.look_back])
def test_an_unknown_question_gets_a_sentence(shown, call, args):
    assert "The nearest ids are `77.coin`" in shown(call, *args)


def test_looking_back_before_a_choice_spoils_nothing(shown):
    text = shown(predicting.look_back, "77.coin")
    assert "have not locked a choice" in text
    assert "It showed" not in text


def test_looking_back_puts_the_choice_beside_the_evidence(shown):
    shown(predicting.predict, "77.coin", "b")
    text = shown(predicting.look_back, "77.coin")
    assert "You predicted b: Tails." in text
    assert "It showed heads, this time." in text


def test_a_choice_that_the_course_no_longer_offers_is_open_again(shown):
    remembering.record(lambda state: state["predictions"].update({"77.coin": "z"}))
    assert "b) Tails." in shown(predicting.predict, "77.coin")
    shown(predicting.predict, "77.coin", "b")
    assert locked() == {"77.coin": "b"}


@pytest.fixture
def widget(monkeypatch):
    """The parts of the question as widgets: (choices, button, status, text for readers without)."""
    import ipywidgets

    boxes, bundles = [], []

    class Box(ipywidgets.VBox):
        def __init__(self, children):
            super().__init__(children)
            boxes.append(children)

    monkeypatch.setattr(ipywidgets, "VBox", Box)
    monkeypatch.setattr(predicting, "in_ipython", lambda: True)
    monkeypatch.setattr(
        predicting, "display_bundle", lambda bundle, **about: bundles.append(bundle)
    )
    predicting.predict("77.coin")
    _, choices, button, status = boxes[0]
    assert [set(bundle) & {"text/html"} for bundle in bundles] == [set(), {"text/html"}]
    return choices, button, status, bundles[0]["text/plain"]


def test_the_widget_asks_and_locks_only_on_the_button(widget):
    choices, button, status, text = widget
    assert choices.value is None
    assert "Which side?" in text and "b) Tails." in text
    button.click()
    assert "Choose one of the answers first" in status.value
    choices.value = "b"
    assert locked() == {}
    button.click()
    assert locked() == {"77.coin": "b"}
    assert "You chose b) Tails." in status.value
    assert choices.disabled and button.description == "Locked"
    button.click()
    assert locked() == {"77.coin": "b"}


def test_the_widget_shows_what_another_notebook_has_locked_meanwhile(widget):
    choices, button, status, _ = widget
    choices.value = "b"
    remembering.record(lambda state: state["predictions"].update({"77.coin": "a"}))
    button.click()
    assert locked() == {"77.coin": "a"}
    assert choices.value == "a"
    assert "&lt;b&gt;surely&lt;/b&gt;" in status.value


def test_code_in_a_choice_is_code_where_it_can_be_and_has_no_backticks_on_the_button(
    monkeypatch, request
):
    coded = replace(COIN, choices={"a": "`axes`: who hears whom?", "b": "Tails."})
    monkeypatch.setattr(predicting.registry, "predictions", lambda: {COIN.id: coded})
    choices, button, status, _ = request.getfixturevalue("widget")
    assert choices.options[0] == ("a) axes: who hears whom?", "a")
    choices.value = "a"
    button.click()
    assert "<code>axes</code>: who hears whom?" in status.value


def test_an_exception_behind_the_button_is_shown(widget, monkeypatch):
    choices, button, status, _ = widget
    choices.value = "b"
    monkeypatch.setattr(predicting.remembering, "record", lambda _: 1 / 0)
    button.click()
    assert "course&#x27;s fault" in status.value and "ZeroDivisionError" in status.value


def test_a_choice_that_the_page_held_back_until_after_the_click_is_the_one_that_is_locked(widget):
    choices, button, status, _ = widget
    choices.value = "a"
    button.click()
    choices.value = "b"  # was made before the click, and came while the kernel was busy with it
    assert locked() == {"77.coin": "b"}
    assert "You chose b) Tails." in status.value


def test_what_another_notebook_has_locked_outlives_a_choice_that_was_held_back(widget):
    choices, button, _, _ = widget
    choices.value = "b"
    remembering.record(lambda state: state["predictions"].update({"77.coin": "a"}))
    button.click()
    choices.value = "b"
    assert locked() == {"77.coin": "a"}
