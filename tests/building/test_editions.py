"""The two editions: what is in them, and that their bytes are the same everywhere."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from utils.building import lessons, reference_answers
from utils.building.catalogue import read_lesson
from utils.building.cells import read_cells
from utils.building.editions import build, cell_ids
from utils.building.markers import MARKER

ROOT = Path(__file__).parents[2]
ANY_LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30), max_size=6
)


def sources(data):
    return [cell.source for cell in nbformat.reads(data.decode(), as_version=4).cells]


def test_the_learners_edition_has_the_stub_and_no_answer(course):
    built = course.build()
    learner = built.notebook.decode()
    assert "fsum" not in learner
    assert "#@" not in learner
    assert "only the solution tells" not in learner
    assert 'def double(x):\n    """Twice x."""\n    if x:\n        return ...\n    return ...' in (
        sources(built.notebook)
    )


def test_the_solution_is_the_lesson_itself(course, body):
    built = course.build()
    assert sources(built.solution) == [cell.source for cell in built.cells]
    assert "only the solution tells" in built.solution.decode()
    assert built.lesson.endswith(body)


def test_a_built_notebook_is_empty_and_names_no_version(course):
    built = course.build()
    for data in (built.notebook, built.solution):
        notebook = json.loads(data)
        nbformat.validate(notebook)
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
        for cell in notebook["cells"]:
            assert cell.get("outputs", []) == []
            assert cell.get("execution_count") is None
        assert notebook["metadata"]["language_info"] == {"name": "python"}
        assert b"version" not in data
        assert b"\r" not in data
        assert data.endswith(b"}\n")
        assert not data.endswith(b"\n\n")
    assert "course" not in json.loads(built.notebook)["metadata"]
    assert json.loads(built.solution)["metadata"]["course"]["title"] == "A small lesson"


def test_ids_tell_cells_of_one_text_apart_and_lessons_too():
    twice = [("code", "x"), ("code", "x"), ("markdown", "x")]
    ids = [*cell_ids("01_a", twice), *cell_ids("02_b", twice)]
    assert len(set(ids)) == 6
    assert cell_ids("01_a", twice[:1]) == cell_ids("01_a", [("markdown", "y"), *twice])[1:2]


def test_every_line_of_an_edition_knows_its_place_in_the_lesson(course):
    course.add()
    course.write()
    built = build(course.lessons()[0])
    text = built.lesson.split("\n")
    for edition, data in (("learner", built.notebook), ("solution", built.solution)):
        for cell, numbers in zip(sources(data), built.lines(edition), strict=True):
            assert len(cell.split("\n")) == len(numbers)
            for line, number in zip(cell.split("\n"), numbers, strict=True):
                assert line.strip() in text[number - 1]


def test_windows_line_ends_build_the_same(course):
    lesson = course.add()
    built = build(lesson)
    lesson.path.write_bytes(lesson.path.read_bytes().replace(b"\n", b"\r\n"))
    assert build(lesson) == built


def test_a_byte_order_mark_builds_the_same(course):
    lesson = course.add()
    built = build(lesson)
    lesson.path.write_bytes(b"\xef\xbb\xbf" + lesson.path.read_bytes())
    assert build(lesson) == built


def test_building_what_was_built_changes_nothing(course):
    lesson = course.add()
    built = build(lesson)
    lesson.path.write_text(built.lesson, encoding="utf-8", newline="\n")
    assert build(lesson).lesson == built.lesson
    assert build(lesson).notebook == built.notebook
    assert build(lesson).solution == built.solution


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example(texts=[("code", ["", "x = 1"]), ("markdown", ["", "#"]), ("code", []), ("code", ["#"])])
@given(
    texts=st.lists(
        st.tuples(st.sampled_from(["code", "markdown"]), ANY_LINES), min_size=1, max_size=5
    )
)
def test_any_lesson_is_built_to_a_fixed_point_with_lines_in_place(course, header, texts):
    """Whatever the cells hold, a second build changes no byte, and lines are where they say."""
    blocks = []
    for kind, lines in texts:
        comment = [f"# {line}" for line in lines]
        blocks.append(
            "\n".join(["# %% [markdown]", *comment] if kind == "markdown" else ["# %%", *comment])
        )
    lesson = course.add(body="\n\n".join(blocks) + "\n")
    built = build(lesson)
    lesson.path.write_text(built.lesson, encoding="utf-8", newline="\n")
    again = build(lesson)
    assert again.lesson == built.lesson
    assert (again.notebook, again.solution) == (built.notebook, built.solution)
    on_disk = built.lesson.split("\n")
    for cell in again.cells:
        for line in cell.lines("solution"):
            assert line.text.strip() in on_disk[line.number - 1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer=st.lists(st.from_regex(r"answer_\w{1,10} = \d+", fullmatch=True), min_size=1))
def test_no_answer_reaches_the_learner(course, answer):
    lines = ["#@answer", *answer, "#@stub", "# stub = ...", "#@end"]
    built = course.build(body='# %% exercise="01.double"\n' + "\n".join(lines) + "\n")
    assert sources(built.notebook) == ["stub = ..."]
    assert "answer_" not in built.notebook.decode()
    assert all(line in built.solution.decode() for line in answer)


PROGRAM = """
import hashlib, sys
from pathlib import Path
from utils.building.catalogue import lessons
from utils.building.editions import build
for lesson in lessons(Path(sys.argv[1])):
    built = build(lesson)
    for data in (built.lesson.encode(), built.notebook, built.solution):
        print(hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize(
    "setting",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"},
    ],
)
def test_the_bytes_do_not_depend_on_the_machine(course, tmp_path, setting):
    course.add(body='# %% [markdown]\n# Größe → 大きさ\n\n# %%\nx = "é"\n')
    course.add("02_other")
    environment = {**os.environ, **setting, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(course.root)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    here = [
        hashlib.sha256(data).hexdigest()
        for built in map(build, course.lessons())
        for data in (built.lesson.encode(), built.notebook, built.solution)
    ]
    assert run.stdout.split() == here


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.stem)
def test_no_real_lesson_gives_an_answer_away(lesson):
    built = build(lesson)
    learner = "\n".join(sources(built.notebook))
    shared = "\n".join(cell.text("learner") for cell in built.kept("learner"))
    assert not any(MARKER.fullmatch(line) for line in learner.split("\n"))
    for cell in read_cells(built.lesson):
        if "answer" in cell.tags:
            assert cell.source not in learner
    for exercise, source in reference_answers(lesson).items():
        assert source not in shared, f"{exercise} is answered in the learner's edition"


def test_a_lesson_is_read_again_after_it_was_laid_out(course, body):
    lesson = course.add(body=body.replace("\n\n# %%", "\n# %%"))
    assert build(read_lesson(lesson.path)).lesson.count("\n\n# %%") >= 7
