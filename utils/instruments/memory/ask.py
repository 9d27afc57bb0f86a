"""The questions, in their order: carried, in which order, in pieces, reset, fresh."""

import sys

from ..report import Report
from ..runs import batch_of
from ..untouched import untouched
from .asking import Asking
from .carried import (
    ask_carried,
    ask_carried_shortly,
    ask_each_declared,
    ask_fresh,
    ask_reset,
    find_carriers,
    find_flags,
)
from .functions import of_function
from .graph import ask_graph
from .inquiry import inquiry_of
from .keeping import kept_beside
from .order import ask_order
from .pieces import cutter_of
from .split import ask_split
from .wording import RANDOM, STATELESS
from .wording import carried as carried_words

LATE = 2  # times the seconds


def memory(model, x, *, seconds=0.7):
    """Find out what a model remembers from one call to the next, and whether that is in order.

    model: a Keras model or layer, built or not; or a function, best with a reset_state(). x: one
    batch, an array or a nest of arrays, or a data set of which the first batch is taken. seconds:
    how long it may compute, about: building the model and its first pass are not counted, and the
    comparison of pieces with the whole may be late.

    Asked is, always in predict mode: does the next answer depend on the last x; does a reset take
    that away; does a sequence in two pieces get the answers of the whole; does a layer with a state
    that runs several times in one pass hand it from stream to stream; was the state fresh. Returns
    a Report. A Keras model is left bit for bit as it was, also when something is raised; a function
    gets back what it is seen to keep, or else is reset, if it can be. Raises TypeError for what
    can't be called, ValueError for an x that can't be used, and RuntimeError from the model's own
    exception if it raises.
    """
    if not callable(model) or isinstance(model, type):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(f"model is {what}; expected a Keras model, or a function of x.")
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        return of_function(model, x, seconds)
    beside = kept_beside(model)
    with untouched(model, *beside):
        x, _, notes = batch_of(model, x, None, keras)
        asking = Asking(model, _fitting(model, x, keras), beside, keras)
        return _report(asking, notes, seconds)


def _report(asking, notes, seconds):
    inquiry = inquiry_of(asking, seconds)
    inquiry.not_seen[:0] = notes
    if inquiry.steady and not inquiry.not_seen[len(notes) :]:
        _ask(inquiry)
    elif not inquiry.steady:
        inquiry.not_seen.append(RANDOM)
    return Report(
        "memory",
        tuple(inquiry.found),
        tuple(inquiry.seen),
        tuple(inquiry.not_seen),
        inquiry.numbers,
        _picture(inquiry.numbers),
    )


def _ask(inquiry):
    if not (inquiry.telling or inquiry.declared):
        carried = ask_carried(inquiry)
        if not carried:
            inquiry.seen.append(STATELESS)
            return
    inquiry.asking.start()
    heard, _ = inquiry.hear(inquiry.x)
    cutter, why = cutter_of(inquiry, heard)
    carried = ask_carried_shortly(inquiry, cutter) if cutter else ask_carried(inquiry)
    inquiry.probe_is_short = cutter is not None or _short(heard)
    ask_each_declared(inquiry, heard, carried)
    if not carried:
        return
    inquiry.only(find_carriers(inquiry))
    inquiry.seen.append(carried_words(inquiry.numbers["carried"]))
    inquiry.flags = find_flags(inquiry)
    ask_graph(inquiry)
    leaks = ask_order(inquiry, heard)
    reset = ask_reset(inquiry)
    ask_fresh(inquiry, reset)
    if leaks:
        inquiry.not_seen.append("Pieces were not compared with the whole: streams may leak.")
    elif any(finding.name == "state without a reset" for finding in inquiry.found):
        inquiry.not_seen.append(
            "Pieces were not compared with the whole: there is no way to begin anew."
        )
    elif inquiry.in_time(LATE * inquiry.seconds):  # it is dear, and tells most
        ask_split(inquiry, cutter, why)
    else:
        inquiry.not_seen.append("Pieces were not compared with the whole: time was up.")


def _short(heard):
    """Whether each layer that was heard runs on few timesteps, which no state is forgotten in."""
    steps = [a.shape[1] for call in heard.calls for a in call.x if a.ndim > 2]
    return max(steps, default=1) <= 3


def _fitting(model, x, keras):
    """x, if its rows are those that the states of the model were made for."""
    rows = len(keras.tree.flatten(x)[0])
    for layer in model._flatten_layers():
        expected = getattr(layer, "_expected_batch_size", None)
        if getattr(layer, "stateful", False) and expected not in (None, rows):
            if rows < expected:
                raise ValueError(
                    f"x has {rows} rows, and the state of “{layer.name}” was made for {expected}."
                )
            return keras.tree.map_structure(lambda a, n=expected: a[:n], x)
    return x


def _picture(numbers):
    from . import picture

    return (lambda: picture.draw(numbers)) if picture.has_bars(numbers) else None
