"""Lint the cells of one lesson. Each rule yields (line in lessons/*.py, sentence)."""

import ast
import re
from collections import Counter
from dataclasses import dataclass

from utils.building.answers import parse
from utils.building.catalogue import BuildError
from utils.building.cells import KEYS, Cell
from utils.building.markers import MARKER, divide

TAGS = {
    "answer": "not in the learner's edition",
    "workshop": "on the workshop's path",
    "raises-exception": "permitted to raise what `raises` declares",
}
CODE_LINES = 25  # of a cell that one takes in at a glance
PASSIVE_CELLS = 3  # in a row; then there is something to do
CALLS = ("check", "hint", "predict", "look_back")
COMMENTED_HINT = re.compile(r"""\s*#\s*hint\(\s*(?:"([^"]*)"|'([^']*)')\s*\)\s*""")
RAISES = re.compile(r"[A-Za-z_][\w.]*: \S.*")
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\][(\[]|<img\b(?P<tag>[^>]*)>", re.IGNORECASE)
ALT = re.compile(
    r"""\balt\s*=\s*(?:"[^"]*[^"\s][^"]*"|'[^']*[^'\s][^']*'|[^\s"'>]+)""", re.IGNORECASE
)


@dataclass(frozen=True)
class Call:
    """A call of check, hint, predict or look_back in a lesson."""

    name: str
    id: str
    line: int
    cell: int  # index of its cell


def lint_cells(cells: list[Cell]):
    """The findings of each cell by itself, and of their row."""
    for cell in cells:
        yield from _lint_metadata(cell)
        if cell.kind == "code":
            yield from _lint_code(cell)
        elif cell.kind == "markdown":
            yield from _lint_pictures(cell)
        else:
            yield cell.start, "A raw cell. Use a markdown or a code cell."
    yield from _lint_passive(cells)


def calls_in(cells: list[Cell]):
    """The calls with a literal id in the lesson's code, commented-out hints included."""
    found = []
    for index, cell in enumerate(cells):
        if cell.kind != "code":
            continue
        for node in _calls(cell):
            if id_ := _literal(node):
                found.append(Call(node.func.id, id_, cell.line + node.lineno - 1, index))
        for offset, text in enumerate(cell.source.split("\n")):
            if hint := COMMENTED_HINT.fullmatch(text):
                found.append(Call("hint", hint[1] or hint[2] or "", cell.line + offset, index))
    return found


def lint_calls(cells, calls, number):
    """The findings about exercises and predictions that the lesson itself shows."""
    for cell in cells:
        yield from _lint_forms(cell)
    exercises = [(i, cell) for i, cell in enumerate(cells) if isinstance(cell.exercise, str)]
    for id_, count in Counter(cell.exercise for _, cell in exercises).items():
        if count > 1:
            last = [cell for _, cell in exercises if cell.exercise == id_][-1]
            yield last.start, f"The exercise id {id_} is used by {count} cells. Give each its own."
    for index, cell in exercises:
        if not re.fullmatch(rf"{number}\.\w+", cell.exercise):
            yield cell.start, f"The exercise id {cell.exercise} should read {number}.word. Mend it."
        later = {call.name for call in calls if call.id == cell.exercise and call.cell > index}
        for name, form in (("check", 'check("{}", …)'), ("hint", '# hint("{}")')):
            if name not in later:
                wanted = form.format(cell.exercise)
                yield cell.start, f"No later cell has {wanted} for this exercise. Add one."
    predicted = {}
    for call in calls:
        if call.name == "predict":
            predicted.setdefault(call.id, call.cell)
        elif call.name == "look_back" and predicted.get(call.id, call.cell) >= call.cell:
            yield call.line, f"look_back({call.id!r}) stands before its predict(). Ask first."


def _lint_metadata(cell):
    for key in sorted(set(cell.metadata) - KEYS):
        yield cell.start, f"The metadata key {key!r} is not known. Use {', '.join(sorted(KEYS))}."
    for tag in cell.tags:
        if tag not in TAGS:
            yield cell.start, f"The tag {tag!r} is not known. Use one of {', '.join(sorted(TAGS))}."
    raises = cell.metadata.get("raises")
    if ("raises-exception" in cell.tags) != (raises is not None):
        yield (
            cell.start,
            (
                "A cell that may raise says what. "
                'Write tags=["raises-exception"] raises="ValueError: part of its message".'
            ),
        )
    elif raises is not None and not RAISES.fullmatch(str(raises)):
        yield cell.start, f'raises is {raises!r}. Write raises="ValueError: part of its message".'
    if "exercise" not in cell.metadata:
        return
    if not isinstance(cell.exercise, str):
        yield cell.start, f'The exercise id is {cell.exercise!r}. Write exercise="01.word".'
    if cell.kind != "code":
        yield cell.start, "An exercise is a code cell. Make this one code, or take exercise= away."
    if "answer" in cell.tags:
        yield cell.start, "An exercise tagged 'answer' reaches no learner. Take the tag away."


def _lint_code(cell):
    marked = any(MARKER.fullmatch(line) for line in cell.source.split("\n"))
    if marked and "exercise" not in cell.metadata:
        yield cell.start, 'Markers in a cell that is no exercise. Add exercise="NN.word".'
    if "exercise" in cell.metadata and not marked:
        yield cell.start, "This exercise has no stub. Divide it with #@answer, #@stub and #@end."
    try:
        divided = divide(cell.source.split("\n"), cell.line)
        learner, reference = cell.lines("learner"), cell.lines("reference")
    except BuildError as error:
        yield error.line, str(error)
        yield from _lint_syntax(cell.lines("solution"), "This cell")
        return
    lines = max(len(learner), len(reference))
    if lines > CODE_LINES:
        yield cell.start, f"This cell has {lines} lines; {CODE_LINES} fit a glance. Divide it."
    errors = list(_lint_syntax(reference, "This cell"))
    if marked and not errors:
        errors = list(_lint_syntax(learner, "The learner's edition of this cell"))
    yield from errors
    if marked and not errors:
        yield from _lint_stub(cell, divided, learner, reference)


def _lint_stub(cell, divided, learner, reference):
    """An answer that says something, and a stub that is a gap."""
    answer_at = next(line.number for line in divided if line.part == "marker")
    if not _statements(line for line in divided if line.part == "answer"):
        yield answer_at, "The answer is empty. Write it between #@answer and #@stub."
    stub_tree, answer_tree = _tree(learner), _tree(reference)
    if ast.dump(stub_tree) == ast.dump(answer_tree):
        yield answer_at, "The stub equals the answer. Leave a gap: # return ..."
    elif _gaps(stub_tree) <= _gaps(answer_tree):
        yield answer_at, "The stub leaves no gap. Write # return ... or # answer = ..."


def _lint_syntax(lines, what):
    try:
        parse("\n".join(line.text for line in lines))
    except (SyntaxError, ValueError) as error:
        at = min(max((getattr(error, "lineno", None) or 1) - 1, 0), len(lines) - 1)
        reason = getattr(error, "msg", None) or error
        yield lines[at].number, f"{what} is not valid Python: {reason}. Mend this line."


def _lint_pictures(cell):
    for found in PICTURE.finditer(cell.source):
        told = ALT.search(found["tag"]) if found["alt"] is None else found["alt"].strip()
        if not told:
            line = cell.line + cell.source[: found.start()].count("\n")
            yield line, "A picture without alternative text. Say in words what it shows: ![…](…)."


def _lint_passive(cells):
    """More than three cells in a row of the learner's edition with nothing to do."""
    row = 0
    for cell in (cell for cell in cells if "answer" not in cell.tags):
        row = 0 if cell.kind == "code" else row + 1
        if row == PASSIVE_CELLS + 1:
            yield (
                cell.start,
                (
                    f"The {row}th cell in a row with nothing to do. "
                    "Put code, a prediction or an exercise before it, or join the texts."
                ),
            )


def _lint_forms(cell):
    """Calls without a literal id, and hints that Run All would give away."""
    if cell.kind != "code":
        return
    for node in _calls(cell):
        line = cell.line + node.lineno - 1
        if _literal(node) is None:
            yield line, f'{node.func.id} gets no id in quotes. Write {node.func.id}("NN.word").'
        elif node.func.id == "hint":
            yield line, f'Run All would show this hint. Comment it out: # hint("{_literal(node)}")'


def _calls(cell):
    """The syntax nodes of the calls of check, hint, predict and look_back in a cell."""
    try:
        tree = parse(cell.source)
    except (SyntaxError, ValueError):
        return []  # reported as such
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]


def _literal(node):
    """The id in quotes that a call has as its first argument, or None."""
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _tree(lines):
    return parse("\n".join(line.text for line in lines))


def _gaps(tree):
    return sum(isinstance(node, ast.Constant) and node.value is ... for node in ast.walk(tree))


def _statements(lines):
    """The lines that are more than blank, a comment, `pass` or `...`."""
    texts = (line.text.strip() for line in lines)
    return [text for text in texts if text not in ("", "pass", "...") and text[0] != "#"]
