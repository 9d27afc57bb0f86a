"""A case on the page: the question, the task, and the program with its line numbers."""

import html
import sys

HEAD = "Case {}, level {}: {}"
STYLE = "overflow-x: auto; padding: 0.5em 0.8em; border: 1px solid currentColor"
LINES = "white-space: pre"  # of the code itself: the page has rules of its own for what is in it


def text(case):
    """The case for a terminal."""
    head = HEAD.format(case.number, case.level, case.title)
    return "\n".join([head, "", case.symptom, "", _task(case), "", *_numbered(case.code)])


def page(case):
    """The case as HTML, which takes its colours from the page that it stands on."""
    head = html.escape(HEAD.format(case.number, case.level, case.title))
    code = html.escape("\n".join(_numbered(case.code)))
    return (
        f"<section><p><strong>{head}</strong></p><blockquote>{html.escape(case.symptom)}</blockquote>"
        f"<p>{html.escape(_task(case))}</p>"
        f'<pre tabindex="0" aria-label="The program" style="{STYLE}; {LINES}">'
        f'<code style="{LINES}">{code}</code></pre></section>'
    )


def into_next_cell(code):
    """Write code into a new cell below; where there is no notebook, print it."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        print(code)
        return
    shell.set_next_input(code, replace=False)


def _task(case):
    return f"What the program should do: {case.task}."


def _numbered(code):
    lines = code.rstrip("\n").split("\n")
    return [f"{k:>3}  {line}".rstrip() for k, line in enumerate(lines, 1)]
