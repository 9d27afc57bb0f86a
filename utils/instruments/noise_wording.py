"""What a noise report says: its sentence, and its table as text and as HTML."""

import html

import numpy as np

from . import table

HEAD = ("layer", "kind", "rate", "calls in fit", "training", "share zeroed", "in fit", "in predict")
FEW = 500  # numbers, of which the share zeroed may be far from the rate by chance
NAMED = 3  # layers that are named; of more the first are


def describe(report):
    """The whole result in a few sentences."""
    lines = [
        *_acting(report),
        *_silent(report),
        others(report),
        *fixed(report),
        *predict(report),
    ]
    return " ".join([*lines, *report.notes])


def _acting(report):
    yield from as_declared([n for n in report.layers if n.acts and not n.off_rate])
    for layer in (n for n in report.layers if n.acts and n.off_rate):
        yield off_rate(layer)


def as_declared(fine):
    """Of layers that act as they should."""
    if len(fine) == 1:
        yield f"{_list(fine)} acts in fit{_at_rate(fine[0])}."
    elif fine:
        at_rate = "" if any(np.isnan(n.share) for n in fine) else ", each at its rate"
        yield f"{len(fine)} noise layers act in fit{at_rate}: {_list(fine)}."


def off_rate(layer):
    """Of one that drops another share than it declares."""
    return (
        f"“{layer.name}” acts in fit and zeroes {_shares(layer)} of the numbers, where its rate is "
        f"{_rates(layer)}."
    )


def _at_rate(layer):
    if np.isnan(layer.share):
        return ""
    seen = sum(mask[1] for mask in layer.fit.masks.values())
    several = len(layer.fit.masks) > 1
    if seen < FEW:
        whose = f"rates of {_rates(layer)} allow" if several else f"rate of {_rates(layer)} allows"
        return f" and zeroes {_shares(layer)} of only {seen} numbers, which its {whose}"
    asks = f"rates of {_rates(layer)} ask" if several else f"rate of {_rates(layer)} asks"
    return f" and zeroes {_shares(layer)} of the numbers, as its {asks}"


def _silent(report):
    yield from idle([n for n in report.layers if n.idle and not n.acts])
    yield from silence([n for n in report.layers if not n.acts and not n.idle])


def idle(layers):
    """Of layers that are declared to do nothing."""
    if layers:
        yield f"{_list(layers)} {_has(layers)} a rate of 0 and nothing to do."


def silence(silent):
    """Of layers that should act in fit and don't."""
    unheard = [n for n in silent if not n.fit.calls and not n.fit.draws]
    if unheard:
        yield (
            f"{_list(unheard)} {_was(unheard)} not called in the step of fit, or in a way that "
            "can't be heard, and did nothing."
        )
    drew = [n for n in silent if n.fit.masks]
    for layer in drew:
        _, seen, _ = np.sum([*layer.fit.masks.values()], axis=0)
        because = "as so small a rate leaves to expect" if layer.rare else "against its rate"
        yield (
            f"“{layer.name}” drew a mask in fit and zeroed none of {seen:,} numbers, {because} "
            f"({_rates(layer)})."
        )
    off = [n for n in silent if n not in unheard and n not in drew]
    if off:
        seen = " or ".join(sorted({str(t) for n in off for t in n.fit.training})) or "unknown"
        yield (
            f"{_list(off)} {_was(off)} called in fit with training={seen} and did nothing: "
            f"{'they never act' if len(off) > 1 else 'it never acts'} there."
        )


def kept_quiet(layers):
    """Of layers within a nested model that is called with training=False."""
    for name in dict.fromkeys(n.inside for n in layers):
        those = [n for n in layers if n.inside == name]
        yield (
            f"“{name}” is called with training=False in fit, so that {_list(those)} in it "
            f"{'do' if len(those) > 1 else 'does'} nothing there."
        )


def others(report):
    """What is random besides the layers, in one sentence."""
    sources = [f"{where} ({what})" for where, what in report.elsewhere[:NAMED]]
    heard = f": {', '.join(sources)}" if sources else ""
    besides = "besides these layers " if report.layers else ""
    if report.hidden is None:
        return (
            f"Whether anything {besides}is random is not known: the step of fit reports no finite "
            "number that could be compared."
        )
    if report.hidden:
        where = heard or (
            ". Look at functions, the loss and train_step, also for a state that is kept outside "
            "of the model"
        )
        return (
            f"Something {besides}is random in fit: the same step, with the seeds of the layers "
            f"held, gave {_losses(report)}{where}."
        )
    if report.frozen:
        return (
            f"Something {besides}draws random numbers when the step runs plainly{heard}, and "
            "always the same ones in fit, where they are drawn once, when its graph is traced."
        )
    nothing = "Nothing else is" if report.layers else "Nothing is"
    times = f", {len(report.losses)} times," if report.losses else ""
    return f"{nothing} random in fit (the same step{times} gave the same result)."


def fixed(report):
    """Where numbers are drawn that are the same each time."""
    if report.fixed:
        draw = "draw" if len(report.fixed) > 1 else "draws"
        yield (
            f"{' and '.join(report.fixed[:NAMED])} {draw} random numbers with a fixed seed: they "
            "are the same in every step."
        )


def predict(report):
    """Whether predict answers the same each time."""
    acting = [n for n in report.layers if n.acts_in_predict]
    if report.answers_vary is None:
        return
    if not report.answers_vary and not acting:
        yield "In predict the same input gets the same answer."
        return
    who = (
        f", because {_list(acting)} {'act' if len(acting) > 1 else 'acts'} there too"
        if acting
        else ""
    )
    yield (
        f"In predict the same input gets different answers{who}. That is right only if it is "
        "meant, as in Monte-Carlo dropout."
    )


def _losses(report):
    seen = list(dict.fromkeys(f"{loss:.6g}" for loss in report.losses))
    return f"the losses {', '.join(seen)}" if len(seen) > 1 else "different results"


# The table


def rows(report):
    """One row of words for each noise layer, under HEAD."""
    return [
        (
            n.name,
            n.kind,
            _rates(n) or "–",
            str(n.fit.calls),
            ", ".join(sorted(map(str, n.fit.training))) or "–",
            "–" if np.isnan(n.share) else _shares(n),
            _state(n),
            "–" if n.acts_in_predict is None else "acts" if n.acts_in_predict else "quiet",
        )
        for n in report.layers
    ]


def text_table(report):
    """The table as lines of text; none without noise layers."""
    found = rows(report)
    return table.as_lines(HEAD, found) if found else []


def page(report):
    """The table and the sentence as HTML."""
    sentence = f"<p>{html.escape(report.sentence)}</p>"
    if not report.layers:
        return sentence
    caption = "Noise layers, in one step of fit and in predict"
    return table.as_html(caption, HEAD, rows(report)) + sentence


# Words


def _state(layer):
    if layer.acts:
        return "acts"
    return "rate 0" if layer.idle else "too rare to see" if layer.rare else "silent"


def _rates(layer):
    return " and ".join(f"{rate:g}" for rate in layer.rates)


def _shares(layer):
    """Of each rate, in the order in which the rates are declared."""
    found = sorted(layer.fit.masks.items(), key=lambda mask: _place(layer.rates, mask[0]))
    return " and ".join(_percent(zeroed / seen) for _, (zeroed, seen, _) in found if seen)


def _place(rates, rate):
    return rates.index(rate) if rate in rates else len(rates)


def _percent(share):
    return f"{100 * share:.3g} %"


def _list(layers):
    names = [f"“{layer.name}”" for layer in layers]
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _was(layers):
    return "were" if len(layers) > 1 else "was"


def _has(layers):
    return "have" if len(layers) > 1 else "has"
