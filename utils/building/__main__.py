"""The command line: python -m utils.building write | check | reset LESSON."""

import argparse
import sys
from pathlib import Path

from utils.building.catalogue import ROOT, BuildError, find_lesson, lessons
from utils.building.comparing import states, strict
from utils.building.editions import build
from utils.building.linting import lint
from utils.building.writing import reset, write


def main(arguments=None):
    """Run one command; returns 0 where all is well, 1 where something is to be mended."""
    parser = argparse.ArgumentParser(prog="python -m utils.building", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the course's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write", help="build notebooks/ and solutions/ from lessons/")
    commands.add_parser("check", help="compare them with what lessons/ builds, and lint the course")
    one = commands.add_parser("reset", help="bring one lesson's notebook back to its first state")
    one.add_argument("lesson", nargs="?", default="", help="for example 01")
    asked = parser.parse_args(arguments)
    root = asked.root.resolve()
    if asked.command == "reset":
        return run_reset(asked.lesson, root)
    return {"write": run_write, "check": run_check}[asked.command](root)


def run_write(root, registered=None):
    """Build every lesson; what cannot be built stays as it is, and is said."""
    known, failed, said = lessons(root), 0, []
    for lesson in known:
        try:
            said += write(lesson)
        except BuildError as error:
            failed += 1
            print(f"lessons/{lesson.path.name}:{error.line}: {error} Not built.", file=sys.stderr)
    print("\n".join(said) if said else "Nothing to write.")
    findings = [finding for finding in lint(root, registered) if not finding.remark]
    if findings:
        print(f"\nTo mend before `make check-notebooks` passes ({len(findings)}):")
        print("\n".join(map(str, findings)))
    return 1 if failed else 0


def run_check(root, registered=None):
    """Lint the course and compare its files with what is built; all findings at once."""
    findings, compared, failed = lint(root, registered), [], 0
    known = lessons(root)
    for lesson in known:
        try:
            compared += [(lesson, state) for state in states(lesson, build(lesson))]
        except BuildError:
            failed += 1  # the lint findings say it, with the line
    for finding in findings:
        failed += not finding.remark or strict()
        print(finding)
    for lesson, state in compared:
        failed += state.fails(strict())
        _print_state(lesson, state)
    if not known:
        print(f"There are no lessons in {root / 'lessons'}.")
        return 1
    if failed:
        print(f"\n{failed} to mend in lessons/, notebooks/ and solutions/.", file=sys.stderr)
        return 1
    print(f"Built editions: {len(known)} lessons; lessons/, notebooks/ and solutions/ agree.")
    return 0


def run_reset(name, root):
    """Reset one lesson's notebook."""
    try:
        print(reset(find_lesson(name, root)))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _print_state(lesson, state):
    if state.kind in ("same", "missing"):  # the lint findings say what is missing
        return
    if state.fails(strict()):
        print(f"\n{state.report}\n{state.path} is not what the lesson builds. Run: make notebooks")
        return
    command = f"make reset LESSON={lesson.number}"
    if state.path.startswith("solutions/"):
        command = "make notebooks"
    print(f"{state.path}: worked in, left alone. To have it as it was: {command}")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a terminal may know no "…"
    sys.exit(main())
