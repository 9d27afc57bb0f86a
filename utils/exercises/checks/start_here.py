"""Lesson 00: the repair of a moving average that hears the future, judged by poking its inputs."""

import numpy as np

from utils.exercises.calling import as_array, call
from utils.exercises.exercise import Exercise, Prediction, not_yet, right

CASES = ((12, 3), (9, 4), (12, 5), (10, 2), (7, 3), (5, 1), (1, 1), (3, 7))  # (timesteps, window)


def judge_causal(answer):
    """Right if output t is the mean of those inputs from t-window+1 to t that exist."""
    results = {case: _compare(answer, *case) for case in CASES}
    wrong = [case for case, (given, wanted) in results.items() if not np.allclose(given, wanted)]
    if not wrong:
        return right(cases=len(CASES))
    timesteps, window = wrong[0]
    again = _compare(answer, timesteps, window)[0]
    if not np.allclose(results[wrong[0]][0], again):
        return not_yet("unsteady", timesteps=timesteps, window=window)
    fitting = [case for case in CASES if 1 < case[1] <= case[0]]
    bad = {case[1] for case in fitting if case in wrong}
    good = {case[1] for case in fitting} - bad
    if bad and max(good, default=0) > 2:  # at 2, a median is a mean
        listed = " and ".join(map(str, sorted(good)))
        return not_yet("some_windows", good=listed, window=min(bad))
    return _diagnose(answer, timesteps, window, *results[wrong[0]])


def _diagnose(answer, timesteps, window, given, wanted):
    """Says by which inputs move which outputs what kind of smoother this is."""
    hears = _hears(answer, timesteps, window)  # [inputs, outputs], True where input moves output
    where = {"timesteps": timesteps, "window": window}
    ahead = np.argwhere(np.tril(hears, -1))
    if len(ahead):
        i, t = ahead[np.argmin(ahead[:, 1])]
        return not_yet("hears_future", t=t, i=i, more=len(ahead), **where)
    if not hears.diagonal()[window - 1 :].all():
        t = window - 1 + np.argmin(hears.diagonal()[window - 1 :])
        return not_yet("misses_present", t=t, **where)
    if np.allclose(given[window - 1 :], wanted[window - 1 :]):
        t = np.argmin(np.isclose(given, wanted))
        return not_yet("wrong_start", t=t, given=given[t], wanted=wanted[t], count=t + 1, **where)
    t = timesteps - 1
    heard = np.flatnonzero(hears[:, t])
    if len(heard) != window or heard[0] != t - window + 1:
        return not_yet("wrong_reach", t=t, count=len(heard), first=heard[0], **where)
    return not_yet("no_mean", t=t, given=given[t], wanted=wanted[t], **where)


def _compare(answer, timesteps, window):
    """What the answer gives and what the task asks for, [timesteps] each."""
    x = _series(timesteps)
    given = as_array(call(answer, x, window), "the smoothed series", (timesteps,))
    wanted = [x[max(0, t - window + 1) : t + 1].mean() for t in range(timesteps)]
    return given, np.array(wanted)


def _hears(answer, timesteps, window):
    """[inputs, outputs]: whether poking an input, up or down, moves an output."""
    x, what = _series(timesteps), "the smoothed series"
    still = as_array(call(answer, x, window), what, (timesteps,))
    moved = np.zeros((timesteps, timesteps), bool)
    for i in range(timesteps):
        for poke in (-50.0, 50.0):
            poked = x.copy()
            poked[i] += poke
            now = as_array(call(answer, poked, window), what, (timesteps,))
            moved[i] |= ~np.isclose(now, still)
    return moved


def _series(timesteps):
    return 15 + 5 * np.random.default_rng(timesteps).standard_normal(timesteps)


EXERCISES = (
    Exercise(
        id="00.causal",
        task="Mend `causal_smooth` so that output t hears inputs t − window + 1 to t only.",
        judge=judge_causal,
        messages={
            "hears_future": (
                "At window {window}, output {t} moves when input {i} is poked, and input {i} comes "
                "later. On the day of output {t} that value does not exist yet, so a forecast made "
                "from it would stand on nothing. Of {timesteps} inputs and outputs, {more} pairs "
                "are of this kind. Look at where the window ends."
            ),
            "misses_present": (
                "At window {window}, output {t} does not move when input {t} is poked. The newest "
                "value is known on the day and belongs to the mean; without it every output comes "
                "a step late. Look at the last index that the window holds."
            ),
            "wrong_start": (
                "At window {window}, the outputs from {window} values on are right, and output {t} "
                "is {given:.2f} where the mean of the {count} that exist is {wanted:.2f}. The "
                "start of a series is where a model meets its first inputs. Look at what your "
                "window holds before it is full, and at what the sum is divided by."
            ),
            "wrong_reach": (
                "At window {window}, output {t} hears {count} inputs, the first of them input "
                "{first}; asked for are {window}, up to the present. A longer or shorter memory is "
                "another smoother. Look at where the window begins."
            ),
            "no_mean": (
                "At window {window}, output {t} hears the right inputs, and gives {given:.2f} "
                "where their mean is {wanted:.2f}. A different weighting would still be causal, "
                "but its values are not on the scale of a mean. Look at how the values are put "
                "together."
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
