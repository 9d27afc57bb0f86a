"""JupyterLab keeps a solution and its lesson together, and leaves all else alone, on saving."""

import asyncio
import shutil
from pathlib import Path

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupytext import build_async_jupytext_contents_manager_class

from utils.building import lessons

ROOT = Path(__file__).parents[2]
LESSON = lessons()[0]
ADDED = "A sentence that an author added."


@pytest.fixture
def course(tmp_path):
    """A copy of the course's documents, as an author or a learner has them."""
    for folder in ("lessons", "solutions", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "jupytext.toml", tmp_path)
    return tmp_path


def save_with_an_addition(course, path):
    """Open a document as JupyterLab does, add a sentence and what tools leave behind, and save."""
    manager = build_async_jupytext_contents_manager_class(AsyncLargeFileManager)(
        root_dir=str(course)
    )
    model = asyncio.run(manager.get(path, type="notebook"))
    cells = model["content"]["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "markdown")
    first["source"] += f"\n\n{ADDED}"
    for cell in cells:
        cell["metadata"] |= {"editable": True, "slideshow": {"slide_type": ""}}
    model["content"]["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    asyncio.run(manager.save(model, path))


def contents(course):
    return {path: path.read_text() for path in course.rglob("*.*") if "checkpoint" not in str(path)}


def changed_lines(before, after):
    gone, new = before.splitlines(), after.splitlines()
    return [line for line in new if line not in gone] + [line for line in gone if line not in new]


def test_a_solution_saved_in_jupyterlab_changes_its_lesson_by_that_sentence_alone(course):
    before = contents(course)
    save_with_an_addition(course, f"solutions/{LESSON.stem}.ipynb")
    after = contents(course)
    lesson = course / "lessons" / f"{LESSON.stem}.py"
    assert changed_lines(before[lesson], after[lesson]) == [f"# {ADDED}"]
    changed = {path.relative_to(course).as_posix() for path in after if before[path] != after[path]}
    assert changed == {f"lessons/{LESSON.stem}.py", f"solutions/{LESSON.stem}.ipynb"}


def test_a_lesson_saved_in_jupyterlab_changes_its_solution(course):
    save_with_an_addition(course, f"lessons/{LESSON.stem}.py")
    solution = nbformat.read(course / "solutions" / f"{LESSON.stem}.ipynb", as_version=4)
    assert any(ADDED in cell.source for cell in solution.cells)


def test_a_learners_save_changes_their_notebook_alone(course):
    before = contents(course)
    save_with_an_addition(course, f"notebooks/{LESSON.stem}.ipynb")
    after = contents(course)
    changed = [path for path in after if before.get(path) != after[path]]
    assert changed == [course / "notebooks" / f"{LESSON.stem}.ipynb"]
