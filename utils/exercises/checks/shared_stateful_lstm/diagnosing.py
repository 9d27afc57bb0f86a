"""What a wrong repair does: found by its outputs, and by poking one input at a time."""

import itertools

import numpy as np

from utils.exercises.calling import guarded
from utils.exercises.exercise import not_yet
from utils.exercises.models import asked
from utils.exercises.questions import number
from utils.puzzles import shared_stateful_lstm as puzzle

CLOSE = 3e-5  # of the largest number: float32 keeps that in a short recurrence
STEP = 1  # the step that is poked, with steps before it and after it


def same(a, b, share=CLOSE):
    """Equal to the given share of the largest number."""
    return a.shape == b.shape and abs(a - b).max() <= share * (1e-3 + abs(b).max())


def example(output, wanted, axes=("row", "stream", "step", "unit")):
    """Facts: where an output with these axes differs most from another, and the numbers."""
    worst = np.unravel_index(np.argmax(abs(output - wanted)), wanted.shape)
    place = ", ".join(f"{axis} {int(k)}" for axis, k in zip(axes, worst, strict=True))
    return {"place": f"[{place}]", "given": number(output[worst]), "truth": number(wanted[worst])}


def diagnosed(model, weights, chunks, outputs, facts):
    """The verdict on a model whose outputs for the chunks are not those of lone streams."""
    first, state = puzzle.alone(weights, chunks[0], return_state=True)
    if same(outputs[0], first):
        return _between(weights, chunks[1], outputs[1], state, facts)
    facts = facts | example(outputs[0], first)
    for order in itertools.permutations(range(first.shape[1])):
        if same(outputs[0], puzzle.chained(weights, chunks[0], order)):
            listed = ", ".join(map(str, order))
            said = {"order": listed, "first": order[0], "second": order[1]}
            return not_yet("leaks", **facts, **said)
    places = _other_places(outputs[0], first)
    if places:
        return not_yet("misplaced", **facts, **places)
    return _by_poking(model, chunks[0], facts)


def _between(weights, x, output, state, facts):
    """The verdict where the first chunk is right and the second, x, is not."""
    h, c = state
    facts = facts | example(output, puzzle.alone(weights, x, state))
    if same(output, puzzle.alone(weights, x)):
        return not_yet("forgets", **facts)
    for kept, lost, half in (("h", "c", (h, 0 * c)), ("c", "h", (0 * h, c))):
        if same(output, puzzle.alone(weights, x, half)):
            return not_yet("half_a_state", kept=kept, lost=lost, **facts)
    cells = list(np.ndindex(h.shape[:2]))
    starts = {cell: [np.broadcast_to(part[cell], part.shape) for part in state] for cell in cells}
    from_other = {cell: puzzle.alone(weights, x, start) for cell, start in starts.items()}
    for cell, other in itertools.permutations(cells, 2):
        if same(output[cell], from_other[other][cell]):
            return not_yet("others_state", **facts, **_pair(cell, other))
    return not_yet("carried_otherwise", **facts)


def _other_places(output, wanted):
    """Facts on an output that is another row's or stream's right one; empty if there is none."""
    for cell, other in itertools.permutations(np.ndindex(wanted.shape[:2]), 2):
        if same(output[cell], wanted[other]):
            return _pair(cell, other)
    return {}


def _pair(cell, other):
    names = ("row", "stream", "other_row", "other_stream")
    return dict(zip(names, (*cell, *other), strict=True))


def _by_poking(model, x, facts):
    """The verdict by who moves when one step of one row of one stream is poked."""
    calm = _from_reset(model, x)
    found = {}
    for row, stream in np.ndindex(x.shape[:2]):
        poked = x.copy()
        poked[row, stream, STEP] += 1
        change = abs(_from_reset(model, poked) - calm).max(axis=-1)  # [batch, streams, timesteps]
        moved = np.argwhere(change > 1e-5 * (1 + abs(calm).max()))
        for at_row, listener, at_step in moved.tolist():
            wrong = {
                "streams_mix": listener != stream,
                "rows_mix": at_row != row,
                "hears_later": at_step < STEP,
            }
            at = {"poked": stream, "row": row, "step": STEP}
            at |= {"listener": listener, "at_row": at_row, "at_step": at_step}
            for message in (name for name, so in wrong.items() if so):
                found.setdefault(message, at)
    for message in ("streams_mix", "rows_mix", "hears_later"):  # the gravest first
        if message in found:
            return not_yet(message, **facts, **found[message])
    return not_yet("values", **facts)


def _from_reset(model, x):
    with guarded("`reset(model)` was called with the model that your function returned"):
        puzzle.reset(model)
    return asked(model, x)
