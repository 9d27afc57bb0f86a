"""The page of the five questions on paper, and on a narrow dark screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from utils.puzzles.bug_hunt.five_questions import FIVE_QUESTIONS


@pytest.fixture
def page(chrome, tmp_path):
    opened = chrome.new_page(viewport={"width": 420, "height": 900})
    opened.goto(FIVE_QUESTIONS.page(tmp_path / "page.html").as_uri())
    yield opened
    opened.close()


def test_the_page_is_printed_on_one_sheet_of_a4(page):
    pdf = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/Count (\d+)", pdf) == [b"1"]
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert abs(width - 595) < 1 and abs(height - 842) < 1  # points


def test_there_is_room_left_for_other_fonts(page):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1040})  # A4 within the page's margins, 96 dpi
    height = page.evaluate("document.querySelector('main').getBoundingClientRect().height")
    assert height < 0.95 * 1040


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_cuts_nothing_off_and_it_can_be_read(page, scheme, artefacts):
    page.emulate_media(color_scheme=scheme)
    page.screenshot(path=artefacts / f"five_questions_{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    assert not Axe().run(page).response["violations"]
