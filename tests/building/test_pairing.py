"""JupyterLab's own saves: a solution and its lesson follow each other, a notebook follows nobody.

Through jupytext's contents manager, as a JupyterLab started by `make lab` uses it.
"""

import asyncio
import os
from pathlib import Path

import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupytext import build_async_jupytext_contents_manager_class

from utils.building import lessons
from utils.building.editions import build
from utils.building.writing import write

Manager = build_async_jupytext_contents_manager_class(AsyncLargeFileManager)
SOLUTION, NOTEBOOK = "solutions/01_small.ipynb", "notebooks/01_small.ipynb"


@pytest.fixture
def lesson(course):
    lesson = course.add()
    course.write()
    return lesson


def opened(root, path):
    """The model of a notebook, as JupyterLab opens it, and the manager that it asked."""
    manager = Manager(root_dir=str(root))
    return asyncio.run(manager.get(path, content=True, type="notebook")), manager


def save(root, path, change):
    """Open a notebook, change it, and save it, as JupyterLab does."""
    model, manager = opened(root, path)
    change(model["content"])
    # What a kernel and JupyterLab add by themselves.
    model["content"]["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    for cell in model["content"]["cells"]:
        cell["metadata"]["trusted"] = True
        cell["metadata"]["editable"] = True
    asyncio.run(manager.save(model, path))


def run_all(content):
    for count, cell in enumerate(content["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = count
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x\n"}]
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-11-22T00:00:00Z"}


def edit(content):
    content["cells"][0]["source"] += "\n\nOne more line."


def changed(before, after):
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    return {name for name in names if ".ipynb_checkpoints" not in name}


def test_running_and_saving_a_solution_leaves_the_lesson_as_it_is(lesson, course):
    before = course.files()
    save(course.root, SOLUTION, run_all)
    assert changed(before, course.files()) == {SOLUTION}


def test_an_edited_solution_changes_its_lesson_and_nothing_else_in_it(lesson, course):
    text = lesson.path.read_text(encoding="utf-8")
    save(course.root, SOLUTION, edit)
    wanted = text.replace("#   - two\n", "#   - two\n#\n# One more line.\n")
    assert lesson.path.read_text(encoding="utf-8") == wanted


def test_writing_after_that_gives_clean_notebooks(lesson, course):
    save(course.root, SOLUTION, lambda content: (run_all(content), edit(content)))
    assert write(lesson) == [f"Wrote {NOTEBOOK}.", f"Wrote {SOLUTION}."]
    for data in (lesson.notebook.read_bytes(), lesson.solution.read_bytes()):
        assert b"One more line." in data
        assert b"trusted" not in data
        assert b"3.12" not in data


def test_an_edited_lesson_shows_in_its_solution(lesson, course):
    text = lesson.path.read_text(encoding="utf-8")
    lesson.path.write_text(
        text.replace("only the solution", "the solution alone"), encoding="utf-8"
    )
    content = opened(course.root, SOLUTION)[0]["content"]
    assert any("the solution alone" in cell["source"] for cell in content["cells"])


def test_a_fresh_clone_opens_whatever_its_files_times_are(lesson, course):
    now = lesson.path.stat().st_mtime
    os.utime(lesson.path, (now - 1000, now - 1000))
    content = opened(course.root, SOLUTION)[0]["content"]
    assert len(content["cells"]) == len(build(lesson).cells)


def test_a_learners_save_changes_their_notebook_only(lesson, course):
    before = course.files()
    save(course.root, NOTEBOOK, lambda content: (run_all(content), edit(content)))
    assert changed(before, course.files()) == {NOTEBOOK}


@pytest.mark.parametrize("real", lessons(), ids=lambda lesson: lesson.stem)
def test_a_real_lesson_survives_a_save_of_its_solution(course, real):
    lesson = course.add(real.stem, header="", body=build(real).lesson)
    write(lesson)
    before = course.files()
    save(course.root, f"solutions/{real.stem}.ipynb", run_all)
    assert changed(before, course.files()) == {f"solutions/{real.stem}.ipynb"}
    assert Path(lesson.path).read_text(encoding="utf-8") == build(real).lesson
