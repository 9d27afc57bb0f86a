"""The problems that a gradient check is asked, and the backward passes that it is offered."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from utils.puzzles import gradient_check as room


@dataclass(frozen=True)
class Problem:
    """Weights, inputs and targets drawn from a seed."""

    seed: int
    units: int
    timesteps: int
    forget_bias: float = 0.0

    def size(self):
        """How much work it is, roughly."""
        return self.timesteps * self.units**2

    def words(self):
        units = f"{self.units} unit{'s' * (self.units > 1)}"
        return f"{units} and {self.timesteps} timestep{'s' * (self.timesteps > 1)}"

    def arguments(self):
        """inputs and targets [timesteps, 1], and p."""
        rng = np.random.default_rng([self.seed, self.units, self.timesteps])
        inputs, targets = (rng.normal(size=(self.timesteps, 1)) for _ in range(2))
        return inputs, targets, room.parameters(self.seed, self.units, self.forget_bias)


WRONG_ON = Problem(14, 2, 5, forget_bias=1.0)  # each block is a good part of the gradient
WIDE = Problem(3, 4, 12, forget_bias=1.0)  # the wrong start matters: .2 in the norm error
# At one step some gradients are exactly 0. In the larger problems rounding alone makes an entry
# differ by more than 1e-7 of itself at 1e-5; with steps from 1e-5 to 1e-4, 1e-5 holds in all.
RIGHT_ON = (
    Problem(0, 2, 2),
    Problem(0, 2, 1),
    Problem(1, 3, 1),
    Problem(0, 1, 3),
    WRONG_ON,
    Problem(11, 3, 7),
    WIDE,
    Problem(0, 5, 20),
)
FAULTY_ON = (WRONG_ON, WIDE)
BLOCKS = tuple(room.parameters(0, 1))
PERCENTS = (1, 2, 5, 10, 20, 50, 100)
DELTAS = (1e-5, 1e-4, 1e-6, 1e-3, 1e-7, 1e-2, 1e-8)


@dataclass(frozen=True)
class Offer:
    """A backward pass, and in words what is wrong with it."""

    kind: str  # "right", "fault", "block", "entry", "whole", "not a number", "zeros" or "sign"
    words: str  # after "a backward pass in which …"
    grads: Callable  # (outputs, targets, caches, p) -> a dict like p
    block: str = ""  # the one that is wrong, where it is one


RIGHT = Offer("right", "nothing is wrong", room.backward)


def wrong_offers():
    """(problem, offer) of every wrong backward pass that an answer is asked about."""
    for name in room.BACKWARD_FAULTS:
        for problem in FAULTY_ON:
            words = f"one line is wrong (`{name}` of the gallery)"
            yield problem, Offer("fault", words, room.faulty_backward(name))
    for block in BLOCKS:
        yield WRONG_ON, one_block(block, percent=1)
        yield WRONG_ON, _one_entry(block)
    yield WRONG_ON, Offer("not a number", "one entry is NaN", _with_nan)
    yield WRONG_ON, too_large(PERCENTS[0])
    yield WRONG_ON, Offer("zeros", "everything is 0", _times(0.0))
    yield WRONG_ON, Offer("sign", "every sign is turned", _times(-1.0))


def too_large(percent):
    """A gradient that is so many percent too large throughout."""
    return Offer("whole", f"everything is {percent} % too large", _times(1 + percent / 100))


def one_block(block, percent):
    """A gradient in which one block is so many percent too large."""

    def grads(*given):
        right = room.backward(*given)
        return right | {block: (1 + percent / 100) * right[block]}

    return Offer("block", f"{block} alone is {percent} % too large", grads, block)


def _one_entry(block):
    """A gradient in which the largest entry of a block is doubled, the first left aside."""

    def grads(*given):
        right = room.backward(*given)
        size = abs(right[block]).ravel()
        size[0] *= size.size == 1
        right[block].flat[size.argmax()] *= 2
        return right

    return Offer("entry", f"one entry of {block} is twice what it should be", grads, block)


def _with_nan(*given):
    right = room.backward(*given)
    right["bc"][-1] = np.nan
    return right


def _times(factor):
    def grads(*given):
        return {name: factor * values for name, values in room.backward(*given).items()}

    return grads


def on_the_other_side(problem):
    """Two offers, equally far apart: beyond the gradient from (h_T, c_T), and beyond the right one.

    A check that takes the one for right and refuses the other shows where its own side starts.
    """
    inputs, targets, p = problem.arguments()
    zeros, final = room.start(p), room.final_state(p, inputs)
    right, elsewhere = (room.gradients(p, inputs, targets, *s) for s in (zeros, final))
    beyond = {name: 2 * elsewhere[name] - right[name] for name in p}
    before = {name: 2 * right[name] - elsewhere[name] for name in p}
    return [Offer("whole", "", lambda *_, grads=grads: grads) for grads in (beyond, before)]


# What a check that refuses the right gradient may take for the numerical one


def numerical_sides(problem, rounding_only=False):
    """Yields (message, facts, gradient) of each account of a numerical side, the likely first.

    The gradients come from the loop that most answers have, since a check with a narrow tolerance
    takes nothing for right but its own numbers, digit by digit.
    """
    for message, facts, quotients in _accounts(problem):
        plain = message in ("too_strict", "final_state")
        for delta in DELTAS if plain else DELTAS[:3]:
            yield message, facts | {"delta": delta}, quotients(delta)
        if rounding_only:  # that account comes first
            return


def _accounts(problem):
    inputs, targets, p = problem.arguments()
    zeros, final = room.start(p), room.final_state(p, inputs)

    def central(state, factor=1.0):
        def quotients(delta):
            n = room.numerical_in_a_loop(p, inputs, targets, *state, delta=delta)
            return {name: factor * values for name, values in n.items()}

        return quotients

    def otherwise(way, *state):
        return lambda delta: _element_by_element(problem, delta, way, [state])

    yield "too_strict", {}, central(zeros)
    yield "final_state", {}, central(final)
    yield "half_state", {"kept": "h", "lost": "c"}, central((zeros[0], final[1]))
    yield "half_state", {"kept": "c", "lost": "h"}, central((final[0], zeros[1]))
    yield "carried", {}, otherwise(_carried, *zeros)
    yield "carried", {}, otherwise(_carried, *final)
    yield "one_sided", {}, otherwise(_above, *zeros)
    yield "one_sided", {}, otherwise(_below, *zeros)
    for factor in (2.0, 0.5, -1.0, 1 / problem.timesteps, float(problem.timesteps)):
        yield "scaled", {"factor": factor}, central(zeros, factor)


def _element_by_element(problem, delta, way, state):
    """way(run, value, delta) for each element of p; `run(value)` is the loss with that value."""
    inputs, targets, p = problem.arguments()
    found = {name: np.empty_like(values) for name, values in p.items()}
    for name, values in p.items():
        for k, old in enumerate(values.flat):

            def run(value, place=(values, k)):
                place[0].flat[place[1]] = value
                outputs, h, c, _ = room.forward(inputs, *state[0], p)
                if way is _carried:
                    state[0] = h, c
                return room.loss(outputs, targets)

            found[name].flat[k] = way(run, old, delta)
            values.flat[k] = old
    return found


def _carried(run, old, delta):
    plus = run(old + delta)
    return (plus - run(old - delta)) / (2 * delta)


def _above(run, old, delta):
    return (run(old + delta) - run(old)) / delta


def _below(run, old, delta):
    return (run(old) - run(old - delta)) / delta
