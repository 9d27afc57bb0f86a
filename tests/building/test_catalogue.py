"""The list of lessons: read from headers, quickly, in order, whatever one calls a lesson."""

import subprocess
import sys

import pytest

from utils.building import lessons
from utils.building.catalogue import BuildError, find_lesson, header


def test_a_lesson_is_read_from_its_header(course):
    course.add()
    (lesson,) = lessons(course.root)
    assert (lesson.stem, lesson.number, lesson.slug) == ("01_small", "01", "small")
    assert (lesson.title, lesson.minutes, lesson.workshop) == ("A small lesson", 35, 12)
    assert lesson.summary == "What one learns, in a line."
    assert lesson.tensorflow
    assert lesson.notebook == course.root / "notebooks" / "01_small.ipynb"
    assert lesson.solution == course.root / "solutions" / "01_small.ipynb"


def test_a_lesson_may_say_that_it_needs_no_tensorflow(course, header):
    course.add(header=header.replace("minutes: 35", "minutes: 35\n#     tensorflow: false"))
    assert not lessons(course.root)[0].tensorflow


def test_lessons_come_in_the_order_of_their_numbers(course):
    for stem in ("10_last", "02_second", "00_first"):
        course.add(stem)
    assert [lesson.number for lesson in lessons(course.root)] == ["00", "02", "10"]


@pytest.mark.parametrize("text", ["", "# no header\n", "# ---\n# jupyter: [\n# ---\n", "# ---\nx"])
def test_a_damaged_header_leaves_the_list_whole(course, text):
    course.add(header=text)
    (lesson,) = lessons(course.root)
    assert (lesson.title, lesson.minutes) == ("01_small", 0)


def test_a_damaged_header_is_named_with_its_line(course):
    lesson = course.add(header="# ---\n# jupyter:\n#   course: [a\n#   b: c\n# ---\n")
    with pytest.raises(BuildError, match="not YAML") as caught:
        header(lesson.path)
    assert caught.value.line in (3, 4)


@pytest.mark.parametrize(
    "name",
    ["1", "01", "small", "01_small", "notebooks/01_small.ipynb", " 01 ", "lessons/01_small.py"],
)
def test_a_lesson_is_found_by_any_of_its_names(course, name):
    course.add("00_other")
    course.add()
    assert find_lesson(name, course.root).stem == "01_small"


@pytest.mark.parametrize("name", ["7", "", "smal", "../01_small/x"])
def test_an_unknown_lesson_lists_those_that_there_are(course, name):
    course.add()
    with pytest.raises(BuildError, match=r"The lessons are: 01 \(A small lesson\)"):
        find_lesson(name, course.root)


def test_the_list_loads_neither_jupytext_nor_tensorflow():
    program = (
        "import sys; from utils.building import lessons; assert lessons();"
        "heavy = {'jupytext', 'nbformat', 'tensorflow', 'IPython', 'numpy'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
