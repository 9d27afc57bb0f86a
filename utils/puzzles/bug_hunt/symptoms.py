"""What the asker of a program saw: in words, and as a test of a run."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from string import Template

import numpy as np

MOVED = 1e-3  # of an answer, as a share of the spread of the targets: more than rounding


@dataclass(frozen=True)
class Symptom:
    """Something that one can see without knowing why."""

    hoped: tuple  # sentences, one of which is taken: what was expected
    seen: tuple  # what was seen instead
    shows: Callable  # of a Run and the case's task -> whether it is so


def told(draft, number, level):
    """The question in words: what is asked for, what was expected, and what was seen."""
    rng = random.Random(f"words {level} {number}")
    symptom = SYMPTOMS[draft.symptom]
    task = draft.task
    numbers = {
        "bound": f"{task.poor:.2f}".rstrip("0"),
        "measure": "accuracy" if task.choice else "R²",
        "guess": "0.5 would be guessing" if task.choice else "0 would be the mean of the targets",
        "unit": "sequence" if not task.sequence else "series",
    }
    pieces = [task.asked, rng.choice(symptom.hoped), rng.choice(symptom.seen), rng.choice(CLOSING)]
    return with_numbers(" ".join(pieces).format(**numbers), task)


def with_numbers(text, task):
    """The text with the task's numbers where their names stand with a dollar sign."""
    return Template(text).substitute({name[1:]: value for name, value in task.constants.items()})


CLOSING = (
    "What am I doing wrong?",
    "No error, no warning that I understand.",
    "It runs without any error, so I do not know where to look.",
    "I have read the code over and over and cannot see it.",
    "Where should I look?",
    "Can somebody see what is wrong here?",
)


def _poor(run, task):
    return not run.score > task.poor


def _constant(run, task):
    """Whether all rows get nearly the same answer."""
    answers = run.answers.reshape(len(run.answers), -1)
    return _poor(run, task) and float(answers.std(axis=0).mean()) < 0.25 * _spread(run)


def _spread(run):
    return float(np.std(run.y)) or 1.0


def moved(run, one, other):
    """How far two answers are from each other, in standard deviations of the targets."""
    return float(np.max(np.abs(np.asarray(one) - np.asarray(other)))) / _spread(run)


def _twice(run, task):
    return run.score > task.poor and moved(run, run.ask(run.x), run.ask(run.x)) > MOVED


def _after_others(run, task):
    run.ask(run.x[::-1])
    return moved(run, run.answers, run.ask(run.x)) > 20 * MOVED


def _alone(run, task):
    rows = run.ask(run.x)[:4]
    return max(moved(run, run.ask(run.x[k : k + 1])[0], rows[k]) for k in range(4)) > 20 * MOVED


def later_changed(x, kept):
    """x with other values from step `kept` on."""
    changed = np.array(x)
    changed[:, kept:] = changed[::-1, kept:]
    return changed


def _future(run, task):
    kept = run.x.shape[1] // 2
    changed = run.ask(later_changed(run.x, kept))
    leaks = moved(run, changed[:, :kept], run.ask(run.x)[:, :kept]) > 20 * MOVED
    return leaks and run.score > task.enough


def _no_gap(run, task):
    """Whether the loss that was told in training is the loss of the answers without any noise."""
    x, y = run.trained_on
    answers = run.ask(x).reshape(np.shape(y))
    loss, told_last = float(np.mean((answers - y) ** 2)), float(np.mean(run.losses[-3:]))
    return told_last < 2 * loss + 0.02 * float(np.var(y))


def _padded(run, task):
    longer = np.pad(run.x, ((0, 0), (0, run.x.shape[1])))
    return moved(run, run.ask(longer), run.ask(run.x)) > 20 * MOVED


def _low_loss(run, task):
    return run.losses[-1] < 0.42


def _many_answers(run, task):
    return run.answers.size > run.y.size


def _one_answer(run, task):
    return run.answers.size < run.y.size


def _worse(run, task):
    return not run.score > 0 and not run.losses[-1] < run.losses[0]


SYMPTOMS = {
    "poor": Symptom(
        (
            "It should be an easy task, and I expected a nearly perfect result.",
            "With a network of this size I expected it to be learned within a few epochs.",
            "Everything that I read says that a network like this one learns it easily.",
        ),
        (
            "But on new data it stays poor: the {measure} is below {bound}, where {guess}.",
            "It does not really learn it: on fresh data the {measure} does not get to {bound} "
            "({guess}).",
            "However, the {measure} on data that I did not train on is less than {bound}; {guess}.",
        ),
        _poor,
    ),
    "constant": Symptom(
        (
            "I expected the answers to follow the targets at least roughly.",
            "I expected different answers for such different rows.",
            "The rows are very different, so the answers should be as well.",
        ),
        (
            "Instead the answers are all but the same whatever I put in, and the {measure} on new "
            "data is below {bound} ({guess}).",
            "What I get is nearly the same answer for every row; on new data the {measure} is "
            "under {bound}, where {guess}.",
        ),
        _constant,
    ),
    "twice": Symptom(
        (
            "The training looks fine, and the network should of course give one answer to one "
            "input.",
            "It learns quite well, and once it is trained I expected fixed answers.",
        ),
        (
            "But when I call predict twice with the same array, I get two different results.",
            "But the same input gets slightly different answers each time I call predict.",
        ),
        _twice,
    ),
    "after_others": Symptom(
        (
            "Before every prediction I reset the state, so each recording should get answers of "
            "its own.",
            "I reset the model before I predict, and then the same recording should always give "
            "the same result.",
        ),
        (
            "But when I predict another recording in between, the first one gets other answers "
            "than before.",
            "But the answers to one recording change with the recording that I asked about before "
            "it.",
        ),
        _after_others,
    ),
    "alone": Symptom(
        (
            "A row's answer should have nothing to do with what else I ask at the same time.",
            "In use the rows come one at a time, and I expected the same answers as in my test.",
        ),
        (
            "But when I predict one row alone I get another answer than for the same row in the "
            "whole test set.",
            "But the answer to a row changes with the rows that I put beside it; alone it is "
            "different again.",
        ),
        _alone,
    ),
    "future": Symptom(
        (
            "In use I get the values one at a time, so the answer at a step has to be final when "
            "the step is there.",
            "When it is used, the later values do not exist yet.",
        ),
        (
            "The result on recorded data is excellent, but the answers for the first half of a "
            "series change when I replace its second half.",
            "On recorded series all looks great; but if I change the later half of a series, my "
            "answers for the earlier half change, too.",
        ),
        _future,
    ),
    "no_gap": Symptom(
        (
            "I put Dropout in against overfitting, and so the loss shown while training should be "
            "clearly above the loss of the finished network on the same data.",
            "With half of the units dropped I expected the training loss to be visibly higher than "
            "what I measure on the same data afterwards.",
        ),
        (
            "But they are about the same, as if there were no Dropout at all.",
            "There is no such gap: the last losses of the training are no higher than the loss of "
            "predict on the training data.",
        ),
        _no_gap,
    ),
    "padded": Symptom(
        (
            "How far a row is padded should not matter, because 0 is masked.",
            "I mask the 0, so a few more of them should change nothing.",
        ),
        (
            "But when I pad the same rows to twice the length, the model gives other answers.",
            "Yet with twice the padding the same rows get different answers.",
        ),
        _padded,
    ),
    "low_loss": Symptom(
        (
            "So I expected the loss to end somewhere above 0.5.",
            "I expected the training to stop at that.",
        ),
        (
            "But the loss goes down to less than 0.42, although a fifth of the tags can't be "
            "known.",
            "My training ends with a loss of less than 0.42, which is too good to be true.",
        ),
        _low_loss,
    ),
    "many_answers": Symptom(
        ("I expected one number for each row.", "For every row there should be one number."),
        (
            "But predict returns a lot more numbers than I have rows.",
            "Instead predict gives me a whole series for every row, and nothing complains.",
        ),
        _many_answers,
    ),
    "one_answer": Symptom(
        ("I expected an answer at every step.", "There should be one number for each time step."),
        (
            "But predict gives me far fewer numbers than I have targets.",
            "But what comes out of predict is a single number per row, and fit does not mind.",
        ),
        _one_answer,
    ),
    "worse": Symptom(
        (
            "I expected the loss to go down, at least slowly.",
            "The task is easy, and any reasonable training should get somewhere.",
        ),
        (
            "Instead it gets worse and worse: on new data it would be better to answer 0 always "
            "(the R² is negative).",
            "But the answers drift off; measured on new data the R² is below 0, so worse than a "
            "constant.",
        ),
        _worse,
    ),
}
