"""Results of runs as dots: each of them, never a bar."""

import numpy as np

from .bundle import own_axes

COLOURS = ("#0072B2", "#D55E00")  # Okabe and Ito's
MARKERS = ("o", "s")
QUIET, INK = "0.6", "#1f2933"
WIDE = 100  # times: from there on the axis counts orders of magnitude
ASIDE = (0, 1, -1, 2, -2)  # by turns, so that dots of one model do not hide each other


def draw(result, ax=None):
    """Draw every run of one or two models, pairs joined by a line; returns the Figure."""
    ax = own_axes(4.4, 3.6) if ax is None else ax
    arms = [arm for arm in (result.a, result.b) if arm is not None]
    finite = np.concatenate([arm[np.isfinite(arm)] for arm in arms])
    places = [_places(k, arm, paired=len(arms) > 1) for k, arm in enumerate(arms)]
    if len(arms) > 1:
        ax.plot(places, np.where(result.kept, arms, np.nan), color=QUIET, linewidth=0.8, zorder=1)
    for k, (arm, place) in enumerate(zip(arms, places, strict=True)):
        look = {"color": COLOURS[k], "zorder": 2}
        ax.plot(place, _drawn(arm), MARKERS[k], markersize=6, alpha=0.8, **look)
        if np.isfinite(arm).any():
            middle = np.median(arm[np.isfinite(arm)])
            ax.hlines(middle, k - 0.22, k + 0.22, linewidth=2.2, **look)
        _mark_diverged(ax, place[~np.isfinite(arm)], COLOURS[k])
    if len(finite) and finite.min() > 0 and finite.max() > WIDE * finite.min():
        ax.set_yscale("log")
    ax.set_xticks(range(len(arms)), result.names[: len(arms)])
    ax.set_xlim(-0.5, len(arms) - 0.5)
    ax.set_ylabel(result.what, color=INK)
    ax.tick_params(colors=INK)
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure


def _places(k, arm, paired):
    """[runs] where along the axis each run stands."""
    if paired:  # the lines tell dots apart
        return np.full(len(arm), float(k))
    rank = np.argsort(np.argsort(arm))
    return k + 0.04 * np.take(ASIDE, rank % len(ASIDE))


def _drawn(arm):
    return np.where(np.isfinite(arm), arm, np.nan)


def _mark_diverged(ax, places, colour):
    if len(places):
        top = ax.get_xaxis_transform()  # x in data, y in shares of the height
        ax.plot(places, np.ones(len(places)), "x", color=colour, transform=top, clip_on=False)
        ax.annotate(
            "diverged", (places[0], 1), xycoords=top, xytext=(8, -3), textcoords="offset points"
        )
