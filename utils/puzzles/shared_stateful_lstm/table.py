"""A small table that reads well in a terminal, in a notebook and to a screen reader."""

import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of words and numbers, each under the name of its column."""

    caption: str
    heads: tuple  # a name for each column; the first column names the rows
    rows: tuple  # of tuples, as long as `heads`

    def __repr__(self):
        cells = [self.heads, *self.rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in cells
        ]
        return "\n".join([self.caption, "", *lines])

    def _repr_html_(self):
        head = "".join(f"<th scope='col'>{html.escape(head)}</th>" for head in self.heads)
        body = "".join(
            f"<tr><th scope='row'>{html.escape(name)}</th>"
            + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
            + "</tr>"
            for name, *cells in self.rows
        )
        return (
            f"<table><caption>{html.escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
