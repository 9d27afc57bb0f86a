"""Lesson 00: the repair of a moving average that hears the future, judged by poking its inputs."""

import numpy as np

from utils.exercises.calling import as_array, call
from utils.exercises.exercise import (
    UNANSWERED,
    Exercise,
    NotYet,
    Prediction,
    Verdict,
    not_yet,
    right,
)
from utils.exercises.questions import AT_ONCE

CASES = (  # (what the series is like, timesteps, window)
    ("plain", 12, 3),
    ("plain", 9, 4),
    ("plain", 12, 5),
    ("plain", 10, 2),
    ("plain", 7, 3),
    ("plain", 5, 1),
    ("plain", 1, 1),
    ("plain", 3, 7),
    ("a value of 0", 10, 3),
    ("negative values", 10, 4),
    ("equal values", 12, 3),
    ("one value far from the others", 40, 5),
    ("values far from 0", 9, 3),
)
TELLING = [case for case in CASES if case[0] == "plain" and 1 < case[2] <= case[1]]
POKED = CASES[:2]  # for these, an answer that looks right is poked as well
# An output's change that is more than rounding, as a share of the poke, by the result's precision.
LEAK = {2: 1e-2, 4: 1e-6, 8: 1e-10}
FAR = 1e4  # a poke that moves even what hears little of it, and that float16 can hold


def judge_causal(answer):
    """Right if output t is the mean of those inputs from t-window+1 to t that exist."""
    first = {case: _outcome(answer, case) for case in CASES}
    unsteady = _asked_again(answer, first)
    if unsteady is not None:
        return not_yet("unsteady", timesteps=unsteady[1], window=unsteady[2])
    wrong = [case for case in CASES if not _fits(first[case], _series(case), case[2])]
    if wrong:
        return _misfit(answer, wrong, first)
    leaks = [_leak(answer, case) for case in POKED]
    unsteady = _asked_again(answer, first)  # by now it has been called often
    if unsteady is not None:
        return not_yet("unsteady", timesteps=unsteady[1], window=unsteady[2])
    return next((leak for leak in leaks if leak is not None), right(cases=len(CASES)))


def _outcome(answer, case, x=None):
    """The answer's values [timesteps], or the verdict that it gets instead of having some."""
    _, timesteps, window = case
    x = _series(case) if x is None else x
    what = f"the smoothed series at window {window} ({timesteps} values)"
    try:
        return as_array(call(answer, x, window), what, (timesteps,))
    except NotYet as stop:
        if stop.verdict.outcome == UNANSWERED or stop.verdict.message in AT_ONCE:
            raise
        return stop.verdict


def _asked_again(answer, first):
    """The first of the questions, in any order, that gets another outcome than it got; or None.

    Some are asked more often, so that no answer can count on the number of calls.
    """
    chance = np.random.default_rng()
    for k in [*chance.permutation(len(CASES)), *chance.integers(len(CASES), size=8)]:
        before, now = first[CASES[k]], _outcome(answer, CASES[k])
        if isinstance(before, Verdict) or isinstance(now, Verdict):
            same = getattr(before, "message", None) == getattr(now, "message", None)
        else:
            same = np.allclose(before, now, rtol=1e-9, atol=0)
        if not same:
            return CASES[k]
    return None


def _misfit(answer, wrong, first):
    """The verdict on an answer that is wrong for some of the questions."""
    valued = [case for case in wrong if not isinstance(first[case], Verdict)]
    telling = [case for case in valued if case in TELLING]
    if not valued:
        return first[wrong[0]]
    if telling and _rounded([(first[case], _wanted(_series(case), case[2])) for case in valued]):
        return _with_value("rounded", first, valued[0])
    if not telling and wrong[0][0] == "plain" and isinstance(first[wrong[0]], Verdict):
        return first[wrong[0]]
    case = (telling or valued)[0]
    finding = _diagnose(answer, case, first[case])
    if finding.message == "hears_future":
        return finding
    if case[0] != "plain":
        return _with_value("some_series", first, case, like=case[0])
    good = {window for _, _, window in TELLING} - {window for _, _, window in wrong}
    if telling and max(good, default=0) > 2:  # at 2, a median is a mean
        listed = " and ".join(map(str, sorted(good)))
        bad = min(window for _, _, window in telling)
        return not_yet("some_windows", good=listed, window=bad)
    return finding


def _diagnose(answer, case, given):
    """Says by which inputs move which outputs what kind of smoother this is."""
    _, timesteps, window = case
    wanted = _wanted(_series(case), window)
    hears = _hears(answer, case, given)  # [inputs, outputs], True where input moves output
    where = {"timesteps": timesteps, "window": window}
    ahead = np.argwhere(np.tril(hears, -1))
    if len(ahead):
        i, t = ahead[np.argmin(ahead[:, 1])]
        return not_yet("hears_future", t=t, i=i, more=_pairs(len(ahead)), **where)
    full = slice(min(window, timesteps) - 1, None)
    present = hears.diagonal()[full]
    t = full.start + int(np.argmax(abs(given - wanted)[full]))  # where it is furthest off
    if not hears[:, full].any():
        return not_yet("hears_nothing", t=t, given=f"{given[t]:.6g}", **where)
    if not present.any():
        return not_yet("misses_present", t=full.start, **where)
    if window > 1 and np.allclose(given[window - 1 :], wanted[window - 1 :]):
        t = int(np.argmin(np.isclose(given, wanted)))
        rest = f"the outputs from {window} values on are right, and" if window <= timesteps else ""
        facts = {"count": t + 1, "rest": f"{rest or 'the window is never full, and'} output {t}"}
        return not_yet("wrong_start", **facts, **_apart(given[t], wanted[t]), **where)
    heard = np.flatnonzero(hears[:, t])
    if len(heard) != min(window, timesteps) or heard[0] != max(0, t - window + 1):
        heard_words = f"{len(heard)} input{'s' * (len(heard) != 1)}"
        first = f", the first of them input {heard[0]}" if len(heard) else ""
        start = max(0, t - window + 1)
        return not_yet("wrong_reach", t=t, start=start, heard=heard_words + first, **where)
    return not_yet("no_mean", t=t, **_apart(given[t], wanted[t]), **where)


def _fits(given, x, window):
    """Whether values are the causal mean of x, at the precision that they have."""
    if isinstance(given, Verdict):
        return False
    share = 2e-3 if given.dtype == np.float16 else 1e-5
    return bool((abs(given - _wanted(x, window)) <= share * abs(x).max()).all())


def _rounded(pairs):
    """Whether all values are the wanted ones, cut to some number of digits or to float16."""
    given, wanted = (np.concatenate(side).astype(float) for side in zip(*pairs, strict=True))
    for step in 10.0 ** -np.arange(7):
        whole = np.allclose(given / step, np.round(given / step), rtol=0, atol=1e-4)
        if whole and (abs(given - wanted) < 1.001 * step).all():
            return True
    half = np.array_equal(given.astype(np.float16).astype(float), given)
    return half and np.allclose(given, wanted, rtol=2e-3)


def _leak(answer, case):
    """The verdict "hears_future" on an answer in whose past outputs a late poke leaves a trace."""
    _, timesteps, window = case
    x, pairs = _series(case), []
    still = _outcome(answer, case)
    share = LEAK.get(getattr(still, "dtype", x.dtype).itemsize, LEAK[8])
    for i in range(1, timesteps):
        for poke in (-50.0, 50.0, FAR) if share > 1e-3 else (-50.0, 50.0, FAR, 1e9):
            poked = x.copy()
            poked[i] += poke
            now = _outcome(answer, case, poked)
            if isinstance(now, Verdict):
                return now
            pairs += [(i, t) for t in range(i) if abs(now[t] - still[t]) > share * abs(poke)]
    if not pairs:
        return None
    i, t = min(pairs, key=lambda pair: pair[::-1])
    where = {"timesteps": timesteps, "window": window}
    return not_yet("hears_future", t=t, i=i, more=_pairs(len(set(pairs))), **where)


def _hears(answer, case, still):
    """[inputs, outputs]: whether poking an input, up or down, moves an output."""
    x, timesteps = _series(case), case[1]
    moved = np.zeros((timesteps, timesteps), bool)
    for i in range(timesteps):
        for poke in (-50.0, 50.0):
            poked = x.copy()
            poked[i] += poke
            now = _outcome(answer, case, poked)
            if isinstance(now, Verdict):
                raise NotYet(now.message, **now.facts)
            moved[i] |= abs(now - still) > 1e-6 * (abs(still) + abs(poke))
    return moved


def _with_value(message, first, case, **facts):
    """A verdict that shows the value which is furthest from what is wanted."""
    given, wanted = first[case], _wanted(_series(case), case[2])
    t = int(np.argmax(abs(given - wanted)))
    return not_yet(message, t=t, window=case[2], **_apart(given[t], wanted[t]), **facts)


def _apart(given, wanted):
    """Two numbers as texts with as many digits as it takes to tell them apart."""
    for digits in range(4, 13):
        texts = f"{given:.{digits}g}", f"{wanted:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return {"given": texts[0], "wanted": texts[1]}


def _pairs(count):
    return "1 pair is" if count == 1 else f"{count} pairs are"


def _wanted(x, window):
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])


def _series(case):
    like, timesteps, _ = case
    x = 15 + 5 * np.random.default_rng(timesteps).standard_normal(timesteps)
    if like == "a value of 0":
        x[timesteps // 2] = 0.0
    elif like == "negative values":
        x -= 17.0
    elif like == "equal values":
        x = np.where(x > 15, 20.0, 11.0)
    elif like == "one value far from the others":
        x[timesteps // 2] = FAR
    elif like == "values far from 0":
        x -= 1000.0
    return x


EXERCISES = (
    Exercise(
        id="00.causal",
        task="Mend `causal_smooth` so that output t hears inputs t − window + 1 to t only.",
        judge=judge_causal,
        messages={
            "hears_future": (
                "At window {window}, output {t} moves when input {i} is poked, and input {i} comes "
                "later. On the day of output {t} that value does not exist yet, so a forecast made "
                "from it would stand on nothing. Of {timesteps} inputs and outputs, {more} of this "
                "kind. Look at where the window ends, and at whatever else sees the whole of `x`."
            ),
            "hears_nothing": (
                "At window {window}, no poke of any input moves output {t}: it is {given} whatever "
                "the series holds. A mean follows each of its values. Look at what reaches your "
                "return value, and for which windows your loop or slice is empty."
            ),
            "misses_present": (
                "At window {window}, output {t} does not move when input {t} is poked. The newest "
                "value is known on the day and belongs to the mean; without it the outputs come "
                "late. Look at the last index that the window holds."
            ),
            "wrong_start": (
                "At window {window}, with {timesteps} values, {rest} is {given} where the mean of "
                "what exists by then ({count} of them) is {wanted}. The start of a series is where "
                "a model meets its first inputs. Look at what your window holds before it is full, "
                "and at what the sum is divided by."
            ),
            "wrong_reach": (
                "At window {window}, output {t} hears {heard}; asked for are inputs {start} to "
                "{t}. A longer or shorter memory is another smoother. Look at where the window "
                "begins."
            ),
            "no_mean": (
                "At window {window}, output {t} hears the right inputs, and gives {given} where "
                "their mean is {wanted}. A mean counts each of them once and all of them alike; "
                "yours puts them together in another way. Look at how the values become one "
                "number."
            ),
            "rounded": (
                "Your values are the means, rounded: at window {window}, output {t} is {given} "
                "where the mean is {wanted}. What is cut off here is missing in all that is "
                "computed from it, and only a display needs fewer digits. Look for a rounding, or "
                "for a type that holds few digits."
            ),
            "some_series": (
                "Where all values are positive, different and close together, your outputs are "
                "right. In a series with {like}, at window {window}, output {t} is {given} where "
                "the mean is {wanted}. Such days exist, and each counts as one value. Look at what "
                "your code asks of a single value before it is added."
            ),
            "some_windows": (
                "At window {good} your outputs are right, at window {window} they are not. The "
                "slider goes through all of them, and so may whoever calls the function. Look for "
                "a number in your code that stands where `window` belongs."
            ),
            "unsteady": (
                "Called twice with the same {timesteps} values and window {window}, your function "
                "gave two different results. Nobody could tell a poke from chance. Look for "
                "something random, or something kept between the calls."
            ),
        },
        hints=(
            "Take one output, say output 5, and write down the inputs that it may hear at window "
            "3. Then write down those that it hears now: the influence map shows them as a column.",
            "A slice `x[a:b]` ends before `b`. Which `b` makes input t the last one, and which `a` "
            "makes it `window` inputs long?",
            "At output 0 the window is one input long. What becomes of your `a` there, and what "
            "does Python do with such a number in a slice?",
            "The window of output t is `x[max(0, t - window + 1) : t + 1]`. The whole function, "
            "with the reasons, is in `solutions/00_start_here.ipynb`.",
        ),
        hints_for={
            "hears_future": "Draw the window of one output as a bracket over the inputs. Its right "
            "end must sit on the output's own step; move the whole bracket, not one end only.",
            "misses_present": "Python's slices stop before their second number. Count which input "
            "is the last in yours.",
            "hears_nothing": "Print your result for `np.arange(6.0)` at that window, and the "
            "indices that each output adds up.",
            "some_series": "Try your function by hand on a series of the kind that it names, with "
            "six values. A mean is a sum, divided by a count.",
            "wrong_start": "Print what your window holds for output 0 and output 1, and how many "
            "values that is.",
            "some_windows": "Try your function by hand with windows 1, 2 and 5, on "
            "`np.arange(6.0)`.",
        },
        explanation=(
            "Right in all {cases} cases, from window 1 to a window longer than the series. Output "
            "t now hears nothing that lies after it. The curve lags a little behind the old one: "
            "that lag is the price of not knowing the future, and the old curve hid it."
        ),
        expects="a function `causal_smooth(x, window)`",
    ),
)

PREDICTIONS = (
    Prediction(
        id="00.future",
        question="With `window=3`, does output 3 of `smooth` hear input 4?",
        choices={
            "a": "No. A moving average looks back.",
            "b": "Yes. Output 3 moves when input 4 is changed.",
            "c": "Only at the ends of the series, where the window is cut.",
        },
        evidence={
            "a": "Most moving averages that we meet in a forecast do look back. This one is "
            "centred: the mark in row 4, column 3 says that output 3 moved when input 4 was poked.",
            "b": "The map agrees: row 4, column 3 has a mark. The window is centred, so each "
            "output hears one step ahead of itself.",
            "c": "The ends are special, but not in this: the marks ahead of the diagonal run "
            "through the whole map, and row 4, column 3 has one.",
        },
    ),
)
