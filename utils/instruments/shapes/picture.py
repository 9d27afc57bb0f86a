"""The losses of one step, as it is and with other targets, as bars that can be compared."""

from ..bundle import own_axes
from .wording import short

INK, AS_IT_IS, OTHER = "#1f2933", "#0072B2", "#E69F00"  # Okabe and Ito's


def drawer(pairings):
    """A function that draws the first of these on a Figure of its own; None without any."""
    return (lambda: _draw(pairings[0])) if pairings else None


def _draw(pairing):
    names = ["as it is", *("targets in another order" for _ in pairing.permuted)]
    losses = [pairing.loss, *pairing.permuted, pairing.all_alike]
    names.append("the first row's target for all rows\n(how much targets matter at all)")
    ax = own_axes(6.0, 1.0 + 0.36 * len(losses))
    places = range(len(losses))[::-1]
    digits = _digits(losses)
    bars = ax.barh(places, losses, color=[AS_IT_IS] + [OTHER] * (len(losses) - 1), height=0.6)
    for bar in bars[1:]:
        bar.set_hatch("//")
    ax.axvline(pairing.loss, color=INK, linewidth=0.8, linestyle="--")
    for place, loss in zip(places, losses, strict=True):
        ax.annotate(
            short(loss, digits),
            (loss, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set_yticks(list(places), names)
    ax.set_xlabel("loss of one step", color=INK)
    ax.margins(x=0.18)
    ax.tick_params(colors=INK)
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure


def _digits(losses):
    """As many as it takes to tell the losses apart that differ, at least three."""
    return next((n for n in (3, 4, 5) if len({short(x, n) for x in losses}) == _kinds(losses)), 5)


def _kinds(losses):
    return len({short(loss, 5) for loss in losses})
