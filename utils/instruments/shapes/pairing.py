"""Is each answer compared with its own row's target? The loss, with targets that change places."""

import time
from dataclasses import dataclass

import numpy as np

from ..runs import as_arrays
from .meetings import logs_of

SAME = 5e-6  # losses that differ by less, as a share of their size, differ by rounding
MATTERS = 50  # times that: the values of the targets have to change the loss by so much
STEPS = 6  # that are made, where they are whole ones
PATIENCE = 5  # times the seconds: only what needs more of them is asked less
ORDERS = 3  # in which the rows are tried
NO_NUMBER = "The loss of a step is no number that could be compared, with targets in other orders."
VARIES = (
    "The loss of one and the same step differs from run to run, so that targets in other orders "
    "could not be compared."
)
TOO_LONG = (
    "Whether the loss changes when the targets change rows was not looked at: the train_step is "
    "the model's own, and one step of it takes {:.1f} s."
)


@dataclass(frozen=True)
class Pairing:
    """Losses of one step, as it is and with one array of targets changed."""

    which: int  # the array of targets
    loss: float
    permuted: tuple[float, ...]  # with its rows in other orders
    all_alike: float  # with one row's target for all rows

    @property
    def matters(self):
        """Whether the loss looks at the values of these targets."""
        return _apart(self.loss, self.all_alike) > MATTERS * SAME

    @property
    def same(self):
        """Whether the loss is the same in every order of the rows, as far as its digits tell."""
        digits = SAME * max(abs(self.loss), abs(self.all_alike))  # a trained loss may be near 0
        return all(abs(self.loss - other) <= digits for other in self.permuted)


def pairings(runs, calls, took, seconds, keras):
    """A Pairing for each array of targets that can be asked; and why others can't, or "".

    calls: of compute_loss in the step that was heard, as (function, its arguments by name). took:
    the seconds of a step.
    """
    if len(calls) == 1:
        ask, targets = _by_compute_loss(*calls[0], keras)
    elif took * STEPS > PATIENCE * seconds:
        return [], TOO_LONG.format(took)
    else:
        ask, targets = _by_steps(runs, keras)
    return paired_by(ask, targets, seconds)


def paired_by(ask, targets, seconds):
    """The same of any function from arrays of targets to a loss."""
    losses = [ask(targets), ask(targets)]
    if not np.isfinite(losses).all():
        return [], NO_NUMBER
    if _apart(*losses) > SAME:
        return [], VARIES
    until = time.process_time() + PATIENCE * seconds
    found = []
    for k, array in enumerate(targets):
        if time.process_time() > until:
            return found, "Not all targets were tried in other orders: the time was up."
        if not np.ptp(array.astype(float), axis=0).any():
            continue  # one target for all rows: nobody could tell

        def with_rows(rows, k=k):
            return ask([a[rows] if k == j else a for j, a in enumerate(targets)])

        alike, permuted = with_rows(np.zeros(len(array), int)), []
        for order in _orders(array):
            permuted.append(with_rows(order))
            if not Pairing(k, losses[0], tuple(permuted), alike).same:
                break
        found.append(Pairing(k, losses[0], tuple(permuted), alike))
    return found, ""


def _by_compute_loss(compute_loss, given, keras):
    """What it says of the answers that it was given, and of these or other targets."""
    targets = given.get("y")

    def ask(arrays):
        parts = iter(arrays)
        changed = keras.tree.map_structure(
            lambda part: None if part is None else keras.ops.convert_to_tensor(next(parts)), targets
        )
        return first_number([compute_loss(**{**given, "y": changed})])

    return ask, as_arrays(targets, keras)


def _by_steps(runs, keras):
    """What whole steps come to, each of them from the same state."""
    given = runs.y

    def step():
        runs.trained.clear()  # the function that fit has made calls the step of that time
        with logs_of(runs.model) as logs:
            runs.step(plainly=True)
        return by_name(logs[-1]) if logs else []

    def ask(arrays):
        parts = iter(arrays)
        runs.y = keras.tree.map_structure(lambda _: next(parts), given)
        try:
            return first_number(runs.again(step))
        finally:
            runs.y = given

    return ask, as_arrays(given, keras)


def by_name(logs):
    """What a train_step returned, the loss first."""
    if not isinstance(logs, dict):
        return [logs]
    names = sorted(logs, key=lambda name: (name != "loss", "loss" not in name))
    return [logs[name] for name in names]


def first_number(results):
    """The first number of a step's results: the loss, where it has one."""
    first = np.asarray(results[0], float).ravel() if results else []
    return float(np.mean(first)) if len(first) else float("nan")


def _orders(array):
    """Orders of the rows in which few keep their target, without chance."""
    rows = np.arange(len(array))
    rng = np.random.default_rng(0)
    tried = [np.roll(rows, 1), rows[::-1], *(rng.permutation(rows) for _ in range(2 * ORDERS))]
    flat = array.reshape(len(array), -1)
    changed = [order for order in tried if (flat[order] != flat).any()]
    return sorted(changed, key=lambda order: -int((flat[order] != flat).any(axis=1).sum()))[:ORDERS]


def _apart(one, other):
    """How far two losses are from each other, as a share of their size."""
    size = max(abs(one), abs(other))
    return abs(one - other) / size if size else 0.0
