"""Which blocks of a gradient are wrong, at which number of timesteps: the pattern of a fault."""

import numpy as np

from utils.puzzles.table import Table

from . import program
from .comparing import norm_error
from .finite_differences import complex_step

ROUNDING = 1e-10  # errors below it are shown as 0: faults are above 1e-6, round-off below 1e-12


class Pattern(dict):
    """{timesteps: {block: norm error}}, shown as a table with a row for each number of steps."""

    def __repr__(self):
        names = list(next(iter(self.values()), {}))
        rows = [("T", names)]
        rows += [(f"{T}", [_shown(e) for e in errors.values()]) for T, errors in self.items()]
        width = 1 + max([6, *(len(cell) for _, cells in rows for cell in cells)])
        return "\n".join(
            name.rjust(4) + "".join(cell.rjust(width) for cell in cells) for name, cells in rows
        )

    def _repr_html_(self):
        names = list(next(iter(self.values()), {}))
        rows = [
            (str(timesteps), *map(_shown, errors.values())) for timesteps, errors in self.items()
        ]
        return Table("", ("T", *names), tuple(rows))._repr_html_()


def table(backward, timesteps=(1, 2, 20), seed=0, units=program.UNITS):
    """The Pattern of a backward pass: the norm error of each block of its gradient.

    It is compared with the complex step, on weights, inputs and targets drawn from `seed`. A block
    is an array of the parameters, such as Wf. Round-off is below 1e-12, a fault of FAULTS above
    1e-6 (with one unit it may be less); 0 stands where both gradients are 0.
    Raises ValueError if backward does not return a dict with an array for each block, and for
    timesteps that are no numbers of steps.
    """
    if np.ndim(timesteps) != 1 or any(T < 1 for T in timesteps):
        raise ValueError(f"timesteps is {timesteps!r}; expected numbers of steps, such as (1, 2).")
    p, pattern = _weights(seed, units), Pattern()
    for T in timesteps:
        inputs, targets = drawn(T, seed)
        outputs, _, _, caches = program.forward(inputs, *program.start(p), p)
        grads = backward(outputs, targets, caches, p)
        numerical = complex_step(p, inputs, targets)
        pattern[T] = {name: _error(name, grads, numerical[name]) for name in p}
    return pattern


def drawn(timesteps, seed):
    """Random inputs and targets, [timesteps, 1] each: 1 to 3 in size, of either sign.

    None is near 0, where tanh is its argument and hides whatever takes the one for the other.
    """
    rng = np.random.default_rng([seed, timesteps])
    return tuple(_sized(rng, 1, 3, (2, timesteps, 1)))


def _weights(seed, units):
    """Weights of a half to 1 in size, of either sign, and open input gates: c gets away from 0."""
    rng = np.random.default_rng([seed, units, 0])
    p = program.parameters(seed, units)
    for name in p:
        if name.startswith("W"):
            p[name] = _sized(rng, 0.5, 1, p[name].shape)
    p["bi"][:] = 2
    return p


def _sized(rng, low, high, shape):
    """Random numbers of such a size, of either sign."""
    return rng.uniform(low, high, shape) * rng.choice([-1, 1], shape)


def _error(name, grads, numerical):
    try:
        block = np.asarray(grads[name], float)
    except (TypeError, KeyError, IndexError, ValueError):
        raise ValueError(
            f"The backward pass returns no numbers for {name}; expected a dict with an array for "
            "each parameter array of p."
        ) from None
    if block.shape != numerical.shape:
        raise ValueError(
            f"The backward pass returns {name} with the shape {block.shape}; expected "
            f"{numerical.shape}, that of the parameters."
        )
    return norm_error({name: block}, {name: numerical})


def _shown(error):
    return "0" if error < ROUNDING else f"{error:.2g}"
