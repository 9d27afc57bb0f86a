"""Timesteps of the input that nobody hears, in words."""

import numpy as np

from ..report import QUESTION, Finding
from ..state import layers_of
from .certainty import cut_off, edge_is_sharp, is_padding
from .otherwise import NO_TIME

MOST_TOLD = 8


def judge_unheard(looked, alive, found, seen, not_seen):
    """Add what is to be said of timesteps of the input that move nothing."""
    for a, side in enumerate(looked.inputs):
        of_input = [heard for heard in alive if heard.into == a]
        if not of_input or side.timesteps < 2:
            continue
        steps = of_input[0].steps
        moved = np.any([heard.moved.any(axis=1) for heard in of_input], axis=0)
        silent = [int(i) for i in steps[~moved] if not is_padding(looked, a, i)]
        if not moved.any() or not silent or _is_rest(looked, side.timesteps, silent, steps[moved]):
            continue
        which = _listed(silent, steps)
        if not edge_is_sharp(of_input, silent):
            seen.append(
                f"Some of it fades: timesteps {which} of {side.name} "
                "move nothing that could be seen above rounding, and may be heard a little."
            )
            continue
        words = (
            f"Nothing moves when timesteps {which} of {side.name} "
            f"change, of {side.timesteps}: is the window as long as was meant?"
        )
        cut = cut_off(looked, of_input[0], silent)
        if cut is None:
            not_seen.append(f"{words} {NO_TIME}")
        elif cut:
            found.append(Finding("timesteps unheard", words, QUESTION))


def _is_rest(looked, length, silent, heard):
    """Whether these are the last few, that strides and pooling leave over, or a mask's."""
    if silent[-1] != length - 1 or silent[0] < heard.max():
        return False
    if len(looked.inputs) > 1:
        return True
    outputs = [side.timesteps for side in looked.answers if side.time is not None]
    pooled = max((length / n for n in outputs if n), default=1)
    return length - silent[0] < max(_strides(looked), pooled)


def _strides(looked):
    """The product of the strides of all layers, as far as they say."""
    product = 1
    for layer in layers_of(looked.model) if looked.model is not None else ():
        strides = getattr(layer, "strides", None)
        strides = (strides,) if isinstance(strides, int) else strides
        if isinstance(strides, tuple | list) and strides and isinstance(strides[0], int):
            product *= max(1, strides[0])
    return product


def _listed(numbers, poked):
    """a to b where all in between that were poked are among them; else the first few."""
    numbers = [int(n) for n in numbers]
    between = [n for n in poked if numbers[0] <= n <= numbers[-1]]
    if len(numbers) > 2 and len(between) == len(numbers):
        return f"{numbers[0]} to {numbers[-1]}"
    shown = ", ".join(map(str, numbers[:MOST_TOLD]))
    return shown + (f" and {len(numbers) - MOST_TOLD} more" if len(numbers) > MOST_TOLD else "")
