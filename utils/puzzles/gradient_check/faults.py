"""A gallery of faults: seven in the backward pass, and four that no gradient check can see.

A fault is a change to the program's own text, and it is run from the changed text. So what is shown
is what runs.
"""

import inspect
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

from utils.puzzles.table import Table

from . import program

TEXT = ("next_pairs", "copied", "loss", "step_back", "backward", "train")  # what a fault may change
SLOPE = "dh * o * (1 - np.tanh(c) ** 2)"


@dataclass(frozen=True)
class Change:
    """Some lines of a function of the program, and what stands in their place."""

    function: str  # one of TEXT
    right: str
    wrong: str


@dataclass(frozen=True)
class Fault:
    """One fault of the program."""

    words: str  # what is done
    changes: tuple  # of Change
    why: str  # why a check sees it, or not

    @property
    def in_backward(self):
        """Whether the backward pass is wrong. If not, it is the gradient of the loss."""
        return all(change.function == "step_back" for change in self.changes)

    @property
    def code(self):
        """The faulty lines."""
        return _lines(change.wrong for change in self.changes)

    @property
    def right(self):
        """The lines as they should be."""
        return _lines(change.right for change in self.changes)

    @property
    def compared(self):
        """The lines as they should be, and the faulty ones below them, each with a word for it."""
        right, faulty = self.right.splitlines(), self.code.splitlines()
        return [*(f"right:  {line}" for line in right), *(f"faulty: {line}" for line in faulty)]


class Faults(dict):
    """Name -> Fault; a notebook shows it as a table."""

    def __repr__(self):
        lines = []
        for name, fault in self.items():
            lines += [f"{name}: {fault.words}", *(f"    {line}" for line in fault.compared)]
        return "\n".join(lines)

    def _repr_html_(self):
        rows = tuple(
            (f"`{name}`", "\n".join([fault.words, *(f"`{line}`" for line in fault.compared)]))
            for name, fault in self.items()
        )
        heads = "name", "what is wrong, the lines as they should be, and the faulty ones"
        return Table("", heads, rows)._repr_html_().replace("\n", "<br>")


FAULTS = Faults(
    no_sum=Fault(
        "the gradient is set at each step, and not added up over time",
        (
            Change(
                "step_back",
                'grads["Wy"] += np.outer(h, dy)\n    grads["by"] += dy',
                'grads["Wy"] = np.outer(h, dy)\n    grads["by"] = dy',
            ),
            Change(
                "step_back",
                'grads["W" + gate] += np.outer(X, dz)\n        grads["b" + gate] += dz',
                'grads["W" + gate] = np.outer(X, dz)\n        grads["b" + gate] = dz',
            ),
        ),
        "With one step there is nothing to add up: `=` and `+=` do the same.",
    ),
    c_for_c_old=Fault(
        "the forget gate uses the new c for the old one",
        (Change("step_back", '"f": dc * c_old * f * (1 - f)', '"f": dc * c * f * (1 - f)'),),
        "One step is enough. The old c is 0 there, so bf has no gradient; with the new c it has.",
    ),
    dh_dropped=Fault(
        "what the next step says of h is dropped",
        (Change("step_back", 'dh = dh + p["Wy"] @ dy', 'dh = p["Wy"] @ dy'),),
        "A window of one step has no next step. There is nothing to drop.",
    ),
    dc_dropped=Fault(
        "what the next step says of c is dropped",
        (Change("step_back", f"dc = dc + {SLOPE}", f"dc = {SLOPE}"),),
        "A window of one step has no next step. There is nothing to drop.",
    ),
    wrong_slice=Fault(
        "dh is cut from the wrong end of dX",
        (Change("step_back", "return dX[1:], dc * f", "return dX[:-1], dc * f"),),
        "dX goes to the step before, and a window of one step has none.",
    ),
    c_squared=Fault(
        "the slope of tanh(c) is taken from c",
        (Change("step_back", f"dc = dc + {SLOPE}", "dc = dc + dh * o * (1 - c**2)"),),
        "One step is enough if c is not near 0, where tanh(c) is c. So check with large inputs.",
    ),
    one_gate_sign=Fault(
        "the slope of the output gate has a wrong sign",
        (
            Change(
                "step_back",
                '"o": dh * np.tanh(c) * o * (1 - o)',
                '"o": dh * np.tanh(c) * o * (1 + o)',
            ),
        ),
        "One step is enough: the gradient of bo is a multiple of the right one.",
    ),
    rolled_pairs=Fault(
        "the targets are the samples before, and the last one for the first",
        (
            Change(
                "next_pairs",
                "return signal[:-1].reshape(-1, 1), signal[1:].reshape(-1, 1)",
                "return signal.reshape(-1, 1), np.roll(signal, 1).reshape(-1, 1)",
            ),
        ),
        "The check takes inputs and targets as they come. The gradient is right, for another task.",
    ),
    mean_for_sum=Fault(
        "the errors are averaged over time, in the loss and in the backward pass alike",
        (
            Change(
                "loss",
                "return np.sum((outputs - targets) ** 2)",
                "return np.mean((outputs - targets) ** 2)",
            ),
            Change(
                "backward",
                "dy = 2 * (outputs[t] - targets[t])",
                "dy = 2 * (outputs[t] - targets[t]) / len(outputs)",
            ),
        ),
        "Both sides are divided by T. The steps of the training are T times as short.",
    ),
    shared_parameters=Fault(
        "the copy of the parameters is a new dict of the same arrays",
        (
            Change(
                "copied",
                "return {name: values.copy() for name, values in p.items()}",
                "return p.copy()",
            ),
        ),
        "Each network by itself is right. But to train the copy is to train what it was copied "
        "from: the training that is counted here is a second one from the same start, and begins "
        "where the first had ended. It looks better than it is.",
    ),
    stale_caches=Fault(
        "the caches are made before the training, and never again",
        (
            Change("train", "losses = []", "losses, caches = [], forward(inputs, *start(p), p)[3]"),
            Change(
                "train",
                "outputs, _, _, caches = forward(inputs, *start(p), p)",
                "outputs = forward(inputs, *start(p), p)[0]",
            ),
        ),
        "The check makes its own caches. Only the training uses the old ones.",
    ),
)
BACKWARD_FAULTS = tuple(name for name, fault in FAULTS.items() if fault.in_backward)


def faulty_backward(name):
    """A backward pass with one of BACKWARD_FAULTS; its arguments are those of `backward`.

    Raises KeyError for another name.
    """
    if name not in BACKWARD_FAULTS:
        raise KeyError(f"There is no fault {name!r} in {', '.join(BACKWARD_FAULTS)}.")
    return with_fault(name).backward


@cache
def with_fault(name=None):
    """The functions of TEXT, with one of FAULTS in them; without any if the name is None."""
    changes = FAULTS[name].changes if name else ()
    names = vars(program) | {"__name__": f"{__name__}.{name or 'none'}"}  # a module of its own
    for function in TEXT:
        text = inspect.getsource(getattr(program, function))
        for change in changes:
            if change.function == function:
                text = replaced(text, change)
        exec(text, names)
    return SimpleNamespace(**{function: names[function] for function in TEXT})


def _lines(pieces):
    """The pieces below each other, without their indentation."""
    return "\n".join(line.strip() for piece in pieces for line in piece.splitlines())


def replaced(text, change):
    """The text with the change made; raises ValueError unless it can be made in one place only."""
    if text.count(change.right) != 1:
        raise ValueError(
            f"{change.right!r} is {text.count(change.right)} times in {change.function}; expected "
            "it once."
        )
    return text.replace(change.right, change.wrong)
