"""Predictions and messages in a real page: by keyboard, and with words that can be read."""

from playwright.sync_api import expect

CELLS = (
    "from utils import check, predict, recall\npredict('00.future')",
    "check('00.causal', lambda x, window: x)",
    "import numpy as np\n"
    "check('00.causal', lambda x, window: "
    "np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))]))",
    "recall('00.future')",
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
