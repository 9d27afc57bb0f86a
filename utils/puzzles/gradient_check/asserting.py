"""How often a gradient check passes a right backward pass: which delta, tolerance, denominator."""

from dataclasses import dataclass
from functools import cache

from . import program
from .comparing import DENOMINATORS, relative
from .finite_differences import numerical
from .fused import final_state, gradients

DRAWS = 5  # in a row: the question asserts so often


@dataclass(frozen=True)
class Passes:
    """How a check that demands each single parameter to agree does on many draws of weights."""

    delta: float
    tolerance: float
    denominator: str
    mended: bool
    worst: tuple  # of a tuple of DRAWS for each seed: the largest error of any parameter

    @property
    def once(self):
        """For how many seeds the first draw passes."""
        return sum(draws[0] <= self.tolerance for draws in self.worst)

    @property
    def in_a_row(self):
        """For how many seeds all DRAWS draws pass."""
        return sum(max(draws) <= self.tolerance for draws in self.worst)

    def __repr__(self):
        errors, seeds = [error for draws in self.worst for error in draws], len(self.worst)
        return (
            f"delta {self.delta:.0e}, tolerance {self.tolerance:.0e}, {self.denominator}"
            f"{'' if self.mended else ', not mended'}: "
            f"passes for {self.once} of {seeds} seeds, {DRAWS} times over for {self.in_a_row}; "
            f"worst {max(errors):.1e}"
        )


def passes(
    delta=program.DELTA,
    tolerance=program.TOLERANCE,
    denominator="|a + n|",
    seeds=20,
    timesteps=program.TIMESTEPS,
    mended=True,
):
    """Check the right gradients on the sine, with DRAWS draws of weights for each seed.

    seeds: how many, or which. mended: whether the numerical side starts from zeros, and not from
    the final state. Returns Passes. Raises ValueError for a denominator not in DENOMINATORS, for a
    delta or tolerance that is not above 0, and without seeds.
    """
    if denominator not in DENOMINATORS:
        known = " or ".join(map(repr, DENOMINATORS))
        raise ValueError(f"There is no denominator {denominator!r}; expected {known}.")
    if not (delta > 0 and tolerance > 0):
        raise ValueError(
            f"delta is {delta} and tolerance {tolerance}; expected two numbers above 0."
        )
    seeds = range(seeds) if isinstance(seeds, int) else seeds
    worst = tuple(
        tuple(_worst(seed, k, delta, timesteps, mended)[denominator] for k in range(DRAWS))
        for seed in seeds
    )
    if not worst:
        raise ValueError("There are no seeds to check; expected one at least.")
    return Passes(delta, tolerance, denominator, mended, worst)


@cache
def _worst(seed, k, delta, timesteps, mended):
    """The largest error of any parameter in draw k of a seed, for each of DENOMINATORS."""
    p = program.parameters([seed, k] if k else seed)
    inputs, targets = program.sine(timesteps)
    state = program.start(p) if mended else final_state(p, inputs)
    a, n = gradients(p, inputs, targets), numerical(p, inputs, targets, *state, delta=delta)
    return {
        name: float(max(relative(a[block], n[block], name).max() for block in p))
        for name in DENOMINATORS
    }
