"""Write the editions, and bring one lesson back to its first state, without losing any work."""

import os
import tempfile
from datetime import date

from utils.building.catalogue import BuildError
from utils.building.comparing import as_built, load, relative, same_text
from utils.building.editions import build


def write(lesson):
    """Write the lesson's three files; returns a sentence for each one that changed.

    A notebook in which somebody has worked is kept under another name first. Raises BuildError,
    before anything is written, where the lesson cannot be built.
    """
    built = build(lesson)
    said = []
    if lesson.path.read_bytes() != built.lesson.encode("utf-8"):
        replace(lesson.path, built.lesson.encode("utf-8"))
        said.append(f"Laid out {relative(lesson.path, lesson)}.")
    for path, data in ((lesson.notebook, built.notebook), (lesson.solution, built.solution)):
        said += _put(path, data, lesson)
    return said


def reset(lesson):
    """Bring the learner's notebook back to its first state; returns what was done, in a sentence.

    Anything else stays as it is: solutions, progress, copies that were kept before. Raises
    BuildError where the lesson cannot be built or its notebook's place is taken by a folder.
    """
    data = build(lesson).notebook
    name = relative(lesson.notebook, lesson)
    if lesson.notebook.exists() and not lesson.notebook.is_file():
        raise BuildError(
            f"{name} is no file, and the lesson's notebook belongs there. Nothing was changed. "
            "Move it elsewhere, then reset the lesson."
        )
    if lesson.notebook.exists() and lesson.notebook.read_bytes() == data:
        return f"{name} is in its first state already; nothing was changed."
    kept = keep_aside(lesson.notebook) if lesson.notebook.exists() else None
    replace(lesson.notebook, data)
    if kept is None:
        return f"{name} is in its first state."
    return (
        f"{name} is back in its first state. Your copy is kept as {relative(kept, lesson)}. "
        "If the notebook is open in JupyterLab, choose File, Reload Notebook from Disk."
    )


def keep_aside(path):
    """Copy a file to NAME.mine-<date>.ipynb, or …-2, …-3 where that is taken; returns its path."""
    data = path.read_bytes()
    name = f"{path.stem}.mine-{date.today().isoformat()}"
    count = 1
    while True:
        kept = path.with_name(f"{name}{'' if count == 1 else f'-{count}'}{path.suffix}")
        try:
            with kept.open("xb") as file:  # "x": a copy that is there already is never written over
                file.write(data)
        except FileExistsError:
            count += 1
            continue
        return kept


def replace(path, data):
    """Write a file in one step: a reader sees the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _put(path, data, lesson):
    """Write one notebook where it differs; work that the build does not contain is kept."""
    name = relative(path, lesson)
    if not path.exists():
        replace(path, data)
        return [f"Wrote {name}."]
    found = path.read_bytes()
    if found == data:
        return []
    notebook = load(found)
    replaceable = notebook is not None and as_built(notebook, lesson.stem)
    # A solution's text is the lesson's; outputs alone are no work that could be lost.
    replaceable = replaceable or (path == lesson.solution and same_text(found, data))
    kept = None if replaceable else keep_aside(path)
    replace(path, data)
    if kept is None:
        return [f"Wrote {name}."]
    return [f"Wrote {name}. It had been worked in: {relative(kept, lesson)} keeps that copy."]
