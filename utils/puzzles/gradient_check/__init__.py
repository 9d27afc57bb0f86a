"""Puzzle 04, gradient check: an LSTM in NumPy learns a sine, and its gradient check fails.

`program` is the question's program, restored; `fused` and `finite_differences` compute the same,
quickly; `comparing` and `asserting` say how far apart two gradients are. `faults` is a gallery,
`patterns` and `gallery` show what a check sees of it. Only `independent` imports TensorFlow.
"""

from .asserting import passes
from .comparing import norm_error, relative_errors, share_failing
from .faults import BACKWARD_FAULTS, FAULTS, faulty_backward
from .finite_differences import (
    complex_step,
    complex_step_in_a_loop,
    numerical,
    numerical_in_a_loop,
    numerical_many,
)
from .fused import final_state, gradients, states
from .gallery import play
from .independent import cross_check, with_tensorflow
from .patterns import table
from .program import (
    DELTA,
    TIMESTEPS,
    TOLERANCE,
    UNITS,
    backward,
    check_grad,
    copied,
    forward,
    loss,
    next_pairs,
    pairs,
    parameters,
    sigmoid,
    sine,
    start,
    step,
    step_back,
    train,
)
from .restored import RESTORED
from .wrapping import wrapped_share

__all__ = [
    "BACKWARD_FAULTS",
    "DELTA",
    "FAULTS",
    "RESTORED",
    "TIMESTEPS",
    "TOLERANCE",
    "UNITS",
    "backward",
    "check_grad",
    "complex_step",
    "complex_step_in_a_loop",
    "copied",
    "cross_check",
    "faulty_backward",
    "final_state",
    "forward",
    "gradients",
    "loss",
    "next_pairs",
    "norm_error",
    "numerical",
    "numerical_in_a_loop",
    "numerical_many",
    "pairs",
    "parameters",
    "passes",
    "play",
    "relative_errors",
    "share_failing",
    "sigmoid",
    "sine",
    "start",
    "states",
    "step",
    "step_back",
    "table",
    "train",
    "with_tensorflow",
    "wrapped_share",
]
