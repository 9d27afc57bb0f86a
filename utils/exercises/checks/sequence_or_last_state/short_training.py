"""A few steps of training for a model that an answer has built: does anything in it learn?"""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import guarded
from utils.puzzles.sequence_or_last_state.signals import sines

STEPS, LOOK, BATCH, RATE = 200, 10, 64, 0.01  # the errors of LOOK steps are looked at together
LEARNED = 0.4  # of the targets' mean square; outputs of one sign only stay above a half


@dataclass(frozen=True)
class Training:
    """What came of it; an error is the mean square over a batch and its steps."""

    steps: int
    first: float  # error before the first step
    final: float  # mean error of the last LOOK steps
    learned: bool
    anything: bool  # whether any trainable weight got a gradient
    lowest: float  # output of the last LOOK steps
    highest: float


def train(model, timesteps, delay):
    """Trains with Adam on sines until the error is small, at most STEPS steps; a `Training`."""
    with guarded("the model that your function returned was trained for a few steps"):
        rng = np.random.default_rng(1)
        take_step, graded = _stepper(model, _batch(rng, timesteps, delay)[0])
        errors, powers, outputs, share = [], [], [], np.inf
        for _ in range(STEPS):
            x, y = _batch(rng, timesteps, delay)
            error, output = take_step(x, y)
            errors.append(float(error))
            powers.append(float((y**2).mean()))
            outputs.append(np.array(output))
            if not any(graded):
                break
            share = sum(errors[-LOOK:]) / sum(powers[-LOOK:])
            if len(errors) % LOOK == 0 and not share > LEARNED:  # NaN is the end as well
                break
        last = np.stack(outputs[-LOOK:])
    learned = bool(share <= LEARNED)
    final = float(np.mean(errors[-LOOK:]))
    return Training(len(errors), errors[0], final, learned, any(graded), last.min(), last.max())


def _batch(rng, timesteps, delay):
    """x [BATCH, delay + timesteps, 1], and y [BATCH, timesteps], `delay` samples late."""
    return sines(BATCH, timesteps, delay, rng, before=delay)


def _stepper(model, x):
    """A traced step of training, (x, y) -> (error, outputs), and which weights had a gradient."""
    import tensorflow as tf
    from keras.optimizers import Adam

    model(x)  # an unbuilt model has no weights before
    weights, adam, graded = model.trainable_variables, Adam(RATE), []
    adam.build(weights)

    @tf.function(autograph=False)  # as in `fit`
    def take_step(x, y):
        with tf.GradientTape() as tape:
            outputs = tf.cast(tf.reshape(model(x, training=True), y.shape), y.dtype)
            error = tf.reduce_mean(tf.square(outputs - y))
        gradients = tape.gradient(error, weights)
        graded.extend(gradient is not None for gradient in gradients)
        if any(graded):
            filled = [
                tf.zeros_like(weight) if gradient is None else gradient
                for gradient, weight in zip(gradients, weights, strict=True)
            ]
            adam.apply(filled, weights)
        return error, outputs

    return take_step, graded
