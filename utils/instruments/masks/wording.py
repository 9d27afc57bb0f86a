"""What is said of masks: each finding with its numbers, why it matters, where to look."""

NOTHING_TO_MASK = "No layer makes a mask, and no clear padding was found in x."
UNTRIED = "x has padding that no layer masks; whether more of it matters was not looked at."
NO_MASKED = (
    "A mask is made, and it masks no step of this x: nothing could be seen. Give a batch with "
    "rows of different lengths."
)
ALL_MASKED = "Every step of x is masked: nothing could be seen."
NOISE = (
    "The model answers differently to the same x each time, so that nobody can see what moves it."
)
NOT_COUNTED = "The loss does not look at answers to masked steps."
NO_LOSS = "No loss was looked at: "  # and why
NO_Y = f"{NO_LOSS}there is no y."
NOT_COMPILED = f"{NO_LOSS}the model is not compiled."
NO_TIMED_TARGET = f"{NO_LOSS}y has no target for a masked step."
NOT_FINITE = f"{NO_LOSS}it is not finite."
NO_TIME = f"{NO_LOSS}the time was up."


def made(makers, masks):
    """Who makes masks, and how much they mask."""
    names = list(dict.fromkeys(name for name, _ in makers))
    shares = ", ".join(f"{(~m).sum()} of {m.size} steps" for m in masks.values())
    return f"{_list(names)} {'makes a mask' if len(names) == 1 else 'make masks'}: {shares}."


def behind(moves, watch, more):
    """The answer hears what stands behind the mask."""
    rows, largest = _rows(moves.behind)
    words = (
        f"What stands at masked steps moves the answer: with other values there, and the mask as "
        f"it is, {rows} change, by up to {largest} of the answer's size."
    )
    if more:
        rows, largest = _rows(moves.more)
        words += f" Three more masked steps change {rows}, too, by up to {largest}."
    elif moves.zeros:
        words += " Here the layer hands on zeros there, so that it may do no harm."
    return words + _where(watch)


def more(moves, watch):
    """The answer hears how much padding there is."""
    rows, largest = _rows(moves.more)
    return (
        f"Three more masked steps change {rows}, by up to {largest} of the answer's size, though "
        "a mask says that they do not count." + _where(watch)
    )


def passed_on(moves, watch):
    """The answer hears what later layers hand on at masked steps."""
    rows, largest = _rows(moves.passed_on)
    return (
        f"What layers behind the mask hand on at masked steps reaches the answer: with other "
        f"values there {rows} change, by up to {largest} of the answer's size. If the repeated "
        "answers of a masked recurrent layer are meant to count, all is well." + _where(watch)
    )


def harmless(moves):
    """Heard, and without a consequence that one could see."""
    if (moves.behind > 0).any():
        return (
            "The mask does not reach all layers, and it does no harm that could be seen: more "
            "padding leaves the answers as they are."
        )
    words = "What stands at masked steps does not move the answer"
    return f"{words}, nor does more padding." if moves.more is not None else f"{words}."


def unknown(moves):
    """Why nobody knows what more padding does."""
    return f"What more padding would do was not looked at: {moves.why}."


def counts(loss, other):
    """The loss looks at padding."""
    digits = range(3, 18)  # as many as tell them apart
    one, two = next(
        pair for pair in ((f"{loss:.{n}g}", f"{other:.{n}g}") for n in digits) if pair[0] != pair[1]
    )
    return (
        f"The loss is {one}, and {two} with other answers at masked steps only: padding "
        "counts. The mask does not reach the answers, or the loss does not look at it. Mask the "
        "loss, or give fit a sample_weight of 0 there."
    )


def unmasked(padding, far):
    """Padding that nothing masks."""
    count, (_, largest) = int((far > 0).sum()), _rows(far)
    rows = f"all {len(far)} rows" if count == len(far) else f"{count} of {len(far)} rows"
    return (
        f"{_padded(padding)}, and no layer masks them. Three more {_zeros(padding)} move the "
        f"answers of {rows}, by up to {largest} of the answer's size. If that is padding, Masking "
        "or Embedding(mask_zero=True) keeps it from the answer."
    )


def unmoved(padding):
    """Padding that does not matter."""
    return f"{_padded(padding)}; no layer masks them, and three more leave the answers as they are."


def fixed(padding):
    """Padding of which there can't be more."""
    return (
        f"{_padded(padding)}, which no layer masks. Whether more of them would move the answers "
        "was not looked at: the model takes this length only."
    )


def _padded(padding):
    """That rows are padded, with what, and how much of it."""
    verb, (least, most) = "end in" if padding.at_end else "begin with", _span(padding)
    return f"Rows of x {verb} {_zeros(padding)} ({least} to {most} steps)"


def _zeros(padding):
    return "zeros" if padding.value == 0 else f"steps of {padding.value:g}"


def _span(padding):
    return padding.lengths.min(), padding.lengths.max()


def _rows(far):
    """How many rows, and the largest share, in words."""
    count, largest = int((far > 0).sum()), float(far.max())
    rows = "1 row" if count == 1 else f"{count} rows"
    return rows, f"{largest:.0%}" if largest >= 0.01 else f"{largest:.2g}"


def _where(watch):
    """Where the mask gets lost, as far as layers show it."""
    if watch.ends:
        return f" The mask ends at {_list(watch.ends[:3])}, which can't hand it on."
    if watch.without:
        return f" The sequence comes to {_list(watch.without[:3])} without its mask."
    return " All layers get their masks: one of them does not look at it."


def _list(names):
    names = [f"“{name}”" for name in names]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
