"""The hunt's programs as texts: each compiles, is the same each time, and hides its answer."""

import ast
import difflib
import pickle
import subprocess
import sys
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt.folding import WIDTH, folded
from utils.puzzles.bug_hunt.kinds import KINDS
from utils.puzzles.bug_hunt.pairs import PAIRS

ROOT = Path(__file__).parents[2]
NUMBERS = range(200)
FUNCTIONS = ["make_data", "build", "train", "predict"]


@cache
def cases(level):
    return [puzzle.case(number, level) for number in NUMBERS]


@pytest.fixture(params=puzzle.LEVELS, ids=lambda level: f"level {level}")
def level(request):
    return request.param


def test_every_program_defines_the_four_functions_and_does_nothing_else(level):
    allowed = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)
    for case in cases(level):
        for code in (case.code, case._reference):
            tree = ast.parse(code)
            assert all(isinstance(node, allowed) for node in tree.body), case.number
            names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
            assert set(FUNCTIONS) <= set(names), (case.number, names)


def test_programs_are_of_a_length_that_one_reads(level):
    for case in cases(level):
        lines = case.code.splitlines()
        assert 20 <= len(lines) <= 110, case.number
        assert max(map(len, lines)) <= WIDTH + 6, (case.number, max(lines, key=len))


def test_no_two_programs_are_alike(level):
    assert len({case.code for case in cases(level)}) == len(NUMBERS)


def test_the_kinds_take_their_turns(level):
    counted = Counter(key for case in cases(level) for key in case._planted)
    assert set(counted) == set(KINDS)
    if level < 3:
        assert max(counted.values()) - min(counted.values()) <= 1
    else:
        pairs = Counter(case._planted for case in cases(level))
        assert set(pairs) == {(main, hidden) for main, hidden, _ in PAIRS}
        assert max(pairs.values()) - min(pairs.values()) <= 1


def test_the_reference_changes_a_few_lines(level):
    for case in cases(level):
        changed = [
            line
            for line in difflib.ndiff(case.code.splitlines(), case._reference.splitlines())
            if line[:2] in ("- ", "+ ") and not line[2:].startswith(("import ", "from "))
        ]
        most = 16 if level < 3 else 20
        assert 0 < len(changed) <= most, (case.number, case._planted, changed)


def test_each_fault_can_be_left_by_itself():
    for case in cases(3):
        texts = {case.code, case._reference, *map(case._mended_but, case._planted)}
        assert len(texts) == 4, case.number


def test_cases_are_the_same_in_another_process_which_loads_no_keras():
    program = (
        "import sys; from utils.puzzles import bug_hunt as puzzle\n"
        "cases = [puzzle.case(n, level) for n in (0, 7, 20, 2026) for level in puzzle.LEVELS]\n"
        "text = ''.join(case.symptom + case.code for case in cases)\n"
        "sys.stdout.buffer.write(text.encode())\n"
        "sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert run.returncode == 0, run.stderr
    cases = [puzzle.case(n, level) for n in (0, 7, 20, 2026) for level in puzzle.LEVELS]
    assert run.stdout.decode() == "".join(case.symptom + case.code for case in cases)


def test_nothing_shown_names_the_cause(level):
    for case in cases(level):
        shown = repr(case) + case._repr_mimebundle_()["text/html"]
        for key in case._planted:
            assert key not in shown
            assert KINDS[key].words not in shown
        assert case._reference not in shown
        assert "BUG" not in case.code


def test_the_question_is_told_in_the_first_person_and_in_three_to_six_sentences(level):
    for case in cases(level):
        sentences = case.symptom.replace("?", ".").replace("R².", "R2").count(". ") + 1
        assert 3 <= sentences <= 7, case.symptom
        assert f" {case.symptom}".replace("my ", " I ").count(" I ") >= 1, case.symptom
        assert "$" not in case.symptom + case.task + case.title, case.symptom
        assert "{" not in case.symptom + case.task, case.symptom


class Text(HTMLParser):
    """The text of a page."""

    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data):
        self.text += data


def test_the_page_holds_the_question_the_task_and_the_numbered_program():
    case = puzzle.case(3)
    page = Text(case._repr_mimebundle_()["text/html"]).text
    assert case.symptom in page
    assert case.task in page
    for number, line in enumerate(case.code.splitlines(), 1):
        assert f"{number:>3}  {line}".rstrip() in page


def test_the_causes_are_the_same_for_every_case():
    assert puzzle.case(1).causes == puzzle.case(2, level=3).causes == puzzle.CAUSES
    assert len(puzzle.CAUSES) >= 14


@pytest.mark.parametrize(
    ("number", "level", "error"),
    [(1, 4, ValueError), (1, "1", TypeError), (-1, 1, ValueError), (1.5, 1, TypeError)],
)
def test_an_unknown_number_or_level_gets_a_sentence(number, level, error):
    with pytest.raises(error, match="expected"):
        puzzle.case(number, level)


def test_an_answer_is_small_and_holds_what_was_handed_in():
    case = puzzle.case(5)
    named, mended = case.name("mask_lost"), case.mend(build=len)
    both = case.answer("mask_lost", ..., train=len)
    assert (named.number, named.level, named.causes, named.functions) == (5, 1, ("mask_lost",), {})
    assert (mended.causes, mended.functions) == (None, {"build": len})
    assert both.causes == ("mask_lost", ...)
    assert pickle.loads(pickle.dumps(both)) == both


def test_the_program_is_printed_where_there_is_no_notebook(capsys):
    case = puzzle.case(5)
    case.into_next_cell()
    assert capsys.readouterr().out.rstrip("\n") == case.code.rstrip("\n")


@pytest.mark.parametrize(
    "line",
    [
        f'    layer = make("{"a" * 30}", [1, 2, {{"b": (3, 4)}}], size={"9" * 30}, other=False)',
        f'x = call("a, (b", {"1" * 60}, {"2" * 40})  # (said, of it',
        f"y = first({'a' * 40})(second, {'b' * 40})[{'c' * 20}]",
    ],
)
def test_folding_keeps_what_the_code_means(line):
    text = folded(line)
    assert text.count("\n") > 1
    first = "if True:\n" if line.startswith("    ") else ""
    assert ast.dump(ast.parse(first + text)) == ast.dump(ast.parse(first + line))
