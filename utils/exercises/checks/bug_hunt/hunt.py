"""06.hunt: the name of what is wrong and the mended program, judged by themselves."""

from utils.exercises.checks.bug_hunt.answers import NO_ANSWER, case_of, causes_of, functions_of
from utils.exercises.checks.bug_hunt.behaving import behaviour
from utils.exercises.checks.bug_hunt.mend import MEND
from utils.exercises.checks.bug_hunt.name import NAME, named
from utils.exercises.exercise import RIGHT, UNANSWERED, Exercise, NotYet, not_yet, right
from utils.exercises.messages import words


def judge_hunt(answer):
    """Right if the causes are those that were planted and the program behaves; says both."""
    case = case_of(answer, by="case.answer")
    cause = _verdict(lambda: named(causes_of(answer, case), case))
    program = _verdict(lambda: behaviour(case, functions_of(answer, case)))
    if cause.outcome == program.outcome == RIGHT:
        return right(**cause.facts)
    facts = {"cause": words(NAME, cause), "program": words(MEND, program)}
    if cause.outcome == RIGHT:
        return not_yet("program_not_yet", **facts)
    return not_yet("cause_not_yet" if program.outcome == RIGHT else "neither", **facts)


HUNT = Exercise(
    id="06.hunt",
    task=(
        "Hand in `case.answer(cause, build=build)`: the name of what is wrong, and the functions "
        "that you have changed. Both are judged, each by itself."
    ),
    judge=judge_hunt,
    messages={
        **NO_ANSWER,
        "program_not_yet": ("The cause is right. The program is not mended yet. {program}"),
        "cause_not_yet": (
            "The program is mended: it does what its task says. What was wrong with it is not yet "
            "named. {cause}"
        ),
        "neither": "Neither is right yet. The cause: {cause} The program: {program}",
    },
    hints=(
        "Begin with the cause. A program that runs well after ten changes does not tell which of "
        "them was needed; a cause that is known asks for one.",
        "Say the symptom in your own words, and choose the instrument that looks there: `axes`, "
        "`shapes`, `noise`, `masks`, `memory` or `gradients`. Write down what you expect, then put "
        "it to `case.functions()`.",
        "Change the one place that can do what the instrument shows, and put the same instrument "
        "to the mended program. Only then look at the score.",
        'Stuck with the one half? `check("06.name", case.name(…))` and `check("06.mend", '
        "case.mend(…))` judge each alone and have hints of their own. Solved cases are in "
        "`solutions/06_bug_hunt.ipynb`.",
    ),
    hints_for={
        "cause_not_yet": "Take your changes back one by one, until the symptom returns. What does "
        "that line do?",
        "program_not_yet": "You know what is wrong. Does the instrument still find it in your "
        "program?",
        "neither": "Forget the code for a moment. What does the symptom say of rows, steps, noise, "
        "targets, gradients or states?",
    },
    explanation=(
        "Named and mended. {evidence} Another case waits under another number, and it is the same "
        "for everyone who chooses it."
    ),
    seconds=90.0,
    expects="what `case.answer(cause, build=…)` returns",
    tensorflow=True,
)


def _verdict(judge):
    """The verdict that a judge returns or raises; a `...` ends the whole."""
    try:
        return judge()
    except NotYet as stop:
        if stop.verdict.outcome == UNANSWERED:
            raise
        return stop.verdict
