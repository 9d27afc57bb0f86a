"""Lint the whole course: its files, the lessons' headers, cells and calls, and what is registered.

Every finding names a file and a line, and says what to do; all of them are reported at once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from utils.building.catalogue import (
    COURSE_KEYS,
    ROOT,
    STEM,
    BuildError,
    Lesson,
    header,
    lesson_paths,
    lesson_text,
    read_lesson,
)
from utils.building.cells import read_cells
from utils.building.linting_cells import calls_in, lint_calls, lint_cells

RUNGS = 3  # of each hint ladder, at least
TOLERATED = re.compile(r"\..*|__pycache__")  # what systems and editors leave
COPY = re.compile(rf"({STEM.pattern})\.mine-.*")  # a learner's copy, kept by `make reset`


@dataclass(frozen=True)
class Finding:
    """Something to mend, and where. A remark fails only where nobody works (in CI)."""

    path: str
    line: int
    text: str
    remark: bool = False

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Registered:
    """What a lesson's checks module registers: hints of each exercise, and the predictions."""

    path: str  # "utils/exercises/checks/time_major_lists.py"
    exercises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    predictions: frozenset[str] = frozenset()
    problem: str = ""  # why nothing is registered, where the module cannot be loaded


def lint(root=ROOT, registered=None):
    """All findings of the course below `root`, in the order of files and lines.

    `registered` gives the `Registered` of a lesson; by default what its checks module declares.
    """
    registered = registered or registered_checks
    paths = lesson_paths(root)
    findings = [*_lint_files(root, [read_lesson(path) for path in paths])]
    for path in paths:
        findings += lint_lesson(read_lesson(path), registered(read_lesson(path)))
    return sorted(findings, key=lambda finding: (finding.path, finding.line))


def lint_lesson(lesson: Lesson, registered: Registered):
    """The findings of one lesson's text, and of what is registered for it."""
    name = lesson.path.relative_to(lesson.root).as_posix()
    found = list(_lint_header(lesson))
    try:
        cells = read_cells(lesson_text(lesson.path))
    except BuildError as error:
        found.append((error.line, str(error)))
        return [Finding(name, *pair) for pair in dict.fromkeys(found)]
    found += lint_cells(cells)
    calls = calls_in(cells)
    found += lint_calls(cells, calls, lesson.number)
    found += _lint_registered(cells, calls, registered)
    return [Finding(name, *pair) for pair in dict.fromkeys(found)]


def registered_checks(lesson):
    """What utils/exercises/checks/<slug>.py declares as EXERCISES and PREDICTIONS."""
    path = f"utils/exercises/checks/{lesson.slug}.py"
    try:
        module = import_module(f"utils.exercises.checks.{lesson.slug}")
        path = Path(module.__file__).relative_to(ROOT).as_posix()  # a file, or a folder's __init__
        exercises = {each.id: tuple(each.hints) for each in getattr(module, "EXERCISES", ())}
        predictions = frozenset(each.id for each in getattr(module, "PREDICTIONS", ()))
    except ModuleNotFoundError as error:
        missing = error.name == f"utils.exercises.checks.{lesson.slug}"
        return Registered(path, problem="it does not exist" if missing else str(error))
    except Exception as error:  # whatever a half-written module raises is a finding, not a crash
        return Registered(path, problem=f"{type(error).__name__}: {error}")
    return Registered(path, exercises, predictions)


def _lint_header(lesson):
    """(line, text) for each thing that the header's `course:` lacks or has too much."""
    try:
        found = header(lesson.path)
    except BuildError as error:
        yield error.line, str(error)
        return
    course = found.get("course")
    if not isinstance(course, dict):
        wanted = ", ".join(COURSE_KEYS)
        yield 1, f"The header has no 'course:' section. Add one with {wanted}."
        return
    for key, (kind, meaning) in COURSE_KEYS.items():
        if key not in course:
            if key != "tensorflow":
                yield 1, f"The header's course section lacks '{key}'. Add it: {meaning}."
            continue
        value = course[key]
        if type(value) is not kind or (kind is str and (not value.strip() or "\n" in value)):
            yield (
                1,
                (f"The header's course.{key} is {value!r}. Write one {kind.__name__}: {meaning}."),
            )
        elif kind is int and value <= 0:
            yield 1, f"The header's course.{key} is {value}. Write the minutes: {meaning}."
    for key in sorted(set(map(str, course)) - set(COURSE_KEYS)):
        yield 1, f"The header's course section knows no '{key}'. Use {', '.join(COURSE_KEYS)}."
    if lesson.workshop > lesson.minutes > 0:
        yield 1, "The workshop's path takes longer than the whole lesson. Mend one of the minutes."


def _lint_registered(cells, calls, registered):
    """(line, text) where the lesson and its checks module do not fit."""
    used = {call.id for call in calls if call.name == "check"}
    predicted = {call.id for call in calls if call.name == "predict"}
    where = registered.path
    if registered.problem:
        if calls:
            problem = f"{where} cannot be used ({registered.problem})"
            yield calls[0].line, f"No exercise is registered: {problem}. Mend it."
        return
    for call in calls:
        known = registered.exercises if call.name in ("check", "hint") else registered.predictions
        if call.id not in known:
            kind = "exercise" if call.name in ("check", "hint") else "prediction"
            names = ", ".join(sorted(known)) or "none"
            yield (
                call.line,
                (
                    f"{call.name}({call.id!r}) names no registered {kind} ({where} has: {names}). "
                    "Register it there, or mend the id."
                ),
            )
    for cell in cells:
        if isinstance(cell.exercise, str) and cell.exercise not in registered.exercises:
            yield cell.start, f"The exercise {cell.exercise} is not registered. Add it to {where}."
    for id_ in sorted(set(registered.exercises) - used):
        yield 1, f"{where} registers {id_}, which is never checked. Add check({id_!r}, …)."
    for id_ in sorted(registered.predictions - predicted):
        yield 1, f"{where} registers {id_}, which is never asked. Add predict({id_!r})."
    yield from _lint_hints(calls, registered)


def _lint_hints(calls, registered):
    """(line, text) where a ladder of hints is short or a rung is empty."""
    where = registered.path
    lines = {call.id: call.line for call in calls if call.name == "check"}
    for id_, hints in sorted(registered.exercises.items()):
        if len(hints) < RUNGS:
            yield (
                lines.get(id_, 1),
                (f"The exercise {id_} has {len(hints)} hints in {where}. Write {RUNGS} or more."),
            )
        for rung, hint in enumerate(hints, start=1):
            if not str(hint).strip():
                yield lines.get(id_, 1), f"Hint {rung} of {id_} in {where} is empty. Write it."


def _lint_files(root, known):
    """Findings about the files themselves: stray, missing, doubled, not matching."""
    stems = {lesson.stem for lesson in known}
    for folder, suffix in (("lessons", ".py"), ("notebooks", ".ipynb"), ("solutions", ".ipynb")):
        for path in sorted((root / folder).glob("*")):
            name = path.name
            right = path.suffix == suffix and path.stem in stems
            if right or TOLERATED.fullmatch(name):
                continue
            if suffix == ".ipynb" and COPY.fullmatch(path.stem) and path.suffix == suffix:
                continue
            what = (
                "A lesson is named NN_slug.py, in lower case. Rename it or move it away."
                if folder == "lessons"
                else "No lesson has this name. Move it out of the folder, or delete it."
            )
            # In notebooks/ a learner may keep what they like; in CI nobody learns.
            yield Finding(f"{folder}/{name}", 1, f"A stray file. {what}", folder == "notebooks")
    numbers = {}
    for lesson in known:
        name = f"lessons/{lesson.stem}.py"
        if first := numbers.get(lesson.number):
            text = f"The number {lesson.number} is {first}'s already. Take another."
            yield Finding(name, 1, text)
        numbers.setdefault(lesson.number, name)
        for path in (lesson.notebook, lesson.solution):
            if not path.exists():
                missing = path.relative_to(root).as_posix()
                yield Finding(name, 1, f"{missing} does not exist. Run `make notebooks`.")
    yield from _lint_bank(root, stems)


def _lint_bank(root, stems):
    """Findings about tests/bank/: its folders bear the lessons' stems."""
    bank = root / "tests" / "bank"
    if not (root / "tests").is_dir():  # a copy without its tests
        return
    folders = {path.name for path in bank.glob("*") if path.is_dir()}
    folders = {name for name in folders if not TOLERATED.fullmatch(name)}
    for stem in sorted(stems - folders):
        text = f"The lesson has no answer bank. Put its answers into tests/bank/{stem}/."
        yield Finding(f"lessons/{stem}.py", 1, text)
    for stem in sorted(folders - stems):
        text = "An answer bank without a lesson. Rename it to the lesson's stem, or delete it."
        yield Finding(f"tests/bank/{stem}", 1, text)
