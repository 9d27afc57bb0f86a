"""The comments that divide an exercise cell: #@answer … #@stub … #@end.

The learner's edition loses the answer and gets the stub uncommented; the reference keeps the
answer and loses the stub. Lines keep their place in the lesson beside them, for error messages.
"""

import re
from dataclasses import dataclass, replace

from utils.building.catalogue import BuildError

MARKER = re.compile(r"\s*#@(\w+)\s*")
ORDER = ("answer", "stub", "end")


@dataclass(frozen=True)
class Line:
    """One line of a cell: its text, its number in lessons/*.py, and the part it belongs to."""

    text: str
    number: int
    part: str  # "text", "answer", "stub" or "marker"


def divide(lines, first=1):
    """The lines of a code cell with their parts; `first` is the file line of the cell's first.

    Raises BuildError (with the file line) where markers are unknown, unbalanced or out of order.
    """
    divided, part, opened = [], "text", first
    for number, text in enumerate(lines, start=first):
        found = MARKER.fullmatch(text)
        if not found:
            divided.append(Line(text, number, part))
            continue
        name = found[1]
        expected = {"text": "answer", "answer": "stub", "stub": "end"}[part]
        if name not in ORDER:
            known = "#@answer, #@stub and #@end"
            raise BuildError(f"The marker #@{name} is not known. Use {known}.", number)
        if name != expected:
            raise BuildError(_out_of_order(name, part, expected), number)
        part = {"answer": "answer", "stub": "stub", "end": "text"}[name]
        opened = number if name == "answer" else opened
        divided.append(Line(text, number, "marker"))
    if part != "text":
        missing = "#@stub and #@end" if part == "answer" else "#@end"
        raise BuildError(f"This #@answer is not closed. Add {missing}.", opened)
    return divided


def _out_of_order(name, part, expected):
    if part == "answer" and name == "end":
        return "This answer has no stub. Put #@stub and a commented-out stub before #@end."
    if part == "text" and name == "stub":
        return "This stub has no answer. Put #@answer and the answer before #@stub."
    return f"#@{name} stands where #@{expected} is expected. The order is #@answer, #@stub, #@end."


def learner_lines(divided):
    """What the learner gets: answers and markers taken out, stubs uncommented."""
    return [
        replace(line, text=uncomment(line.text, line.number)) if line.part == "stub" else line
        for line in divided
        if line.part in ("text", "stub")
    ]


def reference_lines(divided):
    """The cell as its author solves it: stubs and markers taken out."""
    return [line for line in divided if line.part in ("text", "answer")]


def uncomment(text, number=1):
    """A stub's line without its "# "; raises BuildError where the line is code."""
    body = text.lstrip()
    if not body:
        return text
    if not body.startswith("#"):
        raise BuildError(f"The stub's line {body!r} runs in the solution. Comment it out.", number)
    indent = text[: len(text) - len(body)]
    return (indent + body[1:].removeprefix(" ")).rstrip()
