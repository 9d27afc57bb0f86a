"""`make reset`: whatever stands behind LESSON=, one lesson is reset or a sentence says why not."""

import os
import subprocess

import pytest

from utils.building.__main__ import main
from utils.building.catalogue import ROOT, BuildError, find_lesson


@pytest.fixture
def lesson(course):
    lesson = course.add()
    course.write()
    return lesson


def make_reset(lesson):
    """Runs `make reset` with a stand-in that prints what the environment would be asked to run."""
    command = ["make", "reset", "ENVIRONMENT=printf '<%s>'"]
    command += [] if lesson is None else [f"LESSON={lesson}"]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True)


@pytest.mark.parametrize("lesson", [None, "", " "])
def test_without_a_lesson_nothing_is_built(lesson):
    done = make_reset(lesson)
    assert done.returncode != 0
    assert "Say which lesson: make reset LESSON=01" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("lesson", ["01", "0 1", "../01", "--help", "01; echo hurt", "a'b"])
def test_whatever_is_named_arrives_as_one_word(lesson):
    assert make_reset(lesson).stdout.endswith(f"<reset><--><{lesson}>")


@pytest.mark.parametrize("name", ["0 1", "../01", "01/", "--help", "notebooks", "x/01_small.ipynb"])
def test_what_is_no_lesson_gets_a_sentence(lesson, course, name, capsys):
    before = course.files()
    assert main(["--root", str(course.root), "reset", "--", name]) == 1
    said = capsys.readouterr().err
    assert f"There is no lesson {name!r}. The lessons are: 01 (A small lesson)" in said
    assert course.files() == before


@pytest.mark.parametrize(
    "name", ["1", "01", " 01 ", "01_small", "small", "notebooks/01_small.ipynb"]
)
def test_a_lesson_has_several_names(lesson, course, name):
    assert find_lesson(name, course.root) == lesson


def test_a_folder_in_the_notebook_s_place_is_left_alone(lesson, course, capsys):
    lesson.notebook.unlink()
    lesson.notebook.mkdir()
    (lesson.notebook / "mine.txt").write_text("mine")
    assert main(["--root", str(course.root), "reset", "01"]) == 1
    said = capsys.readouterr().err
    assert "notebooks/01_small.ipynb is no file" in said and "Traceback" not in said
    assert (lesson.notebook / "mine.txt").read_text() == "mine"


def test_an_unknown_lesson_is_an_error_for_programs_too(course):
    with pytest.raises(BuildError, match="There is no lesson"):
        find_lesson("99", course.root)
