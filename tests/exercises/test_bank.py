"""The answer bank: each right answer passes, each wrong one gets the message it was written for."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from utils.building import lessons, reference_answers
from utils.building.answers import answer_name, reference_imports
from utils.exercises import messages, registry
from utils.exercises.calling import holds_ellipsis

BANK = Path(__file__).parents[1] / "bank"
EXPECT = re.compile(r"# expect: (\w+)\n")


def folder_of(exercise_id):
    (of_lesson,) = BANK.glob(f"{exercise_id.split('.')[0]}_*")
    return of_lesson / exercise_id


def expected(path):
    if path.name.startswith("right_"):
        return "right"
    found = EXPECT.match(path.read_text(encoding="utf-8"))
    assert found, f"{path.name} does not begin with a line `# expect: <message id>`."
    return found[1]


def given(exercise, answer, ruling):
    """The message id that a learner would see, "right", or the course's fault."""
    if holds_ellipsis(answer):
        return "unanswered"
    if ruling.fault:
        return "fault: " + ruling.fault.strip().splitlines()[-1]
    if ruling.verdict.outcome != "unanswered":
        messages.words(exercise, ruling.verdict)  # the message can be worded from its facts
    return ruling.verdict.message or ruling.verdict.outcome


@pytest.mark.parametrize("exercise_id", registry.exercises())
def test_each_answer_of_the_bank_gets_its_message(exercise_id, load, judge_all, report):
    exercise, folder = registry.exercises()[exercise_id], folder_of(exercise_id)
    paths = sorted(folder.glob("*.py"))
    answers = [load(path.read_text(encoding="utf-8"), path)["answer"] for path in paths]
    rulings = judge_all(exercise, answers)
    rows = [
        (path.stem, expected(path), given(exercise, answer, ruling))
        for path, answer, ruling in zip(paths, answers, rulings, strict=True)
    ]
    report(f"answer bank {exercise_id}", confusion(rows))
    wrong = [f"{name}: expected {want}, got {got}" for name, want, got in rows if want != got]
    assert not wrong, "\n".join(wrong)
    counts = Counter(name.split("_")[0] for name, _, _ in rows)
    assert counts["right"] >= 3, f"{exercise_id} has {counts['right']} right answers, 3 are needed."
    assert counts["wrong"] >= 8, f"{exercise_id} has {counts['wrong']} wrong answers, 8 are needed."
    assert "unanswered" in {want for _, want, _ in rows}, f"{exercise_id} lacks the untouched stub."
    unseen = set(exercise.messages) - {got for _, _, got in rows}
    assert not unseen, f"No answer in {folder.name} is given the message {', '.join(unseen)}."


def test_no_folder_of_the_bank_is_without_its_exercise():
    folders = {path.parent for path in BANK.rglob("*.py")}
    known = {folder_of(exercise_id) for exercise_id in registry.exercises()}
    assert folders <= known, f"No exercise for {sorted(str(path) for path in folders - known)}."


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.stem)
def test_the_lessons_own_answers_pass(lesson, load, judge_all):
    sources = reference_answers(lesson)
    own = {name for name in registry.exercises() if name.startswith(f"{lesson.number}.")}
    assert set(sources) == own, f"{lesson.path.name} answers {sorted(sources)}, not {sorted(own)}."
    for exercise_id, source in sources.items():
        exercise = registry.exercises()[exercise_id]
        answer = load(needed_imports(lesson, source) + source, lesson.path)[answer_name(source)]
        (ruling,) = judge_all(exercise, [answer])
        assert given(exercise, answer, ruling) == "right", f"{exercise_id} in {lesson.path.name}"


def needed_imports(lesson, source):
    """The lesson's imports that the answer uses; the others would load TensorFlow for nothing."""
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    lines = []
    for node in ast.parse(reference_imports(lesson)).body:
        names = [a for a in node.names if (a.asname or a.name).split(".")[0] in used]
        if names:
            node.names = names
            lines.append(ast.unparse(node))
    return "\n".join(lines) + "\n"


def confusion(rows):
    """The lines of a table: what was expected against what was given, in numbers of answers."""
    counts = Counter((want, got) for _, want, got in rows)
    wants = sorted({want for want, _ in counts})
    gots = sorted({got for _, got in counts})
    width = max(map(len, ["expected / given", *wants]))
    numbers = " ".join(f"{number:>2}" for number in range(1, len(gots) + 1))
    lines = [f"{'expected / given':<{width}} {numbers}"]
    for want in wants:
        cells = " ".join(f"{counts[want, got] or '·':>2}" for got in gots)
        lines.append(f"{want:<{width}} {cells}")
    legend = ", ".join(f"{number} {got[:60]}" for number, got in enumerate(gots, 1))
    right = sum(name.startswith("right_") for name, _, _ in rows)
    off = sum(want != got for _, want, got in rows)
    return [*lines, f"given: {legend}", f"{right} right, {len(rows) - right} wrong, {off} off"]
