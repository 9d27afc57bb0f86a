"""A diagnosis as text and as a page: the verdict, the findings, what was seen, and what was not."""

import html
from itertools import count
from textwrap import fill

from ..bundle import mime_bundle
from ..report import NOTHING
from ..table import as_html

WIDTH = 92  # characters of a line of text
LEFT = "text-align: left; vertical-align: top; white-space: normal"  # a notebook's are to the right
NUMBERS = count(1)  # of the pages made: two in one notebook have tables of different names
FINDINGS = ("instrument", "finding", "in words")
OF_CAPTION = "text-align: left; font-weight: bold; padding: 0.6em 0 0.2em"


def as_text(diagnosis):
    """All that is said, in lines of at most WIDTH characters."""
    lines = [_headline(diagnosis)]
    for told in (*diagnosis.faults, *diagnosis.questions):
        by = f"{told.instrument}: " if told.instrument else ""
        lines += ["", f"{told.level}  {by}{told.name}", _indented(told.words)]
    if diagnosis.seen:
        lines += ["", "seen"]
        lines += [_indented(f"{name}: {words}", "– ") for name, words in diagnosis.seen]
    if diagnosis.not_seen:
        lines += ["", "not looked at"]
        lines += [_indented(words, "– ") for words in diagnosis.not_seen]
    times = _times(diagnosis)
    return "\n".join([*lines, *(["", times] if times else [])])


def as_page(diagnosis):
    """HTML that reads in order, by a screen reader too; pictures last, each with its words."""
    number = next(NUMBERS)
    parts = [f"<p><strong>{html.escape(_headline(diagnosis))}</strong></p>"]
    if diagnosis.found:
        told = (*diagnosis.faults, *diagnosis.questions)
        rows = [(t.instrument or "diagnose", f"{t.name} ({t.level})", t.words) for t in told]
        parts.append(_table("Findings", FINDINGS, rows, number))
    if diagnosis.seen:
        head = ("instrument", "in words")
        parts.append(_table("Seen, and no finding", head, diagnosis.seen, number))
    if diagnosis.not_seen:
        items = "".join(f"<li>{html.escape(words)}</li>" for words in diagnosis.not_seen)
        parts.append(f"<p><strong>Not looked at, and why</strong></p><ul>{items}</ul>")
    ordered = sorted(diagnosis.reports.values(), key=lambda report: not report.found)
    parts += [_picture(report) for report in ordered]
    times = _times(diagnosis)
    return "".join([*parts, f"<p>{html.escape(times)}</p>" if times else ""])


def _headline(diagnosis):
    if diagnosis.found:
        return f"diagnose: {diagnosis.headline}"
    if diagnosis.verdict == "no finding":
        return f"diagnose: {NOTHING[0].lower()}{NOTHING[1:]}"
    return f"diagnose: {diagnosis.verdict}"


def _table(caption, head, rows, number):
    label = f"{caption} (diagnosis {number})"
    return as_html(caption, head, rows, caption_style=OF_CAPTION, cell_style=LEFT, label=label)


def _picture(report):
    """Open where something was found, folded otherwise; nothing where there is no picture."""
    figure = report.plot()
    if figure is None:
        return ""
    shown = mime_bundle(figure, report.sentence, f"What {report.instrument} measured.")["text/html"]
    summary = html.escape(f"{report.instrument}: {report.verdict}")
    opened = " open" if report.found else ""
    return f"<details{opened}><summary>{summary}</summary>{shown}</details>"


def _times(diagnosis):
    if not diagnosis.seconds:
        return ""
    each = ", ".join(f"{name} {spent:.1f}" for name, spent in diagnosis.seconds.items())
    traced = f" TensorFlow took {diagnosis.tracing:.1f} s more to trace graphs."
    return (
        f"It took {sum(diagnosis.seconds.values()):.1f} s ({each})."
        f"{traced if diagnosis.tracing >= 0.05 else ''}"
    )


def _indented(words, mark=""):
    return fill(
        words,
        WIDTH,
        initial_indent=f"  {mark}",
        subsequent_indent=" " * (2 + len(mark)),
        break_long_words=False,
        break_on_hyphens=False,
    )
