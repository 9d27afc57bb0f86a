"""A program before it is text: its parts, and at some places a right part and a wrong one.

Where a text has a name that differs from program to program, such as the length of a sequence or
the class of a model, it stands with a dollar sign: $T.
"""

from dataclasses import dataclass, field
from typing import Any

SEQUENTIAL, FUNCTIONAL, SUBCLASSED = "sequential", "functional", "subclassed"
FIT, TRAIN_STEP, LOOP = "fit", "train step", "loop"


@dataclass(frozen=True)
class Fork:
    """Two parts, of which a program has the wrong one if the fault is planted in it."""

    kind: str  # of the fault
    right: Any
    wrong: Any


@dataclass(frozen=True)
class Step:
    """One thing that a model does to its input; either a layer, or an operation on $h."""

    text: str  # "layers.GRU($UNITS)", or "ops.transpose($h, (1, 0, 2))"
    name: str = ""  # the attribute that holds it in a subclassed model; "": an operation
    comment: str = ""
    call: str = ""  # what else the layer is called with: "training=True"
    source: str = "$h"
    target: str = "$h"


@dataclass
class Draft:
    """The parts of one program, which a kind of fault may set before it is written."""

    task: Any
    names: dict  # of what stands with a dollar sign -> the name in this program
    styles: list = field(default_factory=lambda: [SEQUENTIAL, FUNCTIONAL, SUBCLASSED])
    steppings: list = field(default_factory=lambda: [FIT, TRAIN_STEP, LOOP])
    constants: dict = field(default_factory=dict)  # name with a dollar sign -> value
    settings: dict = field(default_factory=dict)  # the same of the training
    preamble: list = field(default_factory=list)  # texts of functions and classes, or Forks
    entry: list = field(default_factory=list)  # Steps and Forks of tuples of Steps
    core: list = field(default_factory=list)
    after: list = field(default_factory=list)
    head: list = field(default_factory=list)
    loss: Any = ""  # the argument of compile
    step_loss: Any = ""  # the same as an expression of y and y_pred, in a train step of one's own
    training: Any = ", training=True"  # what else a train step calls the model with
    flag: Any = True  # whether the call of a subclassed model takes `training`, where it matters
    variables: Any = "$model.trainable_variables"  # what a train step changes
    around_fit: tuple = ()  # lines before the training begins
    predict: Any = ()  # lines; () for what the style is used to
    fit: str = ""  # further arguments of fit
    rows: int = 0  # of a batch that the input must have; 0 for any
    symptom: str = ""  # its key
    notes: list = field(default_factory=list)  # comments at the head of the program
    style: str = ""  # one of styles
    stepping: str = ""  # one of steppings
    optimizer: str = "Adam"
    compiled_in_build: bool = True  # or in train
    added: bool = False  # whether a Sequential gets its layers by add
    paired: bool = False  # whether the program gets two faults
    locked: bool = False  # whether noise or another width would blur the symptom

    def narrow(self, styles=None, steppings=None):
        """Leave only these of the styles, and of the ways to train, that are still possible."""
        for name, wanted in (("styles", styles), ("steppings", steppings)):
            if wanted is not None:
                left = [way for way in getattr(self, name) if way in wanted]
                if not left:
                    raise ValueError(f"No {name} are left: {wanted} in {getattr(self, name)}.")
                setattr(self, name, left)


def resolved(part, faults):
    """A part as it is with these faults planted in the program."""
    if isinstance(part, Fork):
        return resolved(part.wrong if part.kind in faults else part.right, faults)
    return part


def steps_of(parts, faults):
    """The Steps of a list of Steps and Forks, in their order."""
    for part in parts:
        part = resolved(part, faults)
        if isinstance(part, Step):
            yield part
        else:
            yield from steps_of(part, faults)


def fork(kind, text, right, wrong):
    """A text with one place that is right or wrong."""
    if text.count(right) != 1:
        raise ValueError(f"{right!r} stands {text.count(right)} times in the text; expected once.")
    return Fork(kind, text, text.replace(right, wrong))
