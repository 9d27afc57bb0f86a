"""Puts a note beneath a cell: as text for readers of any kind, and as HTML for JupyterLab.

No colour carries meaning alone, every text is escaped, and a front end without HTML shows the text.
"""

import html
import re
from dataclasses import dataclass

from utils.shell import in_ipython

SIGNS = {  # kind → (sign, JupyterLab's colour for it, a colour that holds in light and dark)
    "right": ("✔", "--jp-success-color1", "#2e8540"),
    "not_yet": ("…", "--jp-warn-color1", "#b26a00"),
    "unanswered": ("○", "--jp-border-color1", "#8a8a8a"),
    "fault": ("⚠", "--jp-error-color1", "#c62828"),
    "note": ("•", "--jp-info-color1", "#0277bd"),
}


@dataclass(frozen=True)
class Note:
    """What is shown: a headline, paragraphs, and text that is quoted as it stands."""

    kind: str  # a key of SIGNS
    title: str
    paragraphs: tuple[str, ...] = ()
    quote_title: str = ""
    quote: str = ""
    table: tuple[tuple[str, ...], ...] = ()  # rows; the first is the head
    links: tuple[str, ...] = ()  # one for each row of the table after the head


def show(note, **about):
    """Displays a note with the output metadata `{"course": about}`; prints it outside IPython."""
    if in_ipython():
        display_bundle({"text/plain": as_text(note), "text/html": as_html(note)}, **about)
    else:
        print(as_text(note))


def displayable(text):
    """`text` with a question mark for every lone surrogate, which no channel can carry."""
    return text.encode("utf-8", errors="replace").decode()


def display_bundle(bundle, **about):
    """Displays a mime bundle with the output metadata `{"course": about}`."""
    from IPython.display import display

    display(bundle, raw=True, metadata={"course": about} if about else {})


def loaded(load, what):
    """What `load()` returns; None after a note if the course itself is broken there."""
    try:
        return load()
    except Exception as error:
        text = f"The course's {what} could not be loaded. This is the course's fault, not yours."
        title = f"The {what} are out of order"
        show(Note("fault", title, (text,), "For the course's authors:", str(error)))
        return None


def as_text(note):
    """The note as plain text."""
    parts = [f"{SIGNS[note.kind][0]} {note.title}", *note.paragraphs]
    if note.table:
        widths = [max(map(len, column)) for column in zip(*note.table, strict=True)]
        parts.append(
            "\n".join(
                "  ".join(
                    cell.ljust(width) for cell, width in zip(row, widths, strict=True)
                ).rstrip()
                for row in note.table
            )
        )
    if note.quote:
        quoted = "\n".join(f"  | {line}" for line in note.quote.splitlines())
        parts.append(f"{note.quote_title}\n{quoted}")
    return displayable("\n".join(parts))


def as_html(note, status=True):
    """The note as HTML for light and dark themes; `status` makes it news for screen readers."""
    sign, variable, colour = SIGNS[note.kind]
    role = ' role="status"' if status else ""
    parts = [
        f'<div{role} style="border-left: 4px solid var({variable}, {colour}); '
        'padding: 4px 12px; margin: 4px 0; max-width: 48em; line-height: 1.5">',
        f'<p style="margin: 4px 0"><span aria-hidden="true">{sign}</span> '
        f"<strong>{_rich(note.title)}</strong></p>",
    ]
    parts += [f'<p style="margin: 6px 0">{_rich(text)}</p>' for text in note.paragraphs]
    if note.table:
        parts.append(_table(note.table, note.links))
    if note.quote:
        parts.append(
            f'<p style="margin: 6px 0 0">{_rich(note.quote_title)}</p>'
            '<pre tabindex="0" style="margin: 2px 0 6px; padding: 4px 8px; overflow: auto; '
            'max-height: 22em; border: 1px solid var(--jp-border-color2, #8a8a8a)">'
            f"{html.escape(note.quote)}</pre>"
        )
    return displayable("".join([*parts, "</div>"]))


def _table(rows, links):
    head, *body = rows
    cell = 'style="text-align: left; padding: 2px 10px 2px 0"'
    parts = ["<table><thead><tr>"]
    parts += [f'<th scope="col" {cell}>{html.escape(text)}</th>' for text in head]
    parts.append("</tr></thead><tbody>")
    for number, row in enumerate(body):
        first, *rest = map(html.escape, row)
        if links:
            first = f'<a href="{html.escape(links[number])}">{first}</a>'
        parts.append(f'<tr><th scope="row" {cell}>{first}</th>')
        parts += [f"<td {cell}>{text}</td>" for text in rest] + ["</tr>"]
    return "".join([*parts, "</tbody></table>"])


def _rich(text):
    """Escaped text in which `code` between backticks is code, and a line break is one."""
    code = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text))
    return code.replace("\n", "<br>")
