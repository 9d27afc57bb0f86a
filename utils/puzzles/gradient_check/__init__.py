"""Puzzle 04, gradient check: an LSTM in NumPy learns a sine, and its gradient check fails.

`program` is the question's program, restored. `finite_differences` does its check of all parameters
at once.
"""

from .comparing import norm_error, relative_errors, share_failing
from .finite_differences import (
    complex_step,
    complex_step_in_a_loop,
    numerical,
    numerical_in_a_loop,
    numerical_many,
)
from .fused import final_state, gradients, states
from .program import (
    DELTA,
    TOLERANCE,
    backward,
    check_grad,
    forward,
    loss,
    pairs,
    parameters,
    sigmoid,
    sine,
    start,
    step,
    step_back,
    train,
)

__all__ = [
    "DELTA",
    "TOLERANCE",
    "backward",
    "check_grad",
    "complex_step",
    "complex_step_in_a_loop",
    "final_state",
    "forward",
    "gradients",
    "loss",
    "norm_error",
    "numerical",
    "numerical_in_a_loop",
    "numerical_many",
    "pairs",
    "parameters",
    "relative_errors",
    "share_failing",
    "sigmoid",
    "sine",
    "start",
    "states",
    "step",
    "step_back",
    "train",
]
