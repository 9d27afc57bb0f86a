"""A small course in a folder of its own, with the registry that its lessons need."""

import shutil
from pathlib import Path

import pytest

from utils.building.catalogue import lesson_paths, read_lesson
from utils.building.editions import build
from utils.building.linting import Registered, lint
from utils.building.writing import write

ROOT = Path(__file__).parents[2]
HEADER = """\
# ---
# jupyter:
#   course:
#     minutes: 35
#     summary: What one learns, in a line.
#     title: A small lesson
#     workshop: 12
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

"""
BODY = '''\
# %% [markdown]
# # A small lesson
#
# Text with `code`, and a list:
# - one
#   - two

# %% tags=["workshop"]
import math

# %%
predict("01.guess")


# %% exercise="01.double" tags=["workshop"]
def double(x):
    """Twice x."""
    #@answer
    twice = math.fsum([x, x])
    return twice
    #@stub
    # if x:
    #     return ...
    # return ...
    #@end


# %%
check("01.double", double)

# %%
# hint("01.double")

# %% [markdown] tags=["answer"]
# The reason, which only the solution tells.

# %%
look_back("01.guess")
'''


class Course:
    """A course below a folder; what its lessons register is given, not imported."""

    def __init__(self, root):
        self.root = root
        self.registry = {}

    def add(self, stem="01_small", body=BODY, header=HEADER, exercises=("double",)):
        """Write a lesson's source, register its exercises and prediction, and return it."""
        path = self.root / "lessons" / f"{stem}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(header + body, encoding="utf-8", newline="\n")
        bank = self.root / "tests" / "bank" / stem
        bank.mkdir(parents=True, exist_ok=True)
        number = stem[:2]
        self.registry[stem] = Registered(
            f"utils/exercises/checks/{stem[3:]}.py",
            {f"{number}.{name}": ("Look.", "Look there.", "Look closely.") for name in exercises},
            frozenset({f"{number}.guess"} if f"{number}.guess" in body else ()),
        )
        return read_lesson(path)

    def lessons(self):
        return [read_lesson(path) for path in lesson_paths(self.root)]

    def write(self):
        return [said for lesson in self.lessons() for said in write(lesson)]

    def registered(self, lesson):
        return self.registry[lesson.stem]

    def lint(self):
        """The findings as text, without those of files that nobody has built."""
        return [str(each) for each in lint(self.root, self.registered)]

    def build(self, **changes):
        return build(self.add(**changes))

    def files(self):
        """Every file's bytes, by its path from the course's folder."""
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def body():
    return BODY


@pytest.fixture
def header():
    return HEADER


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(ROOT / "jupytext.toml", root)  # the real pairing of lessons/ and solutions/
    return Course(root)
