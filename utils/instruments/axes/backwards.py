"""The pattern of a branch that went backwards and was not turned round."""

import numpy as np

FEWEST = 3  # outputs that show where what they hear begins
WIDEST = 64  # timesteps that a convolution around it is assumed to widen it by
STRONG = 1e-3  # of the largest change: where it fades there is no edge


def runs_backwards(heard):
    """A sentence with {out} and {into}, or None.

    Output t of such a branch hears the inputs from T - 1 - t on: what it hears begins one step
    earlier with each output. Beside a branch that runs forwards there is a gap between the two,
    which closes from both sides. A convolution around it widens what is heard by a constant.
    """
    if not heard.square:
        return None
    steps, moved = heard.length, heard.moved
    i, t = np.meshgrid(heard.steps, np.arange(steps), indexing="ij")
    strong = heard.change >= STRONG * heard.change.max()
    for width in range(min(steps // 2, WIDEST)):
        begins = steps - 1 - t - width  # where the branch begins to hear
        first = moved[:, 0] & (heard.steps < begins[0, 0])
        reach = heard.steps[first].max() if first.any() else None  # of the branch beside it
        gap = i < begins
        if reach is not None:
            gap &= i > t + reach
        edge = (i == begins) & (begins > (0 if reach is None else t + reach + 1))
        if edge.sum() < FEWEST or not strong[edge].all() or moved[gap].any():
            continue
        if reach is not None and not moved[(i <= t) & (i >= t - 1)].all():
            continue  # no branch that runs forwards
        return _words(steps - 1 - width, reach)
    return None


def _words(begins, reach):
    beside = "" if reach is None else ", beside what each hears up to its own time"
    return (
        f"{{out}} hears {{into}} from the end: timestep 0 hears steps from {begins} on, timestep 1 "
        f"from {begins - 1} on, and so on{beside}. A branch went backwards and was not turned "
        "round, so that its outputs stand in the wrong order."
    )
