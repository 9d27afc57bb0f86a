"""06.name: what is wrong with the program of a case, by the name of its cause."""

from utils.exercises.checks.bug_hunt.answers import NO_ANSWER, case_of, causes_of, code
from utils.exercises.checks.bug_hunt.telling_apart import difference, why_not
from utils.exercises.exercise import Exercise, not_yet, right

IN_WORDS = {1: "one fault", 2: "two faults"}


def judge_name(answer):
    """Right if the causes named are those that were planted."""
    case = case_of(answer, by="case.name")
    return named(causes_of(answer, case), case)


def named(causes, case):
    """The verdict on the keys of causes, for a case."""
    planted = case._planted
    found = [one for one in causes if one in planted]
    wrong = [one for one in causes if one not in planted]
    there = {"faults": IN_WORDS[len(planted)], "count": len(causes)}
    if len(causes) > len(planted) + 1:
        return not_yet("everything", total=len(case.causes), **there)
    if len(found) == len(planted):
        if wrong:
            return not_yet("one_too_many", **there)
        return right(evidence=" ".join(_evidence(one, case) for one in found))
    if not wrong:
        return not_yet("one_missing", named=code(found), **there)
    apart = difference(wrong[0], planted)
    because = apart or why_not(wrong[0], case)
    facts = {"wrong": f"`{wrong[0]}`", "because": because, **there}
    if found:
        return not_yet("half_right", right=code(found), **facts)
    return not_yet("near" if apart else "not_it", **facts)


NAME = Exercise(
    id="06.name",
    task=(
        "Hand in `case.name(cause)` with the name of what is wrong with the program, one of the "
        "keys of `case.causes`. A case of level 3 has two faults: `case.name(one, another)`."
    ),
    judge=judge_name,
    messages={
        **NO_ANSWER,
        "no_cause": (
            "Your answer names no cause. A program can be mended by luck, and the next one will "
            "have the same fault. Look at what stands between the brackets of `case.name(…)`."
        ),
        "not_a_name": (
            "Among the causes of your answer is {got}, and a cause is named by a text. Nothing "
            "else could be looked up. Look at the keys of `case.causes`."
        ),
        "unknown_cause": (
            "“{said}” is none of the causes of this hunt; the nearest are {near}. Perhaps it is "
            "the right thought in other words. Look in `case.causes`, which says what each name "
            "means."
        ),
        "everything": (
            "You name {count} of the {total} causes, and this program has {faults}. Who suspects "
            "everybody has accused nobody, so this answer is not looked into. Put an instrument "
            "to the program, and strike from your list what it does not find."
        ),
        "one_too_many": (
            "What is wrong is among the {count} that you name, and so is something that is not: "
            "the program has {faults}. A repair for each would change a part that is right. "
            "Ask for something that would happen with the one and not with the other."
        ),
        "one_missing": (
            "{named} is right. This program has two faults, and the other one is still at large; "
            "it may well be hidden by the first. Mend what you have found, and put the instruments "
            "to the program once more."
        ),
        "half_right": (
            "{right} is right, and {wrong} is not: {because} The program has two faults. Mend the "
            "one that you have found, and ask again what is left of the symptom."
        ),
        "near": (
            "It is not {wrong}, though it looks like it. {because} Two faults may have one "
            "symptom, and each wants another repair. Look for what tells them apart."
        ),
        "not_it": (
            "It is not {wrong}. {because} A repair there would change what is right. Look at the "
            "symptom again: which instrument looks at what it tells of?"
        ),
    },
    hints=(
        "Read the symptom and say which two things it relates: rows and rows, steps and steps, an "
        "answer and its repetition, answers and targets, a loss and a weight. That is the question "
        "to begin with.",
        "Put the instrument to the program: `program = case.functions()`, `x, y = "
        'program["make_data"](0)`, `model = program["build"]()`, and then `axes`, `shapes`, '
        "`noise`, `masks`, `memory` or `gradients` on `model, x, y`. Write down first what you "
        "expect it to say.",
        "`diagnose(model, x, y)` asks all of them, and tells what it did not look at. A training "
        "of one's own in `train` is not seen by it: read that part line by line.",
        "`case.causes` says in a sentence what each name means. Strike out all that contradict "
        "what an instrument has shown. Solved cases are in `solutions/06_bug_hunt.ipynb`.",
    ),
    hints_for={
        "unknown_cause": "`for name, words in case.causes.items(): print(name, words)`",
        "near": "Do by hand what the message speaks of, on `model = case.functions()["
        '"build"]()` and a batch of three rows. What would each of the two faults answer?',
        "not_it": "Name first what you have seen, without any name for it: “this moves when I "
        "change that”. Then look for the cause that says so.",
        "one_too_many": "For each of the two: what would you see if it were the only one?",
        "half_right": "Hand in the repair of the one to `case.run(…)`, and look at what is still "
        "wrong.",
        "one_missing": '`case.run({"build": build})` runs the program with your function in it.',
    },
    explanation="{evidence}",
    expects="what `case.name(cause)` returns",
)


def _evidence(cause, case):
    """What it is, and which instrument would have told."""
    instrument, findings = case._instrument[cause]
    told = " or ".join(f"“{finding}”" for finding in findings)
    return (
        f"It is `{cause}`: {case.causes[cause]} On this program `{instrument}` says {told}. That "
        "is the evidence; the symptom alone is not."
    )
