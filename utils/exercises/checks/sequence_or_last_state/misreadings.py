"""What a wrong translation of the raw model computes: recognised by its outputs."""

import itertools

import numpy as np

from utils.exercises.checks.sequence_or_last_state.raw_model import GATES, sigmoid, states
from utils.exercises.questions import number

OWN, KERAS = (0, 1, 2, 3), (0, 2, 1, 3)  # which block each gate reads: its own, or that of Keras
FIT = 1e-4  # relative: float32 outputs fit their own account far better
AMOUNTS = (0, -1, 2, 0.5)  # what may be added to the forget gate in place of 1


def misread(outputs, x, weights):
    """(message, facts): the first account that gives these outputs [N, timesteps]."""
    with np.errstate(all="ignore"):  # some of the accounts grow without bounds
        return _misread(outputs, x, *(array.astype(float) for array in weights))


def _misread(outputs, x, kernel, bias, W, b):
    for message, facts, last in _accounts(x, kernel, bias):
        if _fits(outputs, last @ W + b):
            return message, facts
    if _linear_in(outputs, states(x, kernel, bias)[:, -1]):
        return "head", {}
    if len(W) < len(b) and _linear_in((outputs - b).T, W.T, constant=False):
        return "states", {}
    return "values", {}


def _accounts(x, kernel, bias):
    """(message, facts, the states [N, units] that the last layer would meet)."""
    for amount in AMOUNTS:
        last = states(x, kernel, bias, (0, 0, amount, 0))[:, -1]
        yield "forget_bias", {"amount": number(amount)}, last
    for words, added in _added_elsewhere():
        yield "other_gate", {"gate": words}, states(x, kernel, bias, added)[:, -1]
    yield from _exchanged(x, kernel, bias)
    yield from _exchanged_in_part(x, kernel, bias)
    for amount, reads in itertools.product((1, 0), (OWN, KERAS)):
        turned = np.concatenate([kernel[-1:], kernel[:-1]])
        weights = _blocks(turned, reads), _blocks(bias, reads)
        yield "rows_exchanged", {}, states(x, *weights, (0, 0, amount, 0))[:, -1]
    for amount in (1, 0):
        yield "no_bias", {}, states(x, kernel, 0 * bias, (0, 0, amount, 0))[:, -1]
        yield from _other_activations(x, kernel, bias, (0, 0, amount, 0))
        yield from _other_states(x, kernel, bias, (0, 0, amount, 0))


def _added_elsewhere():
    """(words, what is added to each gate) where the 1 went to another gate than the forget gate."""
    for place in (0, 1, 3):
        for forget in (0, 1):
            added = [0, 0, forget, 0]
            added[place] = 1
            both = " as well" if forget else ""
            yield f"the {GATES[place]} gate{both}", added
    yield "all gates", [1, 1, 1, 1]


def _exchanged(x, kernel, bias):
    """Every wrong order of the four blocks, whatever became of the 1."""
    added = [[0, 0, 0, 0], *np.eye(4), [1, 1, 1, 1]]
    orders = [order for order in itertools.permutations(OWN) if order != OWN]
    for reads, more in itertools.product(sorted(orders, key=KERAS.__ne__), added):
        moved = [gate for gate in OWN if reads[gate] != gate]
        words = [
            f"its {GATES[k]} gate has the numbers of the {GATES[reads[k]]} gate" for k in moved
        ]
        facts = {"exchanged": ", ".join(words)}
        yield (
            "gate_order",
            facts,
            states(x, _blocks(kernel, reads), _blocks(bias, reads), more)[:, -1],
        )


def _exchanged_in_part(x, kernel, bias):
    """Kernel, recurrent kernel and bias do not all have the same order of blocks."""
    names = ("the input's part of the kernel", "the state's part of the kernel", "the bias")
    added = [[0, 0, 1, 0], [0, 0, 0, 0], *np.eye(4)[[0, 1, 3]], [1, 1, 1, 1]]
    for reads in itertools.product((OWN, KERAS), repeat=3):
        if len(set(reads)) == 1:
            continue
        kept = [name for name, order in zip(names, reads, strict=True) if order == KERAS]
        rows = np.concatenate([_blocks(kernel[:1], reads[0]), _blocks(kernel[1:], reads[1])])
        for more in added:
            last = states(x, rows, _blocks(bias, reads[2]), more)[:, -1]
            yield "gates_in_part", {"part": " and ".join(kept)}, last


def _other_activations(x, kernel, bias, added):
    """One of the cell's three functions is another one."""
    places = ("the gates' activation", "the activation of the new content", "that of the output")
    for name, function in _ACTIVATIONS.items():
        for place in (0, 1, 2, slice(1, 3)):
            used = np.array([sigmoid, np.tanh, np.tanh], dtype=object)
            used[place] = function
            where = places[place] if place in (0, 1, 2) else "the activation"
            facts = {"where": where, "kind": name}
            yield "activation", facts, states(x, kernel, bias, added, used)[:, -1]


def _other_states(x, kernel, bias, added):
    """The last layer meets something else than h after the last step."""
    h = states(x, kernel, bias, added)
    yield "other_state", {"state": "h after the first step"}, h[:, 0]
    yield "other_state", {"state": "the mean of h over the steps"}, h.mean(axis=1)
    yield "other_state", {"state": "the sum of h over the steps"}, h.sum(axis=1)
    yield "other_state", {"state": "the largest h of all steps"}, h.max(axis=1)
    c = states(x, kernel, bias, added, cell=True)
    yield "other_state", {"state": "the cell's inner state c"}, c[:, -1]
    backwards = states(x[:, ::-1], kernel, bias, added)
    yield "other_state", {"state": "the state of an LSTM that reads backwards"}, backwards[:, -1]


def _hard_sigmoid(a):
    return np.clip(a / 6 + 0.5, 0, 1)  # as Keras 3 has it


_ACTIVATIONS = {
    "linear": lambda a: a,
    "relu": lambda a: np.maximum(a, 0),
    "hard_sigmoid": _hard_sigmoid,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
}


def _blocks(array, reads):
    """The array's four blocks of columns as an LSTM sees it whose gates read other blocks."""
    parts = np.split(array, 4, axis=-1)
    return np.concatenate([parts[block] for block in reads], axis=-1)


def _fits(outputs, account):
    return np.isfinite(account).all() and abs(outputs - account).max() <= FIT * abs(account).max()


def _linear_in(values, basis, constant=True):
    """Whether all columns of `values` are combinations of the columns of `basis`."""
    if constant:
        basis = np.column_stack([basis, np.ones(len(basis))])
    weights = np.linalg.lstsq(basis, values, rcond=None)[0]
    return abs(basis @ weights - values).max() <= FIT * (1e-9 + abs(values).max())
