"""Answers and stubs: what the learner gets, what the reference keeps, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.building.catalogue import BuildError
from utils.building.markers import MARKER, divide, learner_lines, reference_lines

CELL = """\
def f(x):
    #@answer
    return 2 * x
    #@stub
    # if x:
    #     return ...
    #
    # return ...
    #@end
y = f(3)"""


def text(lines):
    return "\n".join(line.text for line in lines)


def test_the_learner_gets_the_stub_and_its_indentation():
    wanted = "def f(x):\n    if x:\n        return ...\n\n    return ...\ny = f(3)"
    assert text(learner_lines(divide(CELL.split("\n")))) == wanted


def test_the_reference_keeps_the_answer():
    assert (
        text(reference_lines(divide(CELL.split("\n")))) == "def f(x):\n    return 2 * x\ny = f(3)"
    )


def test_lines_keep_their_place_in_the_lesson():
    learner = learner_lines(divide(CELL.split("\n"), first=40))
    assert [line.number for line in learner] == [40, 44, 45, 46, 47, 49]
    assert [line.number for line in reference_lines(divide(CELL.split("\n"), 40))] == [40, 42, 49]


def test_a_cell_may_hold_several_groups():
    lines = ["#@answer", "a = 1", "#@stub", "# a = ...", "#@end"]
    assert text(learner_lines(divide([*lines, "b = 0", *lines]))) == "a = ...\nb = 0\na = ..."


@pytest.mark.parametrize(
    ("cell", "line", "words"),
    [
        ("#@answer\nx = 1", 1, "Add #@stub and #@end"),
        ("y = 0\n#@answer\nx = 1\n#@stub\n# x = ...", 2, "Add #@end"),
        ("#@answer\nx = 1\n#@end", 3, "no stub"),
        ("x = 1\n#@stub\n# x = ...\n#@end", 2, "no answer"),
        ("#@answer\n#@answer", 2, "#@answer stands where #@stub"),
        ("#@end", 1, "#@end stands where #@answer"),
        ("#@answer\nx = 1\n#@sutb", 3, "#@sutb is not known"),
    ],
)
def test_broken_markers_are_named_with_their_line(cell, line, words):
    with pytest.raises(BuildError, match=words) as caught:
        divide(cell.split("\n"))
    assert caught.value.line == line


def test_a_stub_that_runs_in_the_solution_is_refused():
    divided = divide(["#@answer", "x = 1", "#@stub", "x = ...", "#@end"], first=10)
    with pytest.raises(BuildError, match="Comment it out") as caught:
        learner_lines(divided)
    assert caught.value.line == 13


PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20).filter(
    lambda line: not MARKER.fullmatch(line)
)


@given(
    before=st.lists(PLAIN),
    groups=st.lists(st.tuples(st.lists(PLAIN), st.lists(PLAIN), st.lists(PLAIN)), max_size=3),
)
def test_no_answer_line_and_no_marker_reaches_the_learner(before, groups):
    lines, wanted, answers = list(before), list(before), list(before)
    for answer, stub, after in groups:
        commented = [f"# {line}" for line in stub]
        lines += ["#@answer", *answer, "  #@stub", *commented, "#@end ", *after]
        wanted += [*(line.rstrip() for line in stub), *after]
        answers += [*answer, *after]
    divided = divide(lines)
    learner = learner_lines(divided)
    assert [line.text for line in learner] == wanted
    assert [line.text for line in reference_lines(divided)] == answers
    assert [line.number for line in learner] == sorted(line.number for line in learner)
