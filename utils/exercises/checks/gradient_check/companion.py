"""04.companion: a check that inputs and targets are pairs of neighbours, whoever made them.

The answer chooses the signal. What it called the makers with tells why it was deceived: a fault
that the signal itself hides can't be seen by any comparison.
"""

import numpy as np

from utils.exercises.calling import call, describe, yes_or_no
from utils.exercises.checks.gradient_check.makers import BAD, GOOD, SHORTEST
from utils.exercises.exercise import Exercise, NotYet, Verdict, not_yet, right

AGAIN = 8  # makers that are handed in a second time, by chance
NEAR = 0.02  # of the signal's range: closer values are told apart by exact comparison only


def judge_companion(check_pairs):
    """Right if the check accepts all makers of pairs of neighbours and refuses the others."""
    seen, said = {}, {}
    for maker in (*GOOD, *BAD):
        said[maker] = _asked(check_pairs, maker, seen)
        if maker not in seen and not isinstance(said[maker], Verdict):
            return not_yet("never_called", said="True" if said[maker] else "False")
    stopped = [maker for maker in said if isinstance(said[maker], Verdict)]
    if len(stopped) == len(said):
        return said[stopped[0]]
    accepted = [maker for maker in BAD if said[maker] is True]
    refused = [maker for maker in GOOD if said[maker] is not True]
    if not accepted and not refused and not stopped:
        _ask_again(check_pairs)
        return right(good=len(GOOD), bad=len(BAD))
    if len({maker.good is said[maker] for maker in said}) == 1:
        return not_yet("inverted")
    if len({said[maker] for maker in said if maker not in stopped}) == 1 and not stopped:
        return not_yet("constant", said=str(said[GOOD[0]]))
    if GOOD[0] in refused:
        return _refuses_slices(said, accepted)
    if accepted:
        return _deceived(accepted, seen)
    stopped = [maker for maker in BAD if maker in stopped]
    if stopped:
        facts = said[stopped[0]].facts
        return not_yet("stops", words=stopped[0].words, error=facts["error"])
    return _too_strict(refused, said)


COMPANION = Exercise(
    id="04.companion",
    task=(
        "Hand in `check_pairs(make)`, which calls `make(signal)` with a signal of your choice (20 "
        "samples or more) and returns True only if every target is the sample that follows its "
        "input in that signal. `make` returns inputs and targets as arrays or lists, [T] or "
        "[T, 1], in float32 or float64. It need not use the whole signal, and the pairs may come "
        "in any order. An input without a target is a fault. It may change the signal that it is "
        "given."
    ),
    judge=judge_companion,
    messages={
        "never_called": (
            "Your function said {said} without calling `make` once. What a maker does shows in the "
            "pairs that it makes, and not in its name or its type. Look at where the inputs and "
            "targets that you compare come from."
        ),
        "short_signal": (
            "You called `make` with {got}; the task promises it {shortest} numbers or more, in one "
            "row. Some makers cut the signal into rows first, and a fault between rows can't show "
            "in a few samples. Look at the signal that you hand over."
        ),
        "constant": (
            "Your check says {said} to every maker, the good ones and the bad ones. Look at what "
            "becomes of your comparison on its way to `return`."
        ),
        "inverted": (
            "Your check refuses the makers whose targets follow their inputs, and accepts the "
            "others, each time. Look at what you return in which case."
        ),
        "other_rule": (
            "Your check refuses a maker that cuts the signal twice, one sample apart, and accepts "
            "one that {words}. So its rule is another one than the target comes next. Look at "
            "which index of the signal belongs to the input and which to the target."
        ),
        "refuses_right": (
            "Your check refuses a maker that does the plainest thing: `signal[:-1], signal[1:]`. "
            "Look at both by hand, for a signal of your own, and see which comparison fails."
        ),
        "either_way": (
            "Your check accepts a maker whose targets follow their inputs, and also one that "
            "{words}. Neighbours have an order here: forecasting the past needs no network. Look "
            "for an `abs`, or for a comparison that does not care which of the two comes first."
        ),
        "hidden": (
            "Your check accepts a maker that {words}. It could not notice: in your signal of {n} "
            "samples there {distinct}, and every wrong pair has a right "
            "one that looks the same. A sine of whole periods goes round without a seam. Look at "
            "the signal that you chose."
        ),
        "near": (
            "Your check accepts a maker that {words}. Its wrong targets are at most {gap} of the "
            "signal's range away from right ones, since your signal changes so little from sample "
            "to sample, and your comparison lets that pass. Look at your tolerance, or choose a "
            "signal whose neighbours are far apart."
        ),
        "one_place": (
            "Your check accepts a maker that {words}; of its {count} pairs {wrong} wrong "
            "({where}). One pair is enough to matter: in the question's sine the wrapped step is "
            "more than half of the loss. Look at which pairs your comparison goes over."
        ),
        "weak": (
            "Your check accepts a maker that {words}. All that it makes are samples of the signal, "
            "and hardly a target follows its input. Look at what your comparison asks of one "
            "input and of its own target."
        ),
        "uncounted": (
            "Your check accepts a maker that {words}: {inputs} inputs, {targets} targets. What is "
            "left over has no partner, and whatever pairs the two later drops it or stretches one "
            "side. `zip` ends with the shorter one and says nothing. Look at both lengths first."
        ),
        "in_place": (
            "Your check accepts a maker that {words} and then cuts it. After the call your own "
            "signal is shuffled too, so the pairs look like neighbours in it; in the signal that "
            "you chose they were not. Look at what you compare with, and since when you have it."
        ),
        "refuses_part": (
            "Your check refuses a maker that {words}. Every target of it follows its input. "
            "Windows, rows and strides leave pairs out, and that makes no pair wrong. Look at "
            "whether you compare with the whole signal or pair by pair."
        ),
        "refuses_order": (
            "Your check refuses a maker that {words}. Every target of it still follows its input, "
            "and training shuffles pairs anyway. Look at how you find an input's place in the "
            "signal."
        ),
        "refuses_form": (
            "Your check {finding} given a maker that {words}, with all pairs right. The shape in "
            "which pairs come says nothing about which sample follows which. Look at what your "
            "comparison does with lists and with a last axis of 1."
        ),
        "refuses_precision": (
            "Your check refuses a maker that {words}. Each value differs from your signal's by a "
            "rounding in the eighth digit, and that is no other sample. Look at how you compare, "
            "or at whether your signal's values have so many digits."
        ),
        "stops": (
            "Given a maker that {words}, your function stopped with {error} and returned nothing. "
            "Asked for is False. Look for an `assert`, for a look-up that may find nothing, and at "
            "what happens to two rows of unequal length."
        ),
    },
    hints=(
        "Choose the signal first. Which values should it have so that each sample can be told "
        "from every other one? What is wrong with a sine, or with zeros and ones?",
        "You know the signal, so you know which sample follows which. For each input, look up what "
        "must come next, and compare it with the target. The last sample has no next one.",
        "Then the edges: as many targets as inputs? Lists and columns? A maker that shuffles the "
        "array you gave it, before it cuts it?",
        "`signal = np.random.default_rng(0).permutation(50)` holds each number once, in no order. "
        "`dict(zip(signal[:-1], signal[1:]))` says what follows what. Give the maker a copy, and "
        "`np.ravel` what it returns. The whole answer is in `solutions/04_gradient_check.ipynb`.",
    ),
    hints_for={
        "hidden": "Which two samples of your signal are equal? A maker that mixes those two up "
        "can't be caught.",
        "near": "Values such as 0, 1, 2, … or a permutation of them are a whole step apart.",
        "one_place": "Write the pairs of `x, np.roll(x, -1)` down for five samples. Which of them "
        "is wrong?",
        "uncounted": "Compare `len(inputs)` with `len(targets)` before anything else.",
        "in_place": "Hand over `signal.copy()`, or keep a copy for yourself.",
        "weak": "Take one pair. Where is its input in the signal, and what stands right after it?",
        "either_way": "For 3, 4 in the signal: is 4, 3 a pair that you want?",
        "refuses_order": "Find the place of each input by its value instead of by its position.",
        "refuses_part": "Find the place of each input by its value instead of by its position.",
        "refuses_form": "`np.ravel` makes one row of lists and columns alike.",
        "refuses_precision": "Whole numbers survive a change to float32. Or compare with "
        "`np.isclose`.",
        "stops": "What should your check say if there are more inputs than targets?",
    },
    explanation=(
        "Your check accepts {good} good makers and refuses {bad} bad ones. What made it work is "
        "the signal as much as the comparison: where no value comes twice, each pair can be traced "
        "back to its place. A gradient check compares the gradient with the loss, and takes inputs "
        "and targets as they come. So what is wrong with them needs a check of its own, on data "
        "whose answer you know."
    ),
    expects="a function `check_pairs(make)`",
)


def _asked(check_pairs, maker, seen):
    """What the answer says of a maker, or the verdict if it raised; `seen` keeps the pairs."""

    pair_up, shown = maker.make, []  # all that an answer finds that looks into the function

    def make(signal):
        x = _signal(signal)
        kept = np.array(x)
        inputs, targets = pair_up(x)
        shown[:] = kept, np.ravel(inputs).astype(float), np.ravel(targets).astype(float)
        return inputs, targets

    try:
        return yes_or_no(call(check_pairs, make))
    except NotYet as stop:
        if stop.verdict.message != "raised":
            raise
        return stop.verdict
    finally:
        if shown:
            seen[maker] = tuple(shown)


def _signal(signal):
    """The signal as one row, the caller's own memory where that is possible."""
    array = signal if isinstance(signal, np.ndarray) else None
    if array is None and isinstance(signal, list | tuple | range):
        array = np.array(signal)
    if array is None or array.dtype.kind not in "iuf" or array.size != max(array.shape, default=0):
        raise NotYet("short_signal", got=describe(signal), shortest=SHORTEST)
    if array.size < SHORTEST:
        words = f"{array.size} sample{'s' * (array.size != 1)}"
        raise NotYet("short_signal", got=words, shortest=SHORTEST)
    return array.reshape(-1)


def _refuses_slices(said, accepted):
    """The verdict on a check that does not accept the plainest of the good makers."""
    if isinstance(said[GOOD[0]], Verdict):
        return said[GOOD[0]]
    relations = [maker for maker in accepted if maker.spoils == "all"]
    if relations:
        return not_yet("other_rule", words=relations[0].words)
    return not_yet("refuses_right")


def _deceived(accepted, seen):
    """The verdict on a check that accepts some bad makers: what did the signal show of them?"""
    kinds = {maker.spoils for maker in accepted}
    if kinds == {"place"}:
        return not_yet("in_place", words=accepted[0].words)
    if kinds == {"count"}:
        _, inputs, targets = seen[accepted[0]]
        sizes = {"inputs": len(inputs), "targets": len(targets)}
        return not_yet("uncounted", words=accepted[0].words, **sizes)
    telling = [maker for maker in accepted if maker.spoils not in ("place", "count")]
    for maker in telling:
        signal, inputs, targets = seen[maker]
        gap = float(_gaps(signal, inputs, targets).max(initial=0.0))
        facts = {"words": maker.words, "n": len(signal)}
        distinct = len(np.unique(signal))
        if gap < 1e-9 and distinct < len(signal):
            words = f"are only {distinct} different values" if distinct > 1 else "is only one value"
            return not_yet("hidden", distinct=words, **facts)
        if gap < NEAR:
            return not_yet("near", gap=f"{gap:.1%}".replace("%", " %"), **facts)
    by_name = {maker.name: maker for maker in telling}
    if set(by_name) <= {"previous", "exchanged"}:
        return not_yet("either_way", words=telling[0].words)
    if "all" in {maker.spoils for maker in telling}:
        one = next(maker for maker in telling if maker.spoils == "all")
        return not_yet("weak", words=one.words)
    signal, inputs, targets = seen[telling[0]]
    wrong = np.flatnonzero(_gaps(signal, inputs, targets) > 1e-9)
    return not_yet(
        "one_place",
        words=telling[0].words,
        count=len(inputs),
        wrong="1 is" if len(wrong) == 1 else f"{len(wrong)} are",
        where=f"number {', '.join(map(str, wrong[:4] + 1))}{', …' * (len(wrong) > 4)}",
    )


def _gaps(signal, inputs, targets):
    """How far each pair is from the nearest right one, as a share of the signal's range."""
    signal, length = signal.astype(float), min(len(inputs), len(targets))
    at_input = abs(inputs[:length, None] - signal[None, :-1])
    at_target = abs(targets[:length, None] - signal[None, 1:])
    return np.maximum(at_input, at_target).min(axis=1) / (np.ptp(signal) or 1.0)


def _too_strict(refused, said):
    """The verdict on a check that refuses good makers only."""
    for kind in ("part", "order", "form", "precision"):
        for maker in refused:
            if maker.spoils == kind:
                finding = "says False"
                if isinstance(said[maker], Verdict):
                    finding = f"stops with {said[maker].facts['error']}"
                    kind = "form" if kind != "precision" else kind
                return not_yet(f"refuses_{kind}", words=maker.words, finding=finding)
    raise AssertionError(f"no message for {[maker.name for maker in refused]}")


def _ask_again(check_pairs):
    """Raises NotYet "unsteady" if a maker is judged otherwise the next time; picked by chance."""
    makers = (*GOOD, *BAD)
    for k in np.random.default_rng().integers(len(makers), size=AGAIN):
        if _asked(check_pairs, makers[k], {}) is not makers[k].good:
            raise NotYet("unsteady", asked=f"about a maker that {makers[k].words}")
