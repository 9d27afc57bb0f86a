"""What one step of fit did: the weights before and after it, and the gradients in between."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..slopes import norm
from .hearing import Heard


@dataclass(frozen=True)
class Step:
    """What one step did."""

    heard: Heard
    before: dict  # key of a variable -> its values
    after: dict
    losses: list  # of the logs, the loss first; nothing without a loss
    error: Exception | None = None  # what the step raised

    @cached_property
    def received(self):
        """key -> the gradient that reached an optimizer, an array, or None."""
        found = {}
        for applied in self.heard.applied:
            for gradient, variable in zip(applied.gradients, applied.variables, strict=False):
                if found.get(key_of(variable)) is None:
                    found[key_of(variable)] = as_array(gradient)
        return found

    @cached_property
    def derived(self):
        """key -> the gradient that a tape gave, an array, or None."""
        found = {}
        for derived in self.heard.derived:
            for gradient, source in zip(derived.gradients, derived.sources, strict=False):
                if found.get(key_of(source)) is None:
                    found[key_of(source)] = as_array(gradient)
        return found

    @cached_property
    def gradients(self):
        """key -> what is known of its gradient: as it reached an optimizer, or as derived."""
        received = {key: g for key, g in self.received.items() if g is not None}
        return {**self.derived, **self.received, **received}

    @cached_property
    def largest(self):
        """The norm of the largest gradient."""
        return max((norm(g) for g in self.gradients.values() if g is not None), default=0.0)

    @cached_property
    def descended(self):
        """What the tapes were asked to derive after variables: a float for each call."""
        return [
            float(sum(np.asarray(target).astype(float).sum() for target in derived.targets))
            for derived in self.heard.derived
            if derived.of_variables
        ]

    @cached_property
    def moved(self):
        """Keys of variables that changed."""
        return {
            key
            for key, value in self.after.items()
            if key in self.before and self.before[key].tobytes() != value.tobytes()
        }


def key_of(variable):
    """What a Keras variable and the TensorFlow variable in it have in common."""
    return id(tensor_of(variable))


def tensor_of(variable):
    """The TensorFlow variable in a Keras variable."""
    return getattr(variable, "_value", variable)


def as_array(gradient):
    """A gradient as one array, also where it is kept for some rows only; None for None."""
    if gradient is None:
        return None
    import tensorflow as tf

    return np.asarray(tf.convert_to_tensor(gradient)).astype(float)
