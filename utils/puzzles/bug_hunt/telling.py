"""Asking the instruments about a program of the hunt."""

from importlib import import_module

SECONDS = 20.0  # none takes so long, but on a busy machine the clock is not to decide
BY_INSTRUMENT = {  # kinds whose behaviour alone does not tell whether they are mended
    "no_gradient",
    "untracked_weights",
    "twin_units",
    "wrong_gradient",
    "targets_unpaired",
}


def report_of(kind, model, x, y):
    """What the instrument of a kind says of a model and a batch of its data: a Report."""
    module = import_module(f"utils.instruments.{kind.instrument}")
    ask, intent = getattr(module, kind.instrument), dict(kind.intent)
    if kind.instrument == "noise":
        return module.noise_findings(ask(model, x, y), intent.get("quiet"))
    if kind.instrument == "memory":
        return ask(model, x, seconds=SECONDS)
    return ask(model, x, y, seconds=SECONDS, **intent)


def one_batch(task, x, y):
    """As many rows of x and y as a model of this task takes at once: all, or a chunk of each series
    where a state goes on from chunk to chunk."""
    rows = task.constants.get("$SERIES") or task.constants.get("$ROOMS")
    return x[:rows], y[:rows]


def found_in(kind, model, x, y):
    """Those of the kind's findings that its instrument calls a fault of this model.

    x, y: one batch.
    """
    return tuple(name for name in report_of(kind, model, x, y).faults if name in kind.findings)


def found_again(kind, model, x, y):
    """The same of a program that is to be judged, for the kinds that need it."""
    return found_in(kind, model, x, y) if kind.key in BY_INSTRUMENT else ()
