"""Writing, checking and resetting: nothing that somebody worked on is ever lost."""

import json
import threading

import nbformat
import pytest

from utils.building.__main__ import main, run_check, run_write
from utils.building.catalogue import BuildError
from utils.building.comparing import states
from utils.building.editions import build
from utils.building.writing import keep_aside, replace, reset, write


@pytest.fixture(autouse=True)
def on_a_learners_machine(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def lesson(course):
    lesson = course.add()
    course.write()
    return lesson


def work(path, run=True, text='print("mine")'):
    """Do what a learner does: write into a cell, run it, save as JupyterLab saves."""
    notebook = nbformat.read(path, as_version=4)
    cell = notebook.cells[1]
    cell.source = text or cell.source
    if run:
        cell.execution_count = 1
        cell.outputs = [nbformat.v4.new_output("stream", text="mine\n")]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    nbformat.write(notebook, path)
    return path.read_bytes()


def copies(lesson):
    return sorted(path.name for path in lesson.root.glob("*/*.mine-*"))


def check(course, capsys):
    code = run_check(course.root, course.registered)
    out = capsys.readouterr()
    return code, out.out + out.err


def test_writing_twice_writes_once(course):
    lesson = course.add()
    assert write(lesson) == ["Wrote notebooks/01_small.ipynb.", "Wrote solutions/01_small.ipynb."]
    before = course.files()
    assert write(lesson) == []
    assert course.files() == before


def test_an_edited_lesson_rebuilds_both_editions_and_keeps_no_copy(lesson, course, body):
    edited = course.add(body=body.replace("Twice x", "Two times x"))
    assert write(edited) == ["Wrote notebooks/01_small.ipynb.", "Wrote solutions/01_small.ipynb."]
    assert "Two times x" in lesson.notebook.read_text(encoding="utf-8")
    assert copies(lesson) == []


@pytest.mark.parametrize("run", [True, False])
def test_writing_keeps_what_a_learner_did(lesson, course, run):
    mine = work(lesson.notebook, run)
    (said,) = write(lesson)
    (kept,) = copies(lesson)
    assert kept in said
    assert (lesson.notebook.parent / kept).read_bytes() == mine
    assert lesson.notebook.read_bytes() == build(lesson).notebook


def test_writing_keeps_what_is_no_notebook_any_more(lesson):
    lesson.notebook.write_bytes(b"<<<<<<< HEAD\n")
    write(lesson)
    (kept,) = copies(lesson)
    assert (lesson.notebook.parent / kept).read_bytes() == b"<<<<<<< HEAD\n"


def test_writing_keeps_a_solution_that_was_edited_outside_the_pair(lesson):
    mine = work(lesson.solution)
    write(lesson)
    (kept,) = copies(lesson)
    assert (lesson.solution.parent / kept).read_bytes() == mine


def test_outputs_of_a_solution_are_no_work(lesson):
    work(lesson.solution, text="")
    assert write(lesson) == ["Wrote solutions/01_small.ipynb."]
    assert copies(lesson) == []


def test_a_lesson_that_cannot_be_built_leaves_its_files_alone(lesson, course, body, capsys):
    before = course.files()
    course.add(body=body.replace("    #@end\n", ""))
    before["lessons/01_small.py"] = lesson.path.read_bytes()
    assert run_write(course.root, course.registered) == 1
    assert course.files() == before
    assert "This #@answer is not closed. Add #@end." in capsys.readouterr().err


def test_check_is_silent_about_what_agrees(lesson, course, capsys):
    before = course.files()
    code, said = check(course, capsys)
    assert (code, said) == (
        0,
        "Built editions: 1 lessons; lessons/, notebooks/ and solutions/ agree.\n",
    )
    assert course.files() == before


def test_check_shows_the_difference_in_readable_form(lesson, course, body, capsys):
    course.add(body=body.replace("import math", "import math as m"))
    code, said = check(course, capsys)
    assert code == 1
    assert "-import math\n+import math as m" in said
    assert "--- notebooks/01_small.ipynb\n+++ built from lessons/01_small.py" in said
    assert "Run: make notebooks" in said
    assert '"cell_type"' not in said


def test_check_writes_nothing(lesson, course, body, capsys):
    course.add(body=body.replace("import math", "import math as m"))
    before = course.files()
    check(course, capsys)
    assert course.files() == before


@pytest.mark.parametrize("run", [True, False])
def test_a_learners_work_is_no_error_but_in_ci(lesson, course, capsys, monkeypatch, run):
    work(lesson.notebook, run)
    code, said = check(course, capsys)
    assert code == 0
    assert "notebooks/01_small.ipynb: worked in, left alone." in said
    assert "make reset LESSON=01" in said
    monkeypatch.setenv("CI", "true")
    code, said = check(course, capsys)
    assert code == 1
    assert "+import math" in said


def test_a_stale_notebook_is_an_error_everywhere(lesson, course, body, capsys):
    course.add(body=body.replace("import math", "import cmath"))
    assert check(course, capsys)[0] == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda nb: nb["cells"][0].update(id="other"), "cell ids"),
        (lambda nb: nb["metadata"].update(more=1), "metadata"),
        (lambda nb: nb["cells"][0]["metadata"].update(editable=True), "the cells' metadata"),
        (lambda nb: nb["cells"][1].update(execution_count=3), "execution counts"),
    ],
)
def test_a_difference_that_no_reader_sees_is_told_in_words(lesson, course, change, words):
    notebook = json.loads(lesson.notebook.read_bytes())
    change(notebook)
    lesson.notebook.write_text(json.dumps(notebook), encoding="utf-8")
    state = states(lesson, build(lesson))[1]
    assert state.kind == "worked_in"
    assert words in state.report


def test_another_layout_of_the_json_is_stale(lesson):
    lesson.notebook.write_text(json.dumps(json.loads(lesson.notebook.read_bytes())))
    state = states(lesson, build(lesson))[1]
    assert (state.kind, state.fails(strict=False)) == ("stale", True)
    assert "the layout of the JSON" in state.report


def test_a_missing_notebook_is_an_error(lesson, course, capsys):
    lesson.solution.unlink()
    code, said = check(course, capsys)
    assert code == 1
    assert said.count("solutions/01_small.ipynb does not exist. Run `make notebooks`.") == 1


def test_reset_keeps_the_old_copy_and_says_so(lesson, course):
    mine = work(lesson.notebook)
    before = course.files()
    said = reset(lesson)
    (kept,) = copies(lesson)
    assert f"kept as notebooks/{kept}" in said
    after = course.files()
    assert after.pop(f"notebooks/{kept}") == mine
    assert after.pop("notebooks/01_small.ipynb") == build(lesson).notebook
    before.pop("notebooks/01_small.ipynb")
    assert after == before  # and nothing else was touched


def test_reset_never_writes_over_an_older_copy(lesson):
    first = work(lesson.notebook, text="x = 1")
    reset(lesson)
    second = work(lesson.notebook, text="x = 2")
    reset(lesson)
    names = copies(lesson)
    assert len(names) == 2
    assert {(lesson.notebook.parent / name).read_bytes() for name in names} == {first, second}


def test_reset_of_an_untouched_or_missing_notebook(lesson):
    assert "nothing was changed" in reset(lesson)
    lesson.notebook.unlink()
    assert reset(lesson) == "notebooks/01_small.ipynb is in its first state."
    assert copies(lesson) == []


def test_reset_works_from_the_command_line(lesson, course, capsys):
    work(lesson.notebook)
    assert main(["--root", str(course.root), "reset", "1"]) == 0
    assert "Your copy is kept as" in capsys.readouterr().out
    for name in ("07", ""):
        assert main(["--root", str(course.root), "reset", name]) == 1
        assert "The lessons are: 01 (A small lesson)" in capsys.readouterr().err


def test_many_copies_at_once_get_a_name_each(lesson):
    threads = [threading.Thread(target=keep_aside, args=(lesson.notebook,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(copies(lesson)) == 8


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(lesson):
    before = sorted(lesson.notebook.parent.iterdir()), lesson.notebook.read_bytes()
    with pytest.raises(TypeError):
        replace(lesson.notebook, "text where bytes are due")
    assert (sorted(lesson.notebook.parent.iterdir()), lesson.notebook.read_bytes()) == before


def test_a_course_without_lessons_does_not_pass(course, capsys):
    assert run_check(course.root, course.registered) == 1
    assert "There are no lessons" in capsys.readouterr().out


def test_a_lesson_that_cannot_be_built_fails_the_check(lesson, course, body, capsys):
    course.add(body=body.replace("    #@end\n", ""))
    code, said = check(course, capsys)
    assert code == 1
    assert "This #@answer is not closed" in said


def test_reset_of_a_lesson_that_cannot_be_built_leaves_it(lesson, course, body):
    mine = work(lesson.notebook)
    course.add(body=body.replace("    #@end\n", ""))
    with pytest.raises(BuildError):
        reset(lesson)
    assert lesson.notebook.read_bytes() == mine
