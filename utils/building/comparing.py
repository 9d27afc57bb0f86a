"""Is what lies in notebooks/ and solutions/ what lessons/ builds? And has somebody worked in it?

A built notebook certifies itself: its cell ids are hashes of its cells. So a notebook that the
builder wrote, of this lesson or of an older one, is told from one in which somebody has worked.
"""

import difflib
import os
from dataclasses import dataclass

import nbformat

from utils.building.catalogue import lesson_text
from utils.building.cells import KEYS
from utils.building.editions import PAIRING, cell_ids, readable, to_bytes

DIFF_LINES = 80  # of one file; the rest is counted, not printed


@dataclass(frozen=True)
class State:
    """How one file compares with what is built."""

    path: str  # relative to the course's folder, with "/"
    kind: str  # "same", "missing", "stale" (built from something else) or "worked_in"
    report: str = ""  # what differs, for a reader

    def fails(self, strict):
        """Whether a check must fail: a notebook somebody worked in is theirs, except in CI."""
        return self.kind == "stale" or (self.kind == "worked_in" and strict)


def strict():
    """Whether a worked-in notebook is an error: in CI, where nobody works in one."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def states(lesson, built):
    """The `State` of the lesson's three files, in the order lesson, notebook, solution."""
    return [
        lesson_state(lesson, built),
        notebook_state(lesson.notebook, lesson, built.notebook),
        notebook_state(lesson.solution, lesson, built.solution),
    ]


def lesson_state(lesson, built):
    """Whether the lesson is laid out as jupytext does it, so that JupyterLab's saves are quiet."""
    name = relative(lesson.path, lesson)
    found = lesson.path.read_bytes()
    if found == built.lesson.encode("utf-8"):
        return State(name, "same")
    diff = _diff(lesson_text(lesson.path), built.lesson, name, f"{name}, laid out")
    return State(
        name, "stale", diff or f"{name} has other line ends than LF, or a byte order mark."
    )


def notebook_state(path, lesson, wanted):
    """How the notebook at `path` compares with the bytes `wanted`."""
    name = relative(path, lesson)
    if not path.exists():
        return State(name, "missing", f"{name} does not exist yet.")  # linting says so
    found = path.read_bytes()
    if found == wanted:
        return State(name, "same")
    notebook = load(found)
    if notebook is None:
        return State(name, "worked_in", f"{name} is not a notebook: it cannot be read as one.")
    new = nbformat.reads(wanted.decode("utf-8"), as_version=4)
    kind = "stale" if as_built(notebook, lesson.stem) else "worked_in"
    source = f"built from {relative(lesson.path, lesson)}"
    diff = _diff(readable(notebook), readable(new), name, source)
    return State(name, kind, diff or f"{name}: {_other_than_text(notebook, new)}")


def load(data):
    """The notebook in some bytes, or None where they are no notebook of format 4."""
    try:
        notebook = nbformat.reads(data.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except Exception:  # damaged in whatever way: nbformat raises a dozen kinds
        return None
    return notebook


def as_built(notebook, stem):
    """Whether a notebook is one that the builder could have written, of whatever lesson."""
    wanted = cell_ids(stem, [(cell.cell_type, cell.source) for cell in notebook.cells])
    if [cell.get("id") for cell in notebook.cells] != wanted:
        return False
    if not set(notebook.metadata) <= {"kernelspec", "language_info", "course", "jupytext"}:
        return False
    if notebook.metadata.get("jupytext", PAIRING) != PAIRING:
        return False
    if any(set(cell.metadata) - KEYS for cell in notebook.cells):
        return False
    if set(notebook.metadata.get("language_info", {})) > {"name"}:
        return False
    return not has_run(notebook)


def has_run(notebook):
    """Whether a notebook holds outputs or execution counts."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return any(cell.outputs or cell.execution_count is not None for cell in code)


def same_text(data, wanted):
    """Whether two notebooks' bytes say the same to a reader; False where one cannot be read."""
    found, new = load(data), load(wanted)
    return found is not None and new is not None and readable(found) == readable(new)


def relative(path, lesson):
    """A path as messages show it: from the course's folder, with "/"."""
    return path.relative_to(lesson.root).as_posix()


def _other_than_text(found, new):
    differs = []
    if has_run(found):
        differs.append("outputs or execution counts")
    if [cell.get("id") for cell in found.cells] != [cell.get("id") for cell in new.cells]:
        differs.append("cell ids")
    if [cell.metadata for cell in found.cells] != [cell.metadata for cell in new.cells]:
        differs.append("the cells' metadata")
    if found.metadata != new.metadata:
        differs.append("the notebook's metadata")
    if not differs:
        same = to_bytes(found) == to_bytes(new)
        differs.append("the layout of the JSON" if same else "the format's version")
    return f"the text is the same. What differs: {', '.join(differs)}."


def _diff(old, new, old_name, new_name):
    lines = list(
        difflib.unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, lineterm="")
    )
    more = len(lines) - DIFF_LINES
    if more > 0:
        lines = [*lines[:DIFF_LINES], f"… and {more} more lines."]
    return "\n".join(lines)
