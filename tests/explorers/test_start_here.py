"""Lesson 00's explorer without a page."""

from utils.explorers import start_here


def test_its_sentence_follows_its_controls():
    explorer = start_here.explorer()
    assert explorer.sentence == (
        "With window 3, centred, output 3 hears inputs 2–4: one of them lies in its future."
    )
    explorer.controls["smoother"].value = "causal"
    assert explorer.sentence == (
        "With window 3, causal, output 3 hears inputs 1–3: none of them lie in its future."
    )
    explorer.controls["window"].value = 1
    assert "output 3 hears input 3: nothing else, so nothing of its future." in explorer.sentence


def test_no_column_crosses_a_word_of_the_map():
    explorer = start_here.explorer()
    panel = explorer.panels[0]
    axes = panel.figure.axes[0]
    words = [text for text in axes.texts if text.get_text()]
    assert words
    for output in (0, 5, start_here.DAYS - 1):
        explorer.controls["output"].value = output
        renderer = panel.canvas.get_renderer()
        column = panel._column.get_window_extent(renderer)
        for text in [*words, axes.title, axes._left_title]:
            assert not column.overlaps(text.get_window_extent(renderer)), text.get_text()
