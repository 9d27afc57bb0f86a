"""Puzzle 03, sequence or last state: "the same" model in two frameworks, and one of them stalls.

The task is to say a sine again, `delay` samples later. `signals` makes it, `models` and `native`
are the networks, `knowable` says how well any network can do, `judging` how well one does.
"""

from .judging import by_step, errors_by_step, summed_squares
from .knowable import best_linear, floor, floor_hearing, floor_of_noise
from .models import (
    bidirectional_model,
    encoder_decoder_model,
    flatten_model,
    last_state_model,
    sequence_model,
    two_layer_model,
    warm_up_model,
)
from .native import native, native_weights, train_native
from .signals import noise, sine_of, sines

__all__ = [
    "best_linear",
    "bidirectional_model",
    "by_step",
    "encoder_decoder_model",
    "errors_by_step",
    "flatten_model",
    "floor",
    "floor_hearing",
    "floor_of_noise",
    "last_state_model",
    "native",
    "native_weights",
    "noise",
    "sequence_model",
    "sine_of",
    "sines",
    "summed_squares",
    "train_native",
    "two_layer_model",
    "warm_up_model",
]
