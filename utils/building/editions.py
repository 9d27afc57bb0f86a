"""Build the editions of a lesson: its canonical text, the learner's notebook, the solution.

The same lesson gives the same bytes on every machine: cell ids are hashes, metadata is fixed,
outputs are empty, and no version of any tool is written down.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from utils.building.catalogue import BuildError, header, lesson_text
from utils.building.cells import KEYS, PERCENT, Cell, read_cells

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# In a lesson's header and nowhere else; jupytext.toml keeps the same keys when JupyterLab saves.
HEADER_FILTER = (
    "course,kernelspec,jupytext.text_representation.extension,"
    "jupytext.text_representation.format_name,-all"
)
CELL_FILTER = "tags,exercise,raises,-all"
# Written into a solution as well: jupytext reads a notebook that is newer than its lesson by the
# notebook's own filters, and refuses to open the lesson if the two then differ.
PAIRING = {"cell_metadata_filter": CELL_FILTER, "notebook_metadata_filter": HEADER_FILTER}
NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


@dataclass(frozen=True)
class Built:
    """What one lesson gives: three files, and the lesson's cells behind each notebook's cells."""

    lesson: str  # the text of lessons/NN_slug.py in its one layout
    notebook: bytes  # notebooks/NN_slug.ipynb
    solution: bytes  # solutions/NN_slug.ipynb
    cells: tuple[Cell, ...]

    def lines(self, edition):
        """For each cell of the edition, the line in lessons/*.py of each of its source's lines."""
        return [[line.number for line in cell.lines(edition)] for cell in self.kept(edition)]

    def kept(self, edition):
        """The lesson's cells that are in the "learner" or "solution" edition, in order."""
        return [cell for cell in self.cells if in_edition(cell, edition)]


def build(lesson):
    """The editions of one lesson; raises BuildError, with a line, where it cannot be built."""
    cells = read_cells(lesson_text(lesson.path))
    course = header(lesson.path).get("course")
    metadata = {"kernelspec": dict(KERNELSPEC), "language_info": {"name": "python"}}
    full = {**metadata, **({"course": course} if course is not None else {})}
    return Built(
        lesson=_lesson_text(cells, full),
        notebook=to_bytes(_notebook(cells, lesson.stem, "learner", metadata)),
        solution=to_bytes(_notebook(cells, lesson.stem, "solution", full | {"jupytext": PAIRING})),
        cells=tuple(cells),
    )


def in_edition(cell, edition):
    """Whether a cell is in an edition: cells tagged "answer" are not in the learner's."""
    return edition != "learner" or "answer" not in cell.tags


def to_bytes(notebook):
    """A notebook as the bytes of its file: sorted keys, one line end, one newline at the end."""
    nbformat.validate(notebook)
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode("utf-8")


def cell_ids(stem, sources):
    """An id for each (kind, source): a hash of stem, content, and the how-manieth of its like."""
    seen, ids = Counter(), []
    for kind, source in sources:
        seen[kind, source] += 1
        key = "\0".join([stem, kind, source, str(seen[kind, source])])
        ids.append(hashlib.sha256(key.encode("utf-8")).hexdigest()[:12])
    return ids


def readable(notebook):
    """A notebook as py:percent text without header, ids or tools' metadata: what a diff shows."""
    cells = []
    for cell in notebook.cells:
        metadata = {key: cell.metadata[key] for key in sorted(KEYS & set(cell.metadata))}
        cells.append(NEW_CELL[cell.cell_type](cell.source, metadata=metadata))
    return _percent(new_notebook(cells=cells), "-all")


def _notebook(cells, stem, edition, metadata):
    kept = [cell for cell in cells if in_edition(cell, edition)]
    sources = [(cell.kind, cell.text(edition)) for cell in kept]
    made = [
        NEW_CELL[kind](source, id=id_, metadata=cell.metadata)
        for cell, (kind, source), id_ in zip(kept, sources, cell_ids(stem, sources), strict=True)
    ]
    return new_notebook(cells=made, metadata=metadata, nbformat_minor=5)


def _lesson_text(cells, metadata):
    made = [NEW_CELL[cell.kind](cell.source, metadata=cell.metadata) for cell in cells]
    text = _percent(new_notebook(cells=made, metadata=metadata), HEADER_FILTER)
    again = [(cell.kind, cell.source, cell.metadata) for cell in read_cells(text)]
    if again != [(cell.kind, cell.source, cell.metadata) for cell in cells]:
        raise BuildError("jupytext does not read back what it writes of this lesson.")
    return text


def _percent(notebook, header_filter):
    """A notebook as py:percent text, all cell metadata kept."""
    options = {"notebook_metadata_filter": header_filter, "cell_metadata_filter": "all"}
    return jupytext.writes(notebook, fmt={**PERCENT, **options})
