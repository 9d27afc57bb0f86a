"""The path of a workshop: its minutes add up, and its cells run without the ones between them."""

import re

import jupytext
import pytest

from utils.building import lessons
from utils.building.judging_runs import faults

MARK = re.compile(r"^# ##+ .* · workshop (\d+) min$", re.MULTILINE)
LESSONS = {lesson.stem: lesson for lesson in lessons()}
MARKED = [stem for stem in LESSONS if stem != "00_start_here"]  # 00 is on the path as a whole


@pytest.mark.parametrize("stem", MARKED)
def test_the_marked_minutes_are_those_of_the_header(stem):
    lesson = LESSONS[stem]
    marked = [int(minutes) for minutes in MARK.findall(lesson.path.read_text(encoding="utf-8"))]
    assert sum(marked) == lesson.workshop


@pytest.mark.parametrize("stem", LESSONS)
def test_the_path_runs_by_itself(lesson_of, run_edition, stem):
    notebook = jupytext.read(LESSONS[stem].path)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "markdown" or "workshop" in cell.metadata.get("tags", [])
    ]
    on_the_path = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(on_the_path) >= 5
    text = jupytext.writes(notebook, fmt="py:percent")
    ran = run_edition(lesson_of(text, stem=stem, header=""), "learner")
    assert len(ran.cells) == len(on_the_path)
    assert not ran.failure, ran.failure
    assert not [fault for fault in faults(ran) if "not answered" not in fault]
