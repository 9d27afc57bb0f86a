"""One verdict on an answer that was judged at several sizes."""

import numpy as np

from utils.exercises.exercise import RIGHT, UNANSWERED, NotYet, not_yet, right
from utils.exercises.questions import AT_ONCE

# (batch, timesteps). The first is small enough to print; a single row or a single step tells
# nothing about the order, and finds answers that squeeze an axis away.
SIZES = ((3, 4), (7, 50), (2, 6), (5, 3), (4, 4), (1, 5), (6, 1))
SHOWN = {(3, 4), (7, 50)}  # those that the lesson shows
TELLING = {size for size in SIZES if 1 not in size}


def finding_at(judge_once, answer, *size):
    """The verdict at one size, also if it is raised; what holds at every size goes on upwards."""
    try:
        return judge_once(answer, *size)
    except NotYet as stop:
        verdict = stop.verdict
        if verdict.outcome == UNANSWERED or verdict.message in AT_ONCE:
            raise
        return verdict


def findings(judge_once, answer, sizes, words="batch {}, timesteps {}", by_chance=None):
    """{size: verdict}. Raises NotYet "unsteady" if what was right at a size is wrong the next time.

    Sizes are asked again in any order and some more often, so that no answer can count its calls.
    `by_chance` is the message of a fault that chance may hide: the second verdict then counts.
    """
    verdicts = {size: finding_at(judge_once, answer, *size) for size in sizes}
    steady = [size for size in sizes if verdicts[size].outcome == RIGHT]
    chance = np.random.default_rng()
    again = [*chance.permutation(len(steady)), *chance.integers(len(steady) or 1, size=4)]
    for size in [steady[k] for k in again] if steady else []:
        second = finding_at(judge_once, answer, *size)
        if second.outcome != RIGHT and second.message != by_chance:
            raise NotYet("unsteady", asked="with " + words.format(*size))
        if second.outcome != RIGHT:
            verdicts[size] = second
    return verdicts


def across_sizes(verdicts, messages, words="batch {}, timesteps {}", shown=None):
    """One verdict for all sizes: the first finding, or at which sizes the answer is right."""
    shown = SHOWN if shown is None else shown
    wrong = {size: verdict for size, verdict in verdicts.items() if verdict.outcome != RIGHT}
    if not wrong:
        return right()
    bad, finding = next(iter(wrong.items()))
    good = [size for size in verdicts if size not in wrong and 1 not in size]
    if not good:
        return finding
    oblong = {(a, b) for a, b in good if a != b}
    message = "some_sizes" if oblong else "square_only"
    if oblong and oblong <= shown:
        message, good = "hard_coded_size", sorted(oblong)
    there = words.format(*bad)
    text = in_words(finding, messages).removeprefix(f"At {there}").removeprefix(",").strip()
    if text[1:2].islower() or text[1:2] == " ":  # "There: your lists …"
        text = text[:1].lower() + text[1:]
    right_at = "; ".join(words.format(*size) for size in good)
    return not_yet(message, good=right_at, bad=there, finding=text)


def in_words(finding, messages):
    """A finding as a sentence within another message."""
    if finding.message in messages:
        return messages[finding.message].format(**finding.facts)
    if finding.message == "raised":
        return f"your function raised {finding.facts['error']}: {finding.facts['text']}."
    if finding.message == "returned_none":
        return "your function returned None."
    facts = {"what": "the result", "got": "of another kind"} | dict(finding.facts)
    if finding.message == "wrong_shape":
        return "{what} has shape {got}, and {expected} is wanted.".format(**facts)
    if finding.message == "not_finite":
        return "{what} holds values that are NaN or infinite.".format(**facts)
    return "{what} is {got}.".format(**facts)
