"""The cells of a lesson, each with its lines in lessons/*.py and its form in either edition."""

import re
from dataclasses import dataclass

import jupytext

from utils.building.catalogue import BuildError
from utils.building.markers import Line, divide, learner_lines, reference_lines

PERCENT = {"extension": ".py", "format_name": "percent"}
# What jupytext takes for the start of a cell, in its py:percent reader.
CELL_START = re.compile(r"\s*#\s*(%%%*\s.*|(%%|<codecell>|In\[[0-9 ]*\]:?)\s*)")
KEYS = {"tags", "exercise", "raises"}  # what a cell's options may say
# Layout that jupytext notes in a cell's metadata; the lesson has one layout only.
LAYOUT_KEYS = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"}


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson."""

    kind: str  # "markdown", "code" or "raw"
    source: str
    metadata: dict
    start: int  # line of its `# %%`
    line: int  # line of the first line of its source

    @property
    def tags(self):
        """The cell's tags, as a list."""
        return self.metadata.get("tags", [])

    @property
    def exercise(self):
        """The id of the exercise that the cell holds, or None."""
        return self.metadata.get("exercise")

    def lines(self, edition):
        """The cell's lines in the "learner", "solution" or "reference" edition.

        An exercise cell differs between them; raises BuildError where its markers are broken.
        """
        texts = self.source.split("\n")
        if edition == "solution" or self.kind != "code":
            return [Line(text, self.line + i, "text") for i, text in enumerate(texts)]
        divided = divide(texts, self.line)
        return learner_lines(divided) if edition == "learner" else reference_lines(divided)

    def text(self, edition):
        """The cell's source in one edition."""
        return "\n".join(line.text for line in self.lines(edition))


def read_cells(text):
    """The cells of a lesson's text, in order.

    Raises BuildError where cells and lines do not match, or a cell's options cannot be read.
    """
    lines = text.split("\n")
    body = _end_of_header(lines)
    starts = [i for i, line in enumerate(lines) if i >= body and CELL_START.fullmatch(line)]
    for i in range(body, starts[0] if starts else len(lines)):
        if lines[i].strip():
            raise BuildError("Text stands before the first cell. Put '# %%' above it.", i + 1)
    if not starts:
        raise BuildError("The lesson has no cell. Begin the first one with '# %%'.", body + 1)
    try:
        cells = _read(text)
    except ValueError as error:
        raise _unreadable(lines, starts, error) from error
    if len(starts) != len(cells):
        raise BuildError(
            f"There are {len(starts)} lines that look like '# %%' but {len(cells)} cells. "
            "Do not start a line within a string or a fenced block with '# %%'.",
            starts[min(len(cells), len(starts) - 1)] + 1,
        )
    return [_cell(cell, start) for cell, start in zip(cells, starts, strict=True)]


def _cell(cell, start):
    metadata = {key: cell.metadata[key] for key in sorted(cell.metadata) if key not in LAYOUT_KEYS}
    quoted = "cell_marker" in cell.metadata  # text in triple quotes, which have a line of their own
    return Cell(cell.cell_type, cell.source, metadata, start + 1, start + 2 + quoted)


def _read(text):
    """jupytext's cells of a text; raises ValueError, in a line, where it cannot read them."""
    try:
        return jupytext.reads(text, fmt=dict(PERCENT)).cells
    except Exception as error:  # whatever the reader trips over is the author's to mend
        raise ValueError(str(error).strip().split("\n")[0].rstrip(".")) from error


def _unreadable(lines, starts, error):
    """The error for a lesson that jupytext refuses, at the first cell that it refuses alone."""
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            _read("\n".join(lines[start:end]))
        except ValueError as reason:
            return BuildError(f"This cell cannot be read: {reason}. Mend its options.", start + 1)
    return BuildError(f"jupytext cannot read this lesson: {error}. Mend it.")


def _end_of_header(lines):
    if lines and lines[0].rstrip() == "# ---":
        for i, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "# ---":
                return i + 1
    return 0
