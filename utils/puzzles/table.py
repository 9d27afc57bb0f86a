"""A small table that reads well in a terminal, in a notebook and to a screen reader."""

import html
import re
from dataclasses import dataclass

from utils.instruments.table import as_html, as_lines

_CELL = "text-align: left; vertical-align: top; overflow-wrap: normal"
_CODE = "white-space: pre"
_WIDTH = 100  # characters; a wider table is written row by row where there is no HTML


@dataclass(frozen=True)
class Table:
    """Rows of words and numbers, each under the name of its column."""

    caption: str
    heads: tuple  # a name for each column; the first column names the rows
    rows: tuple  # of tuples of text, as long as `heads`; code stands between backticks

    def __repr__(self):
        lines = as_lines(self.heads, self.rows)
        if max(map(len, lines)) > _WIDTH:
            lines = [line for row in self.rows for line in self._stacked(row)]
        return "\n".join([*([self.caption, ""] if self.caption else []), *lines])

    def _stacked(self, row):
        """A row as lines: its name, and below it each cell beside the name of its column."""
        cells = zip(self.heads[1:], row[1:], strict=True)
        return [row[0], *(f"    {head}: {cell}" for head, cell in cells)]

    def _repr_html_(self):
        return as_html(self.caption, self.heads, self.rows, rich, "text-align: left", _CELL)


def rich(text):
    """The text as HTML, with `code` between backticks as code, its lines kept."""
    return re.sub(r"`([^`]+)`", rf'<code style="{_CODE}">\1</code>', html.escape(text))
