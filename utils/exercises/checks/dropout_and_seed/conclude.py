"""02.conclude: which of two models is lower? Judged by its method, on losses of known truth."""

import numpy as np

from utils.exercises.calling import call, describe
from utils.exercises.checks.dropout_and_seed.losses import (
    LEVEL,
    Losses,
    clear,
    middling,
    without_difference,
)
from utils.exercises.exercise import Exercise, NotYet, not_yet, right

SEEN = 0.75  # share of the middling differences that a method has to see


def judge_conclude(conclude):
    """Right if the method keeps its level, sees what can be seen, and minds what it is given."""
    calls = [0]

    def ask(sets):
        calls[0] += len(sets)
        return [_asked(conclude, one) for one in sets]

    verdict = (
        _of_clear_differences(ask, clear())
        or _of_no_difference(ask, without_difference())
        or _of_middling_differences(ask, middling())
        or _of_odd_losses(ask)
        or _of_the_order(ask)
    )
    return verdict or right(calls=calls[0])


CONCLUDE = Exercise(
    id="02.conclude",
    task=(
        "Hand in `conclude(a, b)`: two arrays of final losses, paired by seed, of equal length "
        'from 3 to 12. It returns "a" or "b", whichever model is lower, or "not shown". Where '
        "there is no difference it may name one in 5 % of all data sets. A run that diverged has "
        "a loss of NaN or infinity."
    ),
    judge=judge_conclude,
    messages={
        "wrong_word": (
            "Your function returned {got}. Whoever calls it looks for one of three texts, `a`, "
            "`b` or `not shown`, and takes anything else for none of them. Look at each of your "
            "`return` lines."
        ),
        "always_shown": (
            "Of {sets} data sets without any difference you called {alarms} different. Two lists "
            "of losses never have quite the same mean, so a lower mean alone is always there. Look "
            "at how much the losses of one model differ among themselves."
        ),
        "never_shown": (
            "You never said anything but `not shown`, not even where all losses of one model lie "
            "far above all losses of the other, {pairs} pairs of them: {example}. Never to be "
            "wrong is easy for one who says nothing. Look at what it would take to convince "
            "your function."
        ),
        "inverted": (
            "With a = {a} and b = {b} you said `{said}`. What you say is consistent, but a loss is "
            "better when it is lower, and the answer names the lower one. Look at which sign leads "
            "to which word."
        ),
        "one_direction": (
            "With a = {a} and b = {b} you said `{said}`, and with the two exchanged you find the "
            "difference. It could have come out either way, so both must be found. Look at how "
            "your function treats the sign of the difference."
        ),
        "units": (
            "You see a clear difference in losses of about {good}, and not the same in losses of "
            "about {bad}. A loss has the unit of its data squared: in metres or in millimetres, "
            "the evidence is the same. Look for a fixed number in your function that a loss is "
            "compared with."
        ),
        "few_pairs": (
            "With {group} and no difference at all, you said `a` or `b` in {alarms} of {sets} data "
            "sets, {share}. At the 5 % level about {expected} would be chance. So few numbers look "
            "narrower than the model they come from: their spread is easily underrated. Look at "
            "what your method takes the spread of three or four numbers for, and what it promises "
            "at that size."
        ),
        "one_sided": (
            "Without a difference and with {group}, you said `a` or `b` in {alarms} of {sets} data "
            "sets, {share}, about twice what the 5 % level allows. Your method seems to keep 5 % "
            "for `a` and 5 % for `b`, and you let it choose the side after it has seen the data. "
            "Look at what your threshold is compared with: one tail or both?"
        ),
        "false_alarms": (
            "Without a difference and with {group}, you said `a` or `b` in {alarms} of {sets} data "
            "sets, {share}. At the 5 % level about {expected} would be chance. Whoever trusts it "
            "finds effects that are not there. Look at what your method assumes, and how sure it "
            "can be with so few numbers."
        ),
        "weak": (
            "You see differences that nobody could miss. But of {sets} data sets of 10 and 12 "
            "pairs, with a difference of 1.6 times the spread of the differences, you name the "
            "lower model in {seen}, and several common tests name it in more than {wanted}. A "
            "method that misses so much wastes your trainings. Look at how much of the data your "
            "decision uses: the extremes, or all of it?"
        ),
        "wrong_side": (
            "Of {sets} data sets with a real difference you named the wrong model in {wrong}. That "
            "is more than chance would do here. Look at how your function decides which is lower."
        ),
        "missed_clear": (
            "With {pairs} pairs, a = {a} and b = {b}, you said `{said}`. Each of the {pairs} "
            "seeds points the same way, and the gap is larger than the spread. Were both models "
            "the same, all {pairs} would agree with probability {chance}. Look at what your method "
            "needs at this number of pairs."
        ),
        "identical": (
            "With a and b the same {pairs} numbers you said `{said}`. Nothing differs, so nothing "
            "can be lower. A spread of zero makes many formulas divide zero by zero. Look at what "
            "your function does with differences that are all zero."
        ),
        "diverged": (
            "With a = {a} and b = {b} you said `{said}`. The other seven pairs point both ways, so "
            "what decided is {odd}, the run that diverged. Every comparison with NaN is False, and "
            "infinity outweighs all else: a formula may then fall through to any branch. Look at "
            "what happens in your function, line by line, when one loss is {odd}."
        ),
        "order": (
            "With the same {pairs} pairs in another order you said `{second}` instead of "
            "`{first}`. The seeds have no order, so the last run counts for no more than the "
            "first. Look at which positions your function treats in a special way."
        ),
    },
    hints=(
        "Suppose that there is no difference: both models are the same one. What could you then "
        "do to the data without changing what it means?",
        "Take the differences, one for each seed. Were the models the same, each of them might as "
        "well have the other sign. With n seeds there are 2 to the power of n ways to choose the "
        "signs. Where does your own sum stand among theirs?",
        "Count the ways whose sum is at least as far from zero as yours, on either side, yours "
        "included. Their share is p. With n = 5 the smallest possible p is 2/32. What follows for "
        "5 pairs at the 5 % level?",
        "`signs = np.array(list(itertools.product([-1, 1], repeat=n)))`, then the share of "
        "`abs(signs @ d) >= abs(d.sum())`, with a hair of room for rounding. Decide on NaN first. "
        "The whole answer is in `solutions/02_dropout_and_seed.ipynb`.",
    ),
    hints_for={
        "always_shown": "How far apart are the means of two lists that come from the same model? "
        "You can simulate it: draw both from one distribution, a hundred times.",
        "few_pairs": "Try your method on `rng.normal(size=3)` against `rng.normal(size=3)`, a "
        "thousand times. How often does it say that they differ?",
        "one_sided": "A difference of either sign would have convinced you. So the two tails "
        "together may hold 5 %.",
        "false_alarms": "Write a loop that draws both lists from one distribution and counts how "
        "often you find a difference. Then change the method until the count is right.",
        "weak": "Comparing the worst run of the one with the best of the other uses two numbers "
        "out of twenty. Which statistic uses each of them?",
        "never_shown": "With 8 pairs that all point the same way, how likely is that by chance? "
        "Two ways out of 256.",
        "diverged": "Print your p, or whatever you compare, for a list with one NaN. Is it above "
        "0.05? Is it below?",
        "identical": "What is your p when every difference is zero? What should it be?",
        "units": "Multiply both lists by 1000 and run your function again. Nothing in the answer "
        "should change.",
        "inverted": "Lower is better. If `a - b` is negative, which of the two is lower?",
        "one_direction": "Ask `conclude(b, a)` wherever you ask `conclude(a, b)`.",
        "missed_clear": "What is the smallest p that your method can give at this number of pairs?",
    },
    explanation=(
        "In {calls} data sets your method kept its promise: without a difference it names one "
        "rarely enough, at 3 pairs as well as at 12, and it sees a difference that is there. The "
        "safest such method asks for little: under *no difference*, each pair's difference might "
        "have had the other sign, so count how many of the 2 to the power of n choices of signs "
        "are as extreme as yours. Below 6 pairs that test can't reach 5 %, whatever you measured: "
        "2/32 is above it. A t-test can, and pays with an assumption about the shape of the "
        "losses. A percentile bootstrap of 3 numbers has nothing to draw from, and cries wolf."
    ),
    seconds=40.0,
    expects="a function `conclude(a, b)`",
)


def _asked(conclude, losses):
    """What the answer says of one data set: "a", "b" or "not shown"."""
    try:
        said = call(conclude, losses.a, losses.b)
    except NotYet as stop:
        facts = stop.verdict.facts
        if stop.verdict.message != "raised":
            raise
        given = f"called with a = {_listed(losses.a)} and b = {_listed(losses.b)}"
        raise NotYet("raised", **facts | {"given": given}) from None
    word = str.__str__(said) if isinstance(said, str) else None
    if word not in ("a", "b", "not shown"):
        raise NotYet("wrong_word", got=describe(said))
    return word


def _of_clear_differences(ask, sets):
    said = ask(sets)
    wrong = [k for k in range(len(sets)) if said[k] != sets[k].truth]
    if not wrong:
        return None
    if set(said) == {"not shown"}:
        one = sets[0]
        example = f"a = {_listed(one.a)}, b = {_listed(one.b)}"
        return not_yet("never_shown", pairs=len(one.a), example=example)
    opposite = {"a": "b", "b": "a"}
    if all(said[k] == opposite[sets[k].truth] for k in wrong) and len(wrong) > len(sets) / 2:
        return not_yet("inverted", **_seen_in(sets[wrong[0]], said[wrong[0]]))
    if {sets[k].truth for k in wrong} != {"a", "b"} and len(wrong) >= len(sets) / 2:
        return not_yet("one_direction", **_seen_in(sets[wrong[0]], said[wrong[0]]))
    for k in wrong:  # the same data in another unit
        for scale in (2.0**-20, 2.0**-10, 2.0**10, 2.0**20):
            other = Losses(sets[k].a * scale, sets[k].b * scale, sets[k].truth)
            if ask([other]) == [sets[k].truth]:
                good, bad = (float(np.median(one.a)) for one in (other, sets[k]))
                return not_yet("units", good=f"{good:.2g}", bad=f"{bad:.2g}")
    one = sets[wrong[0]]
    chance = f"2/{2 ** len(one.a)}"
    return not_yet("missed_clear", chance=chance, **_seen_in(one, said[wrong[0]]))


def _of_no_difference(ask, groups):
    said = [ask(group.sets) for group in groups]
    alarms = [sum(word != "not shown" for word in words) for words in said]
    over = [k for k, group in enumerate(groups) if alarms[k] > group.allowed]
    if not over:
        return None
    if sum(alarms) > 0.9 * sum(len(group.sets) for group in groups):
        return not_yet(
            "always_shown", sets=sum(len(group.sets) for group in groups), alarms=sum(alarms)
        )
    message, k = "few_pairs", over[0]
    few = alarms[0] / len(groups[0].sets)
    if few < 2.5 * LEVEL and _one_sided(groups[-1].sets, said[-1]):
        message, k = "one_sided", over[-1]
    elif groups[k] is groups[-1]:
        message = "false_alarms"
    sets = len(groups[k].sets)
    return not_yet(
        message,
        group=groups[k].name,
        alarms=alarms[k],
        sets=sets,
        share=f"{alarms[k] / sets:.0%}",
        expected=round(LEVEL * sets),
    )


def _of_middling_differences(ask, sets):
    said = ask(sets)
    seen = sum(word == one.truth for word, one in zip(said, sets, strict=True))
    wrong = sum(word not in (one.truth, "not shown") for word, one in zip(said, sets, strict=True))
    if wrong:
        return not_yet("wrong_side", sets=len(sets), wrong=wrong)
    if seen < SEEN * len(sets):
        return not_yet("weak", sets=len(sets), seen=seen, wanted=int(SEEN * len(sets)))
    return None


def _of_odd_losses(ask):
    even = np.array([2.0, 2.5, 1.75, 2.25, 3.0, 2.75, 1.5, 3.25])
    same = Losses(even, even.copy(), "not shown")
    (said,) = ask([same])
    if said != "not shown":
        return not_yet("identical", pairs=len(even), said=said)
    swing = np.array([0.5, -0.5, 0.25, -0.25, 0.375, -0.375, 0.125, -0.125])
    for value in (np.nan, np.inf):
        for first in (True, False):
            a, b = even.copy(), even + swing
            (a if first else b)[3] = value
            odd = Losses(a, b, "not shown")
            (said,) = ask([odd])
            if said != "not shown":
                words = "NaN" if np.isnan(value) else "infinity"
                return not_yet("diverged", odd=words, **_seen_in(odd, said))
    return None


def _of_the_order(ask):
    """Two sets of ten pairs, whose order goes round.

    In the first, one pair points the other way, a little, and may come anywhere. In the second
    the differences are of all sizes (p = .02 by flipping signs), so that it shows if a method
    flips or counts some pairs only.
    """
    b = 10 + np.array([0.25, -0.5, 0.125, 0.5, -0.25, 0.0, 0.375, -0.375, -0.125, 0.625]) / 4
    for gap in (
        np.array([2.0, 2.25, 1.75, 2.5, 1.5, -0.125, 2.125, 1.875, 2.375, 1.625]),
        np.array([-0.125, -0.375, 1.0, 0.125, 1.5, 0.875, 1.375, 0.625, 0.25, 0.75]),
    ):
        orders = [np.roll(np.arange(len(b)), shift) for shift in range(len(b))]
        said = ask([Losses((b + gap)[order], b[order], "b") for order in orders])
        others = [word for word in said if word != said[0]]
        if others:
            return not_yet("order", pairs=len(b), first=said[0], second=others[0])
    return None


def _one_sided(sets, said):
    """Whether what is called different is what a one-sided test at the level would call so."""
    chances = np.array([_sign_flip(one.a - one.b) for one in sets])
    shown = np.array([word != "not shown" for word in said])
    between = (chances > LEVEL) & (chances <= 2 * LEVEL)
    return shown[between].mean() > 0.6 and shown[chances > 3 * LEVEL].mean() < 0.02


def _sign_flip(differences):
    """The exact two-sided p of the sign-flip test."""
    n = len(differences)
    signs = 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)
    sums = np.abs(signs @ differences)
    return float(np.mean(sums >= abs(differences.sum()) * (1 - 1e-9)))


def _seen_in(losses, said):
    return {
        "a": _listed(losses.a),
        "b": _listed(losses.b),
        "said": said,
        "pairs": len(losses.a),
    }


def _listed(numbers):
    """'[2.1, 2.4, 1.9, …]' for an array of losses."""
    shown = ", ".join("NaN" if np.isnan(x) else f"{x:.3g}" for x in numbers[:4])
    return f"[{shown}{', …' if len(numbers) > 4 else ''}]"
