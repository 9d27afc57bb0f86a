"""The README tells of the course as it is."""

import re
from pathlib import Path

from utils.building import lessons

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_map_is_that_of_the_lessons():
    rows = re.findall(r"^\| (\d\d) ([^|]+) \| ([^|]+) \| (\d+) \|$", README, re.MULTILINE)
    assert rows == [
        (lesson.number, lesson.title, lesson.summary, str(lesson.minutes)) for lesson in lessons()
    ]


def test_every_command_is_a_target():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = re.findall(r"make ([a-z][a-z-]+)", README)
    assert {"lab", "check-notebooks"} <= set(named) <= set(targets)


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_folder_that_it_describes_is_there():
    folders = re.findall(r"^\| `([a-z/]+)/` \|", README, re.MULTILINE)
    assert len(folders) >= 5
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
