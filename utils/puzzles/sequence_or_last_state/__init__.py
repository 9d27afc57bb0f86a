"""Puzzle 03, sequence or last state: "the same" model in two frameworks, and one of them stalls.

The task is to say a sine again, `delay` samples later. `signals` makes it, `models` and `native`
are the networks, `knowable` says how well any network can do and `judging` how well one does.
`training` and `keras_training` train; `grid`, `cures` and `floors` are records.
"""

from .cures import CURES, recorded_cures
from .floors import recorded_floor
from .grid import GRID, recorded
from .judging import by_step, errors_by_step, summed_squares
from .keras_training import train_in_keras
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
from .settings import BATCH, DELAY, LEARNING_RATE, STEPS, TIMESTEPS, UNITS
from .signals import noise, sine_of, sines
from .training import curve, curve_steps, fresh, side_by_side, trained, trainings, untrained

__all__ = [
    "BATCH",
    "CURES",
    "DELAY",
    "GRID",
    "LEARNING_RATE",
    "STEPS",
    "TIMESTEPS",
    "UNITS",
    "best_linear",
    "bidirectional_model",
    "by_step",
    "curve",
    "curve_steps",
    "encoder_decoder_model",
    "errors_by_step",
    "flatten_model",
    "floor",
    "floor_hearing",
    "floor_of_noise",
    "fresh",
    "last_state_model",
    "native",
    "native_weights",
    "noise",
    "recorded",
    "recorded_cures",
    "recorded_floor",
    "sequence_model",
    "side_by_side",
    "sine_of",
    "sines",
    "summed_squares",
    "train_in_keras",
    "train_native",
    "trained",
    "trainings",
    "two_layer_model",
    "untrained",
    "warm_up_model",
]
