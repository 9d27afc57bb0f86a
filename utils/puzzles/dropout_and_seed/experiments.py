"""How often so many pairs of runs show a difference, where there is one and where there is none.

Experiments are drawn from the 48 recorded seeds of the small setting, as if they were all seeds.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from utils.instruments.chance import power

from . import many_seeds

PAIRS = tuple(range(2, 21))  # of an experiment
EXPERIMENTS = 1000  # that are drawn for each number of pairs; a share has an error of .016 at most
REDRAWS = 1000  # of a bootstrap
SHARE = 0.95  # that a bootstrap interval is meant to cover


@dataclass(frozen=True)
class Chances:
    """Shares of experiments, for one kind of loss."""

    wrong: float  # of single pairs: without Dropout is not the lower one
    shown: dict  # pairs -> share in which the sign-flip test shows that Dropout raises the loss
    flip_alarms: dict  # pairs -> the same where both arms have Dropout: false alarms
    bootstrap_alarms: dict  # pairs -> and false alarms of a percentile bootstrap of the mean


@cache
def chances(kind):
    """The Chances of a kind of loss, "validation" or "training": about a second, the first time."""
    runs = many_seeds.recorded()
    differences = runs["with"].last(kind) - runs["without"].last(kind)
    same = _same_model(runs, kind)
    return Chances(
        wrong=float((differences <= 0).mean()),
        shown={n: power(differences, n, draws=EXPERIMENTS) for n in PAIRS},
        flip_alarms={n: power(same, n, draws=EXPERIMENTS) for n in PAIRS},
        bootstrap_alarms={n: _bootstrap_alarms(same, n) for n in PAIRS},
    )


def experiment(kind, pairs, draw):
    """One experiment: the last losses of some seeds, {"with": [pairs], "without": [pairs]}.

    draw: which of many such experiments. Its seeds are all different.
    """
    runs = many_seeds.recorded()
    order = np.random.default_rng(draw).permutation(len(runs["with"].validation))[:pairs]
    return {arm: runs[arm].last(kind)[order] for arm in ("with", "without")}


def _same_model(runs, kind):
    """[n] the difference of any two runs with Dropout, both ways round: zero on average."""
    losses = np.concatenate([runs["with"].last(kind), runs["again"].last(kind)])
    return (losses[:, np.newaxis] - losses)[~np.eye(len(losses), dtype=bool)]


def _bootstrap_alarms(differences, pairs):
    """How often the interval of the mean leaves out zero. All experiments share their redraws."""
    rng = np.random.default_rng(pairs)
    sets = rng.choice(differences, (EXPERIMENTS, pairs))
    redrawn = rng.multinomial(pairs, np.full(pairs, 1 / pairs), REDRAWS)  # how often each pair
    above = (sets @ redrawn.T > 0).mean(axis=1)  # [experiments] share of means above zero
    tail = (1 - SHARE) / 2
    return float(((above <= tail) | (above >= 1 - tail)).mean())
