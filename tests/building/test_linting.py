"""Each lint rule finds its fault, with the line, and a sound course has no finding."""

import re

import pytest

from utils.building.linting import Registered, lint, lint_lesson

EXERCISE = """\
# %% exercise="01.double"
#@answer
y = 1
#@stub
# y = ...
#@end

# %%
check("01.double", y)

# %%
# hint("01.double")
"""


def findings(course, body, **changes):
    """The findings of a lesson's text as (line within the body, sentence)."""
    lesson = course.add(body=body, **changes)
    offset = lesson.path.read_text(encoding="utf-8").count("\n") - body.count("\n")
    found = lint_lesson(lesson, course.registered(lesson))
    return [(finding.line - offset, finding.text) for finding in found]


def test_a_sound_course_has_no_finding(course):
    course.add()
    course.write()
    assert course.lint() == []


def test_a_finding_reads_as_path_line_sentence(course):
    course.add(body=EXERCISE.replace('"01.double"', '"01.double" tags=["typo"]', 1))
    course.write()
    (finding,) = course.lint()
    assert re.fullmatch(
        r"lessons/01_small\.py:\d+: The tag 'typo' is not known\. Use .+\.", finding
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("# %%\ncheck", '# %% tags=["wokshop"]\ncheck', 8, "tag 'wokshop' is not known"),
        ("# %%\ncheck", "# %% colour=1\ncheck", 8, "metadata key 'colour' is not known"),
        ("# %%\ncheck", '# %% tags="workshop"\ncheck', 8, "This cell cannot be read: 'workshop'"),
        ("# %%\ncheck", '# %% tags=["raises-exception"]\ncheck', 8, "says what"),
        ("# %%\ncheck", '# %% raises="ValueError: no"\ncheck', 8, "says what"),
        ("# %%\ncheck", '# %% tags=["raises-exception"] raises="no"\ncheck', 8, "raises is 'no'"),
        ("# %%\ncheck", "# %% [raw]\ncheck", 8, "raw cell"),
        ("#@stub\n# y = ...\n", "", 4, "This answer has no stub"),
        ("#@answer\ny = 1\n", "", 2, "This stub has no answer"),
        ("#@end\n", "", 2, "not closed. Add #@end"),
        ("#@end", "#@ende", 6, "marker #@ende is not known"),
        ("#@answer\ny = 1\n#@stub\n# y = ...\n#@end", "y = 1", 1, "exercise has no stub"),
        ("y = 1", "# y = 1", 2, "answer is empty"),
        ("y = 1", "...", 2, "answer is empty"),
        ("# y = ...", "# y = = ...", 5, "learner's edition of this cell is not valid Python"),
        ("# y = ...", "# y = (", 5, "learner's edition of this cell is not valid Python"),
        ("# y = ...", "y = ...", 5, "Comment it out"),
        ("# y = ...", "# y =  1", 2, "stub equals the answer"),
        ("# y = ...", "# y = 2", 2, "stub leaves no gap"),
        ("y = 1", "y = = 1", 3, "This cell is not valid Python"),
        ("check(", "check((", 9, "This cell is not valid Python"),
        ('# %% exercise="01.double"', "# %%", 1, "Markers in a cell that is no exercise"),
        ('# %% exercise="01.double"', '# %% exercise="1.double"', 1, "should read 01.word"),
        ('# %% exercise="01.double"', "# %% exercise=7", 1, "exercise id is 7"),
        ('e="01.double"', 'e="01.double" tags=["answer"]', 1, "reaches no learner"),
        (
            "# %%\ncheck",
            '# %% [markdown] exercise="01.x"\n# check',
            8,
            "An exercise is a code cell",
        ),
        ('check("01.double", y)', "y", 1, 'No later cell has check("01.double", …)'),
        ('# hint("01.double")', "y", 1, 'No later cell has # hint("01.double")'),
        ('# hint("01.double")', 'hint("01.double")', 12, "Comment it out"),
        ('# hint("01.double")', '# hint("01.duoble")', 12, "hint('01.duoble') names no registered"),
        ('check("01.double", y)', 'check("01.duoble", y)', 9, "check('01.duoble') names no regist"),
        ('check("01.double", y)', "check(y)", 9, "check gets no id in quotes"),
        ("y = 1", 'y = predict("01.what")', 3, "predict('01.what') names no registered prediction"),
        ("y = 1", 'y = look_back("01.what")', 3, "stands before its predict"),
        ("y = 1", "y = 1\n" * 26, 1, "27 lines; 25 fit a glance"),
        ("# hint(", "# ![](loss.png)\n# hint(", 99, ""),  # a comment in code shows no picture
    ],
)
def test_a_fault_is_found_at_its_line(course, old, new, line, words):
    assert EXERCISE.count(old) == 1
    found = findings(course, EXERCISE.replace(old, new))
    if not words:
        assert not found
        return
    assert [at for at, text in found if words in text] == [line], found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# A curve: ![](loss.png)", 2),
        ("#\n# ![ ](loss.png) and ![alt](b.png)", 3),
        ("#\n#\n# ![][loss]", 4),
        ('# <img src="a.png">', 2),
        ('# <img\n#   src="a.png" alt="">', 2),
        ("# <IMG alt=' ' src='a.png'>", 2),
    ],
)
def test_a_picture_says_in_words_what_it_shows(course, text, line):
    (found,) = findings(course, f"# %% [markdown]\n{text}\n\n{EXERCISE}")
    assert found[0] == line
    assert "without alternative text" in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "# ![The loss falls.](a.png)",
        "# <img src='a.png' alt='The loss'>",
        '# <img alt="x" src="a">',
    ],
)
def test_a_picture_with_words_passes(course, text):
    assert findings(course, f"# %% [markdown]\n{text}\n\n{EXERCISE}") == []


def test_three_texts_in_a_row_are_the_most(course):
    text = "# %% [markdown]\n# Text.\n\n"
    assert findings(course, text * 3 + EXERCISE) == []
    (found,) = findings(course, text * 4 + EXERCISE)
    assert found == (10, found[1])
    assert "4th cell in a row" in found[1]
    hidden = text.replace("[markdown]", '[markdown] tags=["answer"]')
    assert findings(course, text * 2 + hidden * 2 + text + EXERCISE) == []


def test_one_exercise_id_belongs_to_one_cell(course):
    found = findings(course, EXERCISE + "\n" + EXERCISE)
    assert [(line, "used by 2 cells" in text) for line, text in found] == [(14, True)]


def test_ipython_magics_are_no_syntax_errors(course):
    assert (
        findings(course, "# %%\n# %matplotlib inline\n# !ls\nx = await_me = 1\n\n" + EXERCISE) == []
    )


def test_a_marker_line_in_a_string_is_named(course):
    found = findings(course, 'x = """\n# %%\n"""\n')
    assert found[-1] == (1, "Text stands before the first cell. Put '# %%' above it.")
    found = findings(course, '# %%\nx = """\n# %% inside\n"""\n\n' + EXERCISE)
    assert "look like '# %%'" in found[0][1]


def test_all_findings_come_at_once(course):
    body = EXERCISE.replace("y = 1", "y = = 1").replace("# %%\ncheck", '# %% tags=["x"]\ncheck')
    found = findings(course, body.replace('# hint("01.double")', 'hint("01.double")'))
    assert {3, 8, 12} <= {line for line, _ in found}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#     minutes: 35\n", "", "lacks 'minutes'"),
        ("minutes: 35", "minutes: half an hour", "course.minutes is 'half an hour'"),
        ("minutes: 35", "minutes: 0", "course.minutes is 0"),
        ("minutes: 35", "minutes: true", "course.minutes is True"),
        ("workshop: 12", "workshop: 50", "longer than the whole lesson"),
        ("title: A small lesson", "title: ''", "course.title is ''"),
        ("title:", "titel:", "knows no 'titel'"),
        ("course:", "curse:", "no 'course:' section"),
        ("title: A small lesson", "title: A: small: lesson", "not YAML"),
    ],
)
def test_a_header_says_what_the_map_needs(course, header, old, new, words):
    assert header.count(old) == 1
    lesson = course.add(header=header.replace(old, new))
    assert any(words in found.text for found in lint_lesson(lesson, course.registered(lesson)))


def registry(**changes):
    values = {
        "path": "utils/exercises/checks/small.py",
        "exercises": {"01.double": ("a", "b", "c")},
    }
    return Registered(**{**values, **changes})


@pytest.mark.parametrize(
    ("registered", "words"),
    [
        (registry(exercises={}), "check('01.double') names no registered exercise"),
        (registry(exercises={}), "The exercise 01.double is not registered"),
        (registry(exercises={"01.double": ("a", "b")}), "has 2 hints"),
        (registry(exercises={"01.double": ("a", " ", "c")}), "Hint 2 of 01.double"),
        (
            registry(exercises={"01.double": tuple("abc"), "01.more": tuple("abc")}),
            "registers 01.more, which is never checked",
        ),
        (registry(predictions=frozenset({"01.q"})), "registers 01.q, which is never asked"),
        (registry(problem="it does not exist"), "small.py cannot be used (it does not exist)"),
    ],
)
def test_the_lesson_and_its_registry_fit(course, registered, words):
    lesson = course.add(body=EXERCISE)
    assert lint_lesson(lesson, registry()) == []
    assert any(words in finding.text for finding in lint_lesson(lesson, registered))


def test_files_that_do_not_match_are_found(course):
    course.add()
    course.add("01_again")
    course.write()
    (course.root / "notebooks" / "01_again.ipynb").unlink()
    for stray in ("lessons/Draft.py", "lessons/notes.md", "solutions/02_gone.ipynb"):
        (course.root / stray).write_text("x")
    (course.root / "tests" / "bank" / "03_nothing").mkdir()
    (course.root / "tests" / "bank" / "01_small").rmdir()
    found = "\n".join(course.lint())
    assert "lessons/Draft.py:1: A stray file" in found
    assert "lessons/notes.md:1: A stray file" in found
    assert "solutions/02_gone.ipynb:1: A stray file" in found
    assert "lessons/01_again.py:1: notebooks/01_again.ipynb does not exist" in found
    assert "01_small.py:1: The number 01 is lessons/01_again.py's already" in found
    assert "tests/bank/03_nothing:1: An answer bank without a lesson" in found
    assert "lessons/01_small.py:1: The lesson has no answer bank" in found


def test_what_learners_and_systems_leave_is_no_error(course):
    course.add()
    course.write()
    for name in ("01_small.mine-2026-11-22.ipynb", ".DS_Store", ".ipynb_checkpoints"):
        (course.root / "notebooks" / name).write_text("x")
    assert course.lint() == []
    (course.root / "notebooks" / "Untitled.ipynb").write_text("x")
    (finding,) = lint(course.root, course.registered)
    assert finding.remark
    assert str(finding).startswith("notebooks/Untitled.ipynb:1: A stray file.")


def test_a_lesson_that_is_not_utf8_is_named_with_its_line(course):
    lesson = course.add()
    lesson.path.write_bytes(lesson.path.read_bytes() + b"# caf\xe9\n")
    last = lesson.path.read_bytes().count(b"\n")
    assert (
        f"lessons/01_small.py:{last}: This line is not UTF-8. Save the file as UTF-8."
        in course.lint()
    )
