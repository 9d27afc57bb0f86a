"""Which of the things that a noise report finds are faults, and which only the owner can judge.

A fault contradicts what the model itself declares: a rate, a Dropout that is there, predict that is
to be quiet. What else is random may be meant.
"""

from . import noise_wording as wording
from .report import FAULT, QUESTION, Finding, Report

MEANT = "That is right only if it is meant."


def noise_findings(report, quiet=None):
    """A NoiseReport as a Report, with faults and questions apart.

    quiet: True declares that predict answers the same each time, False that noise in predict is
    meant; None takes what noise() was told.
    """
    quiet = report.quiet if quiet is None else quiet
    found, seen, not_seen = [], [], []
    _never(report, found, seen, not_seen)
    _elsewhere(report, found, seen, not_seen)
    _predict(report, quiet, found, seen, not_seen)
    numbers = {n.name: {"rates": n.rates, "share zeroed": n.share} for n in report.layers}
    picture = report.plot if any(n.rates for n in report.layers) else None
    not_seen += report.notes
    return Report("noise", tuple(found), tuple(seen), tuple(not_seen), {"layers": numbers}, picture)


def _never(report, found, seen, not_seen):
    """Layers that do in fit what they declare, or don't."""
    seen += wording.as_declared([n for n in report.layers if n.acts and not n.off_rate])
    seen += wording.idle([n for n in report.layers if n.idle and not n.acts])
    not_seen += wording.silence([n for n in report.layers if n.rare])
    silent = [n for n in report.layers if not (n.acts or n.idle or n.rare)]
    quieted = [n for n in silent if n.kept_quiet]
    seen += wording.kept_quiet([n for n in quieted if n.frozen])
    doubtful = [n for n in silent if n not in quieted and _may_be_meant(n)]
    sure = [n for n in silent if n not in quieted and n not in doubtful]
    of_level = {
        FAULT: wording.silence(sure),
        QUESTION: [
            *wording.kept_quiet([n for n in quieted if not n.frozen]),
            *wording.silence(doubtful),
        ],
    }
    for level, lines in of_level.items():
        if words := " ".join(lines):
            also = "" if level == FAULT else f" {MEANT}"
            found.append(Finding("never acts in fit", words + also, level))
    if off := [n for n in report.layers if n.acts and n.off_rate]:
        found.append(Finding("off its rate", " ".join(map(wording.off_rate, off))))


def _may_be_meant(layer):
    """Whether there may be a reason for it not to act: it has no rate, or it is part of a part."""
    uncalled = not layer.fit.calls and not layer.fit.draws
    return not layer.rates or (uncalled and bool(layer.inside))


def _elsewhere(report, found, seen, not_seen):
    """What is random besides the layers."""
    words = wording.others(report)
    if report.frozen:
        found.append(Finding("frozen noise", words))
    elif report.hidden:
        found.append(Finding("hidden noise", f"{words} {MEANT}", QUESTION))
    elif report.hidden is None:
        not_seen.append(words)
    else:
        seen.append(words)
    if report.fixed:
        found.append(Finding("fixed noise", f"{' '.join(wording.fixed(report))} {MEANT}", QUESTION))


def _predict(report, quiet, found, seen, not_seen):
    """Whether predict is what it is declared to be."""
    if report.answers_vary is None:
        not_seen.append("Whether predict answers the same each time was not looked at.")
        return
    acting = any(n.acts_in_predict for n in report.layers)
    words = " ".join(wording.predict(report))
    if acting or report.answers_vary:
        name = "acts in predict" if acting else "predict varies"
        if quiet is False:
            seen.append(words.split(" That is right only")[0])
        elif quiet:
            found.append(
                Finding(name, f"{words.split(' That is right only')[0]} It is declared quiet.")
            )
        else:
            found.append(Finding(name, words, QUESTION))
    elif quiet is False:
        found.append(
            Finding(
                "quiet in predict",
                f"{words} Noise is meant there: a Dropout does nothing with training=False, which "
                "is what predict says; call the model with training=True, or the layer so.",
            )
        )
    else:
        seen.append(words)
