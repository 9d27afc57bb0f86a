"""The table of a report, as lines of text and as HTML."""

import html


def as_lines(head, rows):
    """Columns that stand below each other; none without rows. head, rows: tuples of text."""
    if not rows:
        return []
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def as_html(caption, head, rows):
    """The first column names the rows. A wide table can be scrolled, by keyboard too."""
    caption = html.escape(caption)
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return (
        f'<div tabindex="0" role="region" aria-label="{caption}" style="overflow-x: auto">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
