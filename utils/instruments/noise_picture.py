"""What noise layers declare, and what they do in fit and in predict."""

import numpy as np

from .bundle import own_axes

COLOURS = {"fit": "#0072B2", "predict": "#D55E00"}  # Okabe and Ito's
MOST = 12  # layers that are drawn; of more the first are


def draw(report):
    """The share zeroed of each layer with a rate, beside its rate; None if there is none."""
    bars = [bar for layer in report.layers for bar in _bars(layer)][:MOST]
    if not bars:
        return None
    ax = own_axes(6.4, 1.2 + 0.42 * len(bars))
    places = np.arange(len(bars))
    for shift, (when, colour) in zip((-0.18, 0.18), COLOURS.items(), strict=True):
        shares = [bar[when] for bar in bars]
        ax.barh(places + shift, shares, height=0.32, color=colour, label=f"zeroed in {when}")
    for place, bar in zip(places, bars, strict=True):
        ax.plot([bar["rate"]] * 2, [place - 0.4, place + 0.4], color="black", linewidth=2)
    ax.plot([], [], color="black", linewidth=2, label="declared rate")
    ax.set_yticks(places, [bar["name"] for bar in bars])
    ax.invert_yaxis()
    highest = max(max(bar["rate"], bar["fit"], bar["predict"]) for bar in bars)
    ax.set(xlabel="share of the numbers", xlim=(0, min(1.02, 1.25 * highest) or 1))
    ax.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.35 / len(bars)), ncols=3)
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure


def _bars(layer):
    """One bar for each rate of a layer that zeroes numbers; none for one that adds noise."""
    if not layer.rates or (layer.acts and np.isnan(layer.share)):
        return
    for rate in layer.rates:
        name = layer.name if len(layer.rates) == 1 else f"{layer.name}, {rate:g}"
        then = layer.predict if layer.acts_in_predict else None  # a mask may be drawn, and not used
        zeroed = {"fit": _share(layer.fit, rate), "predict": _share(then, rate)}
        yield {"name": name, "rate": rate, **zeroed}


def _share(tally, rate):
    """What was zeroed of the numbers that a mask of this rate went over; 0 without a mask."""
    masks = tally.masks if tally else {}
    if rate not in masks and len(masks) == 1:
        (rate,) = masks
    zeroed, seen, _ = masks.get(rate, (0, 0, 0))
    return zeroed / seen if seen else 0.0
