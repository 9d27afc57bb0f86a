"""A table as lines of text and as HTML, for reports and for what a lesson shows."""

import html


def as_lines(head, rows):
    """Columns that stand below each other. head, rows: tuples of text."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def as_html(caption, head, rows, write=html.escape, caption_style="", cell_style="", label=""):
    """The first column names the rows. A wide table can be scrolled, by keyboard too.

    write: makes HTML of a text. The styles are CSS. Without a caption there is none. label: what a
    screen reader calls the table; the caption, unless another table on the page has the same.
    """
    named, of_caption = html.escape(label or caption or "Table"), _styled(caption_style)
    of_cell, shown = _styled(cell_style), ""
    if caption:
        shown = f"<caption{of_caption}>{write(caption)}</caption>"
    head = "".join(f'<th scope="col"{of_cell}>{write(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row"{of_cell}>{write(name)}</th>'
        + "".join(f"<td{of_cell}>{write(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return (
        f'<div tabindex="0" role="region" aria-label="{named}" style="overflow-x: auto">'
        f"<table>{shown}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _styled(css):
    return f' style="{css}"' if css else ""
