"""The course's lessons, read from the YAML headers of lessons/*.py.

Only the header of each file is read, so that a list of all lessons costs milliseconds.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
STEM = re.compile(r"(?P<number>\d\d)_(?P<slug>[a-z][a-z0-9_]*)")
COURSE_KEYS = {  # key of the header's `course:` -> its type, and what it says
    "title": (str, "the lesson's name, as the map of the course shows it"),
    "minutes": (int, "how long it takes alone"),
    "workshop": (int, "how long the workshop's path through it takes"),
    "summary": (str, "one line on what one learns"),
    "tensorflow": (bool, "false where the lesson never imports TensorFlow; true is the default"),
}


class BuildError(Exception):
    """A lesson or a request that cannot be built from; the text is a sentence for the author."""

    def __init__(self, sentence, line=1):
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class Lesson:
    """One lesson: its names, and what its header says of it."""

    stem: str  # "01_time_major_lists"
    number: str  # "01"
    title: str
    minutes: int
    workshop: int  # minutes of the workshop's path
    summary: str
    path: Path  # lessons/01_time_major_lists.py
    tensorflow: bool = True

    @property
    def slug(self):
        """The stem without its number: the name of the lesson's rooms in utils/."""
        return self.stem.partition("_")[2]

    @property
    def root(self):
        """The folder that holds lessons/, notebooks/ and solutions/."""
        return self.path.parent.parent

    @property
    def notebook(self):
        """Path of the learner's edition."""
        return self.root / "notebooks" / f"{self.stem}.ipynb"

    @property
    def solution(self):
        """Path of the full edition."""
        return self.root / "solutions" / f"{self.stem}.ipynb"


def lessons(root=ROOT):
    """All lessons below `root`, in the order of their numbers.

    A header that lacks something gives a lesson with what there is (linting says what is missing).
    """
    return [read_lesson(path) for path in lesson_paths(root)]


def lesson_paths(root=ROOT):
    """The files lessons/NN_slug.py, in order."""
    return sorted(path for path in (root / "lessons").glob("*.py") if STEM.fullmatch(path.stem))


def read_lesson(path):
    """The `Lesson` of one file; a damaged header gives empty values."""
    try:
        course = header(path).get("course")
    except BuildError:
        course = None
    course = course if isinstance(course, dict) else {}

    def value(key, default):
        found = course.get(key, default)
        return found if isinstance(found, COURSE_KEYS[key][0]) else default

    return Lesson(
        stem=path.stem,
        number=path.stem[:2],
        title=value("title", path.stem),
        minutes=value("minutes", 0),
        workshop=value("workshop", 0),
        summary=value("summary", ""),
        path=path,
        tensorflow=value("tensorflow", True),
    )


def find_lesson(name, root=ROOT):
    """The lesson that `name` means: "1", "01", a stem, or the path of one of its files.

    Raises BuildError, which lists the lessons, where there is no such lesson.
    """
    wanted = str(name).strip()
    known = lessons(root)
    for lesson in known:
        files = (lesson.path, lesson.notebook, lesson.solution)
        names = {lesson.stem, lesson.slug, lesson.number, str(int(lesson.number))}
        if wanted in names | {path.name for path in files} or root / wanted in files:
            return lesson
    numbers = ", ".join(f"{lesson.number} ({lesson.title})" for lesson in known) or "none"
    asked = f"There is no lesson {wanted!r}" if wanted else "No lesson is named"
    raise BuildError(f"{asked}. The lessons are: {numbers}. Say for example LESSON=01.")


def lesson_text(path):
    """A lesson's text with LF line ends; raises BuildError where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BuildError("This line is not UTF-8. Save the file as UTF-8.", line) from None


def header(path):
    """The mapping beneath `jupyter:` in a lesson's YAML header; {} where there is no header.

    Reads no further than the header. Raises BuildError where it is not YAML.
    """
    lines = []
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        if file.readline().rstrip() != "# ---":
            return {}
        for line in file:
            if line.rstrip() == "# ---":
                break
            if not line.startswith("#"):
                raise BuildError("The header is not closed. End it with a line '# ---'.")
            lines.append(line[1:].removeprefix(" "))
    try:
        found = yaml.safe_load("".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = mark.line + 2 if mark else 1  # the header's first line is the file's second
        problem = getattr(error, "problem", None) or "unreadable"
        raise BuildError(f"The header is not YAML: {problem}. Mend this line.", at) from None
    jupyter = found.get("jupyter") if isinstance(found, dict) else None
    return jupyter if isinstance(jupyter, dict) else {}
