"""Each lesson as a learner meets it: run untouched, worked by keyboard, scanned with axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from utils.benchmarks.browser import ROOT, Shown

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, course, chrome):
    """A lesson's notebook after Run All."""
    page = chrome.new_page(viewport={"width": 1280, "height": 1000})
    notebook = course.open(page, f"notebooks/{request.param}")
    notebook.name = request.param.removesuffix(".ipynb")
    notebook.run_all()
    yield notebook
    notebook.close()


def explorers(notebook):
    """Those of a lesson; none where its source asks for none."""
    source = (ROOT / "lessons" / f"{notebook.name}.py").read_text(encoding="utf-8")
    if not re.search(r"^explore\(", source, re.MULTILINE):
        return []
    notebook.page.wait_for_selector(".course-explorer img")
    number = notebook.page.locator(".course-explorer").count()
    return [Shown(notebook.page, n) for n in range(number)]


def test_runs_untouched_without_an_error(lesson):
    assert lesson.failures() == []


def test_shows_its_explorer_with_named_pictures(lesson):
    for explorer in explorers(lesson):
        assert explorer.pictures.evaluate_all("all => all.every(i => i.complete && i.alt)")
        assert explorer.sentence.inner_text()
        assert explorer.sentence.get_attribute("role") == "status"


def test_every_slider_moves_by_keyboard_and_the_sentence_follows(lesson):
    for explorer in explorers(lesson):
        for handle in explorer.root.get_by_role("slider").all():
            label = handle.get_attribute("aria-label")
            before, sources = explorer.sentence.inner_text(), explorer.sources()
            at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
            explorer.press(label, "ArrowLeft" if at_end else "ArrowRight")
            expect(explorer.sentence).not_to_have_text(before)
            value = handle.get_attribute("aria-valuetext")
            expect(explorer.sentence).to_have_text(re.compile(rf"\b{re.escape(value)}\b"))
            assert explorer.sources() != sources, f"{label}: the picture did not change"
            expect(explorer.status).to_be_empty()


def test_every_choice_moves_by_keyboard_and_the_sentence_follows(lesson):
    for explorer in explorers(lesson):
        for choice in explorer.root.get_by_role("combobox").all():
            before = explorer.sentence.inner_text()
            choice.focus()
            lesson.page.keyboard.press("ArrowDown")
            expect(explorer.sentence).not_to_have_text(before)


def test_its_outputs_pass_an_axe_scan(lesson):
    found = Axe().run(lesson.page, context=".jp-Cell-outputArea")
    assert found.response["testEngine"]["name"] == "axe-core"
    bad = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:300]}"
        for rule in found.response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not bad, "\n".join(bad)


def test_looks_right_in_both_themes_and_two_widths(lesson, artefacts):
    """Nothing sticks out of the page; the pictures are kept to be looked at."""
    page = lesson.page
    for theme in ("Light", "Dark"):
        lesson.command("apputils:change-theme", theme=f"JupyterLab {theme}")
        light = str(theme == "Light").lower()
        page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        for width in (800, 1280):
            page.set_viewport_size({"width": width, "height": 2400})  # the whole explorer in view
            for explorer in explorers(lesson):
                explorer.root.scroll_into_view_if_needed()
                name = f"{lesson.name}-{theme.lower()}-{width}.png"
                explorer.root.screenshot(path=artefacts / name)
                room = explorer.root.evaluate("e => e.closest('.jp-OutputArea').clientWidth")
                for picture in explorer.pictures.all():
                    assert picture.bounding_box()["width"] <= room
    lesson.command("apputils:change-theme", theme="JupyterLab Light")
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_leaves_the_console_without_errors(lesson):
    """Last, so that it hears of everything above."""
    assert lesson.errors == []
