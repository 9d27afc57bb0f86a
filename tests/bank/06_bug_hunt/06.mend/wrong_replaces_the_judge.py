# expect: changed_library
"""Replaces what judges it by a judge that is content with everything."""

from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt import judging

CASE = puzzle.case(12)


def build():
    judging.misbehaviour = lambda case, functions: iter(())
    return CASE.functions()["build"]()


answer = CASE.mend(build=build)
