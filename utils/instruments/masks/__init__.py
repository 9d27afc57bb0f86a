"""Masks: does the answer hear what stands behind them, and does the loss count it?

What a mask-making layer hands on at masked steps is changed, with the mask left as it is: a model
that honours its mask can't notice. Nor does it notice more padding, and its loss does not look at
answers to padding.
"""

import sys

import numpy as np

from ..report import Report
from ..runs import as_arrays, batch_of
from ..shapes.rows import takes_any_number
from ..untouched import untouched
from . import in_loss, picture, wording
from .judging import counted, limit_of, lost, shares, unmasked
from .moves import moves_of
from .padding import is_at_end
from .passes import Passes

__all__ = ["masks"]

NAME = "masks"
ROWS = 32  # more say little more
PASSES = 5  # that are made, where there is time for all
PATIENCE = 5  # times the seconds: only a model that needs more of them is asked less


def masks(model, x, y=None, *, seconds=0.5):
    """Find out whether a model's masks reach all that they are meant for.

    model: a Keras model or layer, built or not, compiled or not. x, y: one batch as for `fit`,
        arrays or nests of them, or a tf.data.Dataset or PyDataset as x, of which the first batch is
        taken. At most 32 rows are used, unless the model wants a certain number.
    seconds: how long it may take, roughly: a model whose calls take much longer is asked less.

    Returns a Report: "mask lost", "padding counts in the loss"; as questions "padding not masked",
    and "mask lost" where only more padding than the model takes could prove it. The model is left
    bit for bit as it was, also when something is raised. Raises TypeError for what is no Keras
    layer, ValueError for data that can't be used, and RuntimeError if the model raises.
    """
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(f"model is {what}; expected a Keras model or layer, which can have masks.")
    with untouched(model):
        weights = _sample_weights(x, keras)
        x, y, notes = batch_of(model, x, y, keras)
        x, y, weights = _few_rows(model, (x, y, weights), keras)
        passes = Passes(model, x, weights, keras)
        return _report(passes, y, passes.seconds * PASSES <= PATIENCE * seconds, notes)


def _report(passes, y, in_time, notes):
    masked = _by_length(passes.base.makers)
    if not masked:
        found, seen, not_seen = unmasked(passes, in_time)
        return Report(NAME, found, seen, (*notes, *not_seen))
    if all(mask.all() for mask in masked.values()):
        return Report(NAME, not_seen=(*notes, wording.NO_MASKED))
    if not any(mask.any() for mask in masked.values()):
        return Report(NAME, not_seen=(*notes, wording.ALL_MASKED))
    moves = moves_of(passes, masked, in_time)
    if moves is None:
        return Report(NAME, not_seen=(*notes, wording.NOISE))
    widest = max(masked.values(), key=lambda mask: int((~mask).sum()))
    found = list(lost(moves, passes, is_at_end(widest)))
    seen = [wording.made(passes.base.makers, masked)]
    if not found:
        seen.append(wording.harmless(moves))
    losses = in_loss.losses(passes, y, masked) if in_time else wording.NO_TIME
    if isinstance(losses, str):
        notes.append(losses)
        losses = None
    elif in_loss.counted(losses):
        found += counted(losses, passes.model)
    else:
        seen.append(wording.NOT_COUNTED)
    if moves.more is None:
        notes.append(wording.unknown(moves))
    numbers = {
        "masked": {steps: int((~mask).sum()) for steps, mask in masked.items()},
        "moved by other values": shares(moves.behind),
        "moved by more padding": shares(moves.more),
        "losses": losses,
        "limit": limit_of(passes),
    }
    draw = picture.drawer(widest, moves)
    return Report(NAME, tuple(found), tuple(seen), tuple(notes), numbers, draw)


def _by_length(makers):
    """{timesteps: [rows, timesteps] of bool}: what every mask of that length lets through."""
    found = {}
    for _, mask in makers:
        steps = mask.shape[1]
        found[steps] = mask & found[steps] if steps in found else mask
    return found


def _sample_weights(data, keras):
    """Those of the first batch of a data set; None without any."""
    if isinstance(data, keras.utils.PyDataset) and len(data):
        return keras.utils.unpack_x_y_sample_weight(data[0])[2]
    if hasattr(data, "element_spec") and hasattr(data, "take"):
        for batch in data.take(1):
            return keras.utils.unpack_x_y_sample_weight(batch)[2]
    return None


def _few_rows(model, nests, keras):
    """The same nests with so many rows at most, spread evenly over the batch."""
    rows = len(as_arrays(nests[0], keras)[0])
    if rows <= ROWS or not takes_any_number(model, keras):
        return nests
    chosen = np.linspace(0, rows - 1, ROWS).astype(int)

    def cut(part):
        return None if part is None else np.asarray(part)[chosen]

    return tuple(None if nest is None else keras.tree.map_structure(cut, nest) for nest in nests)
