"""The reference answers in a lesson, for the tests that judge, vary and break them."""

import ast

from utils.building.catalogue import lesson_text
from utils.building.cells import read_cells


def reference_answers(lesson):
    """{exercise id: source of its cell with the answer and without the stub} of a `Lesson`.

    Run `reference_imports(lesson)` before it: an answer may use what the lesson imports.
    """
    return {
        cell.exercise: cell.text("reference")
        for cell in _code_cells(lesson)
        if cell.exercise is not None
    }


def reference_imports(lesson):
    """The import statements at the top level of the lesson's code cells, one after the other."""
    statements = []
    for cell in _code_cells(lesson):
        for node in parse(cell.text("reference")).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                statements.append(ast.unparse(node))
    return "\n".join(dict.fromkeys(statements)) + "\n"


def answer_name(source):
    """The name that an exercise's cell defines: its last function, class or variable."""
    names = []
    for node in parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return names[-1]


def parse(source):
    """The syntax tree of a cell, IPython's `%` and `!` lines included; raises SyntaxError."""
    from IPython.core.inputtransformer2 import TransformerManager  # heavy; only for parsing

    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return compile(TransformerManager().transform_cell(source), "<cell>", "exec", flags)


def _code_cells(lesson):
    cells = read_cells(lesson_text(lesson.path))
    return [cell for cell in cells if cell.kind == "code"]
