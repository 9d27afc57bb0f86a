"""Predictions and messages in a real page: by keyboard, and with words that can be read."""

from playwright.sync_api import expect

CELLS = (
    "from utils import check, predict, look_back\npredict('00.future')",
    "check('00.causal', lambda x, window: x)",
    "import numpy as np\n"
    "check('00.causal', lambda x, window: "
    "np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]))",
    "look_back('00.future')",
)


def test_a_prediction_is_locked_by_keyboard_and_recalled(open_cells):
    notebook = open_cells(*CELLS)
    notebook.run(0)
    page = notebook.page
    page.get_by_role("radio").nth(1).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Lock it in").press("Enter")
    expect(page.get_by_text("You chose b)")).to_be_visible()
    notebook.run(3)
    expect(page.get_by_text("You predicted b:")).to_be_visible()
    assert notebook.errors == []


def test_arrow_keys_move_within_the_choices_and_enter_locks(open_cells):
    notebook = open_cells("from utils import predict\npredict('00.future', reset=True)", "")
    notebook.run(0)
    page = notebook.page
    group = page.get_by_role("radiogroup", name="Predict 00.future")
    choices = group.get_by_role("radio")
    active = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
    before = page.evaluate(active)
    choices.first.focus()
    page.keyboard.press("Space")
    expect(choices.first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_checked()
    expect(choices.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(choices.nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lock it in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You chose b)")).to_be_visible()
    assert page.evaluate(active) == before, "no key went on to JupyterLab"
    assert notebook.errors == []


def test_a_wrong_and_a_right_answer_get_their_words(open_cells):
    notebook = open_cells(*CELLS)
    notebook.run_all()
    outcomes = [
        output["metadata"]["course"]["outcome"]
        for outputs in notebook.outputs()
        for output in outputs
        if "outcome" in output.get("metadata", {}).get("course", {})
    ]
    assert outcomes == ["not_yet", "right"]
    areas = notebook.page.locator(".jp-Cell-outputArea")
    expect(areas.nth(1)).to_contain_text("Exercise 00.causal: not yet")
    expect(areas.nth(2)).to_contain_text("Exercise 00.causal: right")
