"""Is a difference between two models larger than that between two runs of the same one?

Shows every result, paired by seed, with the spread of one model before the difference of two.
"""

from dataclasses import dataclass

import numpy as np

from utils.error_text import text_of

from . import dots
from .bundle import mime_bundle
from .chance import (
    EXACT_UP_TO,
    FEWEST,
    LEVEL,
    MOST,
    POWER,
    apart,
    bootstrap_interval,
    power,
    seeds_needed,
    sign_flip,
)

__all__ = ["Spread", "bootstrap_interval", "power", "seeds_needed", "sign_flip", "spread"]


@dataclass(frozen=True)
class Spread:
    """Results of one model, or of two that are paired by seed, and what can be said of them."""

    a: np.ndarray  # [seeds]; NaN or infinite: that run diverged
    b: np.ndarray | None = None  # [seeds]
    names: tuple[str, str] = ("a", "b")
    what: str = "result"

    @property
    def kept(self):
        """[seeds] of bool: did no run of this seed diverge?"""
        return np.isfinite(self.a) if self.b is None else np.isfinite(self.a) & np.isfinite(self.b)

    @property
    def differences(self):
        """[pairs] a - b, where neither diverged."""
        if self.b is None:
            raise ValueError("There is one model only; a difference needs two: spread(a, b).")
        return self.a[self.kept] - self.b[self.kept]

    @property
    def p(self):
        """The p of the sign-flip test; 1 if no pair is left, NaN for one model."""
        if self.b is None:
            return float("nan")
        return sign_flip(self.differences) if self.kept.any() else 1.0

    @property
    def shown(self):
        """Whether chance alone gives such a difference in at most one of twenty cases."""
        return bool(self.p <= LEVEL)

    @property
    def verdict(self):
        """The name of the model with the lower mean if a difference is shown, else "not shown"."""
        if not self.shown:
            return "not shown"
        return self.names[0] if self.differences.mean() < 0 else self.names[1]

    @property
    def same(self):
        """How far two runs of one model are apart: the median, and what 95 % do not exceed.

        Of two models the larger of either. NaN if there are no two runs of one.
        """
        found = [np.percentile(apart(arm), (50, 95)) for arm in self._arms() if len(arm) > 1]
        return tuple(np.max(found, axis=0).tolist()) if found else (float("nan"), float("nan"))

    @property
    def sentence(self):
        """The result in words."""
        lines = self._about_one() if self.b is None else self._about_two()
        return " ".join(filter(None, [self._diverged(), *lines]))

    def plot(self, ax=None):
        """Every result as a dot, pairs joined: on the Axes given, else on a Figure of its own."""
        return dots.draw(self, ax)

    def _arms(self):
        """The results of each model that did not diverge."""
        return [arm[np.isfinite(arm)] for arm in (self.a, self.b) if arm is not None]

    def _diverged(self):
        models = zip(self.names, (self.a, self.b), strict=True)
        lost = [
            f"{(~np.isfinite(arm)).sum()} of {_runs(len(arm))} of “{name}”"
            for name, arm in models
            if arm is not None and not np.isfinite(arm).all()
        ]
        if not lost:
            return ""
        with_pairs = "" if self.b is None else " with their pairs"
        return (
            f"{' and '.join(lost)} ended in NaN or infinity: that is a finding of its own. What "
            f"follows leaves them out{with_pairs}, and flatters the model that diverges."
        )

    def _about_one(self):
        runs, name = self.a[self.kept], f"“{self.names[0]}”"
        if not len(runs):
            return
        if len(runs) == 1:
            yield f"One run of {name} has a {self.what} of {_number(runs[0])}."
            yield "One run shows no spread: train the same model with other seeds as well."
            return
        ends = f"from {_number(runs.min())} to {_number(runs.max())}, median"
        yield f"{_runs(len(runs))} of {name}: {self.what} {ends} {_number(np.median(runs))}."
        yield self._same()

    def _about_two(self):
        differences, n = self.differences, int(self.kept.sum())
        if not n:
            yield "No pair is left to compare."
            return
        if n > 1:
            yield self._same()
        medians = [
            f"“{name}” {_number(np.median(arm[self.kept]))}"
            for name, arm in zip(self.names, (self.a, self.b), strict=True)
        ]
        over = f"Median {self.what} over {n} pairs" if n > 1 else f"{self.what} of the one pair"
        yield f"{over[0].upper()}{over[1:]}: {' and '.join(medians)}."
        if n > 1:
            yield self._direction(differences)
        yield self._test(n)
        if n >= FEWEST and not self.shown and differences.any():
            needed = seeds_needed(differences)
            yield (
                f"To show differences like these with power {POWER:g} takes about {needed} pairs."
                if needed
                else f"Not even {MOST} pairs would show differences like these reliably."
            )

    def _same(self):
        half, most = self.same
        if np.isnan(half):
            return ""
        which = "Two of these" if self.b is None else "Two runs of the same model"
        return f"{which} differ by {_number(half)} (median), up to {_number(most)} (95 %)."

    def _direction(self, differences):
        lower, higher = int((differences < 0).sum()), int((differences > 0).sum())
        if not lower and not higher:
            return "All pairs are equal."
        name, count = (self.names[0], lower) if lower >= higher else (self.names[1], higher)
        equal = len(differences) - lower - higher
        ties = f" and equal in {equal}" if equal else ""
        return (
            f"“{name}” is lower in {count} of {len(differences)} pairs{ties}; the mean difference "
            f"“{self.names[0]}” − “{self.names[1]}” is {_number(differences.mean())}."
        )

    def _test(self, n):
        if n < FEWEST:
            return (
                f"{_pairs(n)} cannot show a difference at all: the smallest p of the sign-flip "
                f"test is then {_number(2.0 ** (1 - n))}; from {FEWEST} pairs on it can be below "
                f"{LEVEL:g}."
            )
        p = self.p
        kind = "exact " if n <= EXACT_UP_TO else ""
        drawn = "" if kind else ", with patterns drawn at random"
        test = f"({kind}sign-flip test, p {_p(p)}{drawn})"
        if p <= LEVEL:
            return f"Chance alone would seldom do that {test}: the difference is shown."
        return (
            f"Chance alone does that often enough {test}: a difference is not shown, which does "
            "not mean that there is none."
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        names = self.names[:1] if self.b is None else self.names
        alt = f"Dot plot of the {self.what} of every run: {' and '.join(names)}."
        return mime_bundle(self.plot(), self.sentence, alt)

    def __repr__(self):
        return self.sentence


def spread(a, b=None, *, names=None, what="result", seeds=range(10)):
    """Compare the results of two models over seeds, or look at the spread of one.

    a, b: one number for each seed, [seeds], in the same order of seeds. Or functions from a seed to
        such a number, which are called for each of `seeds`:
        spread(lambda seed: final_loss(build(seed))).
    names: of the two models (or of the one), for the words and the picture.
    what: what the numbers are, such as "validation loss".

    Returns a Spread. NaN or infinity is a run that diverged; it is counted and left out. Raises
    ValueError for other than numbers, none at all, or unequal lengths, and RuntimeError if a
    function raises.
    """
    one = b is None
    names = _names(names, (a, b), one)
    arms = [
        _results(arm, name, seeds)
        for arm, name in zip((a, b), names, strict=True)
        if arm is not None
    ]
    if not one and len(arms[0]) != len(arms[1]):
        raise ValueError(
            f"There are {len(arms[0])} results of “{names[0]}” and {len(arms[1])} of “{names[1]}”; "
            "expected pairs, one result of each model for each seed."
        )
    return Spread(arms[0], None if one else arms[1], names, str(what))


def _names(names, models, one):
    if names is None:
        found = [getattr(model, "__name__", "<") for model in models]
        named = not any(name.startswith("<") for name in found[: 1 if one else 2])
        distinct = one or found[0] != found[1]
        defaults = ("the model", "") if one else ("a", "b")
        return (found[0], "" if one else found[1]) if named and distinct else defaults
    names = (names,) if isinstance(names, str) else tuple(map(str, names))
    if len(names) != (1 if one else 2):
        raise ValueError(
            f"names is {names!r}; expected {'one name' if one else 'two names'}, as there "
            f"{'is one model' if one else 'are two models'}."
        )
    return (*names, "") if one else names


def _results(arm, name, seeds):
    """[seeds] of floats."""
    if callable(arm):
        arm = [_run(arm, seed, name) for seed in seeds]
    try:
        numbers = np.asarray(arm)
        if numbers.dtype.kind not in "biuf" and numbers.size:
            raise TypeError
    except (TypeError, ValueError):
        raise ValueError(f"The results of “{name}” are {arm!r}; expected numbers.") from None
    if numbers.ndim != 1 or not numbers.size:
        raise ValueError(
            f"The results of “{name}” have the shape {numbers.shape}; expected one number for each "
            "seed, [seeds], and at least one."
        )
    return numbers.astype(float)


def _run(function, seed, name):
    try:
        result = function(seed)
    except Exception as error:
        raise RuntimeError(
            f"“{name}” raised {type(error).__name__} with seed {seed}: {text_of(error)}"
        ) from error
    if np.ndim(result):
        raise ValueError(
            f"“{name}” returned {result!r} with seed {seed}; expected one number, such as the "
            "last loss."
        )
    return result


# Words


def _number(value):
    """Three digits that count."""
    value = float(value)
    if value and not 1e-4 <= abs(value) < 1e6:
        return f"{value:.2e}".replace("-", "−")
    text = np.format_float_positional(value, 3, unique=False, fractional=False, trim="-")
    return text.replace("-", "−")


def _p(p):
    return f"= {_number(p)}" if p >= 1e-4 else "< 0.0001"


def _runs(n):
    return f"{n} run{'' if n == 1 else 's'}"


def _pairs(n):
    return "One pair" if n == 1 else f"{n} pairs"
