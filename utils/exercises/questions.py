"""The same answer asked several questions, in any order and more than once."""

import numpy as np

from utils.exercises.exercise import RIGHT, UNANSWERED, NotYet, not_yet

# What holds whatever the question: there is no need to ask the others.
AT_ONCE = {"not_callable", "wrong_signature", "changed_arguments", "changed_library", "memory"}


def verdicts(judge_once, answer, questions, again=None, enough=None):
    """{question: verdict}; raises NotYet "unsteady" if a right one is wrong the next time.

    `judge_once(answer, question)` returns a verdict or raises one. What was right is asked again,
    `again` times in all, by chance, so that no answer can count its calls; by default each of them
    once and four more. After `enough` wrong ones, and no right one, the rest is not asked.
    """
    found = {}
    for question in questions:
        found[question] = verdict_on(judge_once, answer, question)
        if len(found) == enough and all(one.outcome != RIGHT for one in found.values()):
            return found
    steady = [question for question, verdict in found.items() if verdict.outcome == RIGHT]
    chance = np.random.default_rng()
    order = [*chance.permutation(len(steady)), *chance.integers(len(steady) or 1, size=4)]
    for question in [steady[k] for k in order[:again]] if steady else []:
        if verdict_on(judge_once, answer, question).outcome != RIGHT:
            raise NotYet("unsteady", asked=f"with {question.words()}")
    return found


def verdict_on(judge_once, answer, question):
    """The verdict on one question, also if it is raised; what holds for all goes on upwards."""
    try:
        return judge_once(answer, question)
    except NotYet as stop:
        if stop.verdict.outcome == UNANSWERED or stop.verdict.message in AT_ONCE:
            raise
        return stop.verdict


def first_wrong(found):
    """(question, verdict) of the first one in `found` that is not right, or (None, None)."""
    wrong = (pair for pair in found.items() if pair[1].outcome != RIGHT)
    return next(wrong, (None, None))


def some_sizes(found, in_short):
    """The verdict "some_sizes" where questions went well beside the first wrong one, else None.

    `in_short(verdict)` says in a clause what was seen there. An error speaks for itself: None.
    """
    question, finding = first_wrong(found)
    good = [one.words() for one, verdict in found.items() if verdict.outcome == RIGHT]
    if finding is None or not good or finding.message == "raised":
        return None
    facts = {"good": "; ".join(good), "bad": question.words(), "finding": in_short(finding)}
    return not_yet("some_sizes", **facts)


def listed(numbers, one, many, most=6):
    """'inputs 4, 7 and 10' in words; a longer row of neighbours as 'inputs 4 to 10'."""
    numbers = sorted(int(number) for number in numbers)
    if not numbers:
        return f"no {one}"
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{many} {numbers[0]} to {numbers[-1]}"
    if len(numbers) > most:
        shown = ", ".join(map(str, numbers[:3]))
        return f"{many} {shown}, … {numbers[-1]} ({len(numbers)} of them)"
    return f"{many} {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def number(value, digits=4):
    """A number in words: few digits, and a minus sign that a screen reader says."""
    return f"{value:.{digits}g}".replace("-", "−")
