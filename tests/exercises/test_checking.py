"""What `check` and `hint` show: verdicts, misuse, the ladder; as text and as HTML."""

import numpy as np
import pytest

from utils.exercises import checking, remembering, running, showing
from utils.exercises.exercise import Exercise, Verdict, not_yet, right


def judge_sign(answer):
    if answer < 0:
        return not_yet("negative", value=answer)
    return not_yet("zero") if answer == 0 else right(value=answer)


SIGN = Exercise(
    "77.sign",
    "Hand in a number above zero.",
    judge_sign,
    {"negative": "You gave {value}. It matters. Look.", "zero": "Zero is `0`. It matters. Look."},
    ("first rung", "second rung", "third rung"),
    {"negative": "look at the sign"},
    "Yes, {value} is above zero.",
)


@pytest.fixture(autouse=True)
def only_sign(monkeypatch):
    monkeypatch.setattr(checking.registry, "exercises", lambda: {SIGN.id: SIGN})


@pytest.fixture
def check(capsys):
    def check(*args, call=checking.check):
        assert call(*args) is None
        return capsys.readouterr().out

    return check


@pytest.fixture
def hint(check):
    return lambda *args: check(*args, call=checking.hint)


def test_the_three_outcomes_are_told_in_words(check):
    assert check("77.sign", 3).startswith("✔ Exercise 77.sign: right\nYes, 3 is above zero.")
    assert check("77.sign", -3).startswith("… Exercise 77.sign: not yet\nYou gave -3.")
    assert check("77.sign", ...).startswith("○ Exercise 77.sign: not answered yet\nHand in a")
    assert check("77.sign", [1, ...]).startswith("○ Exercise 77.sign: not answered yet")


@pytest.mark.parametrize(
    ("args", "part"),
    [
        ((), "needs the exercise's id"),
        (("77.sign",), 'check("77.sign", …)'),
        ((3, "77.sign"), "id comes first and the answer second"),
        ((3, 4), "as a text"),
        (("77.sing", 3), "The nearest ids are `77.sign`"),
        (("", 3), "The nearest ids are `77.sign`"),
        ((np.arange(3), np.arange(3)), "as a text"),
    ],
)
def test_a_call_that_cannot_be_meant_so_gets_a_sentence(check, args, part):
    shown = check(*args)
    assert part in shown
    assert remembering.recorded()["exercises"] == {}


def test_an_untouched_exercise_is_no_try(check):
    check("77.sign", ...)
    assert remembering.recorded()["exercises"] == {}


def test_what_was_solved_stays_solved(check):
    check("77.sign", 3)
    check("77.sign", -3)
    record = remembering.recorded()["exercises"]["77.sign"]
    assert (record["outcome"], record["tries"], record["message"]) == ("right", 2, "negative")


def test_hints_go_rung_by_rung_and_end_at_the_solution(hint):
    shown = [hint("77.sign") for _ in range(5)]
    assert "Hint 1 of 3" in shown[0] and "first rung" in shown[0]
    assert "Hint 2 of 3" in shown[1] and "second rung" in shown[1]
    assert "Hint 3 of 3" in shown[2] and "third rung" in shown[2]
    assert "solutions" in shown[3] and "begins with 77" in shown[3]
    assert shown[4] == shown[3]


def test_the_wrong_answer_recognised_last_chooses_the_next_rung(check, hint):
    hint("77.sign")
    check("77.sign", -1)
    shown = hint("77.sign")
    assert "Hint 2 of 4" in shown and "look at the sign" in shown
    assert "second rung" in hint("77.sign")
    check("77.sign", 0)
    assert "Hint 4 of 4" in hint("77.sign")
    assert "No further hint" in hint("77.sign")


def test_hints_that_the_file_knows_and_the_course_no_longer_has_do_no_harm(hint):
    def change(state):
        remembering.exercise_record(state, "77.sign")["rungs"] = ["#9", "gone", "#0"]

    remembering.record(change)
    assert "Hint 2 of 3" in hint("77.sign")


def test_a_faulty_course_says_so(check, monkeypatch):
    def broken():
        raise ValueError("01.x has an empty hint.")

    monkeypatch.setattr(checking.registry, "exercises", broken)
    shown = check("77.sign", 1)
    assert "the course's fault" in shown and "01.x has an empty hint." in shown


def loud(answer):
    print("<b>loud</b>\n" * 40)
    return not_yet("negative", value="<script>alert(1)</script> & `x`")


def test_what_an_answer_says_is_quoted_and_escaped(monkeypatch):
    seen = []
    exercise = Exercise(**{**vars(SIGN), "judge": loud})
    monkeypatch.setattr(checking.registry, "exercises", lambda: {SIGN.id: exercise})
    monkeypatch.setattr(checking, "show", lambda note, **about: seen.append((note, about)))
    checking.check("77.sign", 1)
    ((note, about),) = seen
    html = showing.as_html(note)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "<b>loud" not in html and html.count("&lt;b&gt;loud") == 12
    assert "… and more" in showing.as_text(note)
    assert about == {"exercise": "77.sign", "outcome": "not_yet", "message": "negative"}


@pytest.mark.parametrize("kind", showing.SIGNS)
def test_no_kind_of_note_rests_on_colour_alone(kind):
    note = showing.Note(
        kind, "A title", ("One.", "Two `x < y`."), "Quoted:", "1 < 2\n", (("a", "b"),)
    )
    html, text = showing.as_html(note), showing.as_text(note)
    assert 'role="status"' in html and "A title" in html and "<code>x &lt; y</code>" in html
    assert "background" not in html, "the theme's own background shows through"
    assert text.splitlines()[0].endswith("A title")
    assert "  | 1 < 2" in text


def test_the_first_slow_import_is_mentioned_once(check, monkeypatch):
    ruling = running.Ruling(Verdict("right", "", {"value": 1}), imports={"tensorflow": 5.2})
    monkeypatch.setattr(running, "run", lambda *_: ruling)
    monkeypatch.setattr(checking, "_said", set())
    assert "imports tensorflow, which took 5 s" in check("77.sign", 1)
    assert "tensorflow" not in check("77.sign", 1)
