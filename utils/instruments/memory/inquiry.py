"""What the questions about a Keras model's memory have in common: its state, and how to probe."""

from dataclasses import dataclass, field
from time import process_time

from .asking import apart, differ, finite, ways_to_forget
from .hearing import listening
from .held import changed, contents, parts_of

SLOW = 0.1  # of the seconds: a pass that takes longer is made a graph


@dataclass
class Inquiry:
    """One model on one batch. The questions fill in what they find."""

    asking: object
    x: object
    other: object  # what else to ask, of the same shape; None: there is nothing else
    moving: list  # the parts that a pass in predict mode changes
    telling: list  # of these, the ones that change otherwise with another x, or with two x
    seconds: float  # how long it may take
    deadline: float  # by the time that this process computes
    pasts: tuple = ()  # what may come before the probe, each one x or several
    probe: object = None  # whose answer tells one state from another
    steady: bool = True  # whether the same question from the same state gets the same answer
    flags: list = field(default_factory=list)  # arguments of its call that make it begin anew
    probe_is_short: bool = True  # whether there was a probe that no state outlives
    found: list = field(default_factory=list)
    seen: list = field(default_factory=list)
    not_seen: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)

    @property
    def holders(self):
        """The layers that hold what may be carried, as they are reached from the model."""
        return _once(part.layer for part in self.telling)

    @property
    def declared(self):
        """The layers that are declared stateful, without those that wrap one that is."""
        named = [n for n in self.asking.layers if getattr(n, "stateful", False) is True]
        return [n for n in named if not any(m is not n and m in named for m in inner(n))]

    def in_time(self, over=0.0):
        """Whether there is time for another question. over: seconds that this one may be late."""
        return process_time() < self.deadline + over

    def hear(self, x, layers=None):
        """What is heard of the layers with a state in one pass on x, and the answer to x."""
        layers = _once([*self.holders, *self.declared]) if layers is None else layers
        with listening(layers, self.moving, self.asking.layers) as heard:
            answer = self.asking.ask(x, plainly=True)
        return heard, answer

    def told_apart(self, then=None):
        """How far answers to the probe are apart by what came before it.

        Returns the largest distance and what is rounding of it. then: what is called in between.
        """
        first, *others = (self.asking.after(*x, self.probe, then=then)[-1] for x in self.pasts)
        return max(apart(first, other) for other in others)

    def only(self, carriers):
        """From now on, these parts are what may be carried."""
        self.telling = [part for part in self.telling if part in carriers]


def inquiry_of(asking, seconds):
    """The beginning of an inquiry: what changes in a pass, and whether answers are steady."""
    x, begun = asking.x, process_time()
    asking.start()
    asking.ask(x)
    one_pass = process_time() - begun
    parts = parts_of(asking.model)  # with what a first call makes
    if asking.fresh:
        _begin_anew(asking)
    if one_pass > SLOW * seconds:
        asking.quickened()
    deadline = process_time() + seconds
    asking.start()
    before = contents(parts)
    (again,) = asking.after(x)
    held = [contents(parts)]
    other = _usable(asking, asking.other(x), x)
    if other is not None:
        held.append(contents(parts))
    moving = _once(p for after in held for p in changed(parts, before, after))
    asking.start()
    asking.starts_here(moving)
    (repeated,) = asking.after(x)
    pasts = ((x,), (x, x)) if other is None else ((x,), (other,), (x, x))
    found = Inquiry(asking, x, other, moving, moving, seconds, deadline, pasts, x)
    found.steady = not differ(again, repeated)
    found.numbers["seconds of one pass"] = one_pass
    if not finite(again):
        found.not_seen.append("The answers hold NaN or infinity, which can't be compared.")
    return found


def _begin_anew(asking):
    """Let a model that was not built before start from where its layers begin."""
    for layer in asking.layers:
        if getattr(layer, "stateful", False):
            for _, forget in ways_to_forget(layer)[0]:
                forget()
    asking.starts_here()


def inner(layer):
    """All layers within a layer."""
    return [one for one in layer._flatten_layers() if one is not layer]


def _usable(asking, other, x):
    """Another x that the model takes, and which is not the same; it has been asked. Else None."""
    flatten = asking.keras.tree.flatten
    if all(a.tobytes() == b.tobytes() for a, b in zip(flatten(other), flatten(x), strict=True)):
        return None
    try:
        asking.after(other)
    except RuntimeError:
        return None
    return other


def _once(things):
    """Each thing once, in the order in which they come."""
    return list({id(thing): thing for thing in things}.values())
