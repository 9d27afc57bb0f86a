"""The reference answers run, with the lesson's imports, by themselves."""

import pytest

from utils.building import lessons, reference_answers, reference_imports


def test_a_reference_answer_runs_with_the_lessons_imports(course):
    lesson = course.add()
    answers = reference_answers(lesson)
    assert list(answers) == ["01.double"]
    assert "#@" not in answers["01.double"]
    assert "..." not in answers["01.double"]
    space = {}
    exec(reference_imports(lesson) + answers["01.double"], space)
    assert space["double"](21) == 42


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.stem)
def test_every_real_reference_answer_is_whole(lesson):
    answers = reference_answers(lesson)
    assert answers
    for source in answers.values():
        compile(source, lesson.stem, "exec")
        assert "#@" not in source
