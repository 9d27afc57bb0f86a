"""How much of the question's loss is the step whose target came round from the other end."""

from dataclasses import dataclass

import numpy as np

from . import program


@dataclass(frozen=True)
class Wrapped:
    """A trained model's loss, and the part of it that is the wrapped step's."""

    errors: np.ndarray  # squared, [timesteps]; the first one is the wrapped step's
    rounds: int

    @property
    def share(self):
        return float(self.errors[0] / self.errors.sum())

    def __repr__(self):
        return (
            f"After {self.rounds} rounds the loss is {self.errors.sum():.3f} over "
            f"{len(self.errors)} steps. The first step, whose target is the last sample, is "
            f"{self.errors[0]:.3f} of it: {self.share:.0%}."
        )


def wrapped_share(timesteps=66, rounds=300, seed=0):
    """Train the question's model on its own sine, and see at which step the loss is left.

    Returns Wrapped, which says it in a sentence.
    """
    inputs, targets = program.sine(timesteps)
    p = program.parameters(seed)
    program.train(p, inputs, targets, rounds)
    outputs, *_ = program.forward(inputs, *program.start(p), p)
    return Wrapped(((outputs - targets) ** 2)[:, 0], rounds)
