"""How far the outputs are from the echo: step by step, and summed as the question sums it."""

import numpy as np


def by_step(model, x, y):
    """The mean squared error at each time step, [timesteps].

    model: a Keras model, or any function of x. Its outputs may be [N, timesteps, 1] or
    [N, timesteps]; y is [N, timesteps]. The sum over the steps is the question's loss.
    """
    outputs = model.predict(x, verbose=0) if hasattr(model, "predict") else model(x)
    return errors_by_step(outputs, y)


def errors_by_step(outputs, y):
    """The same for outputs that are there already."""
    outputs, y = np.asarray(outputs, float), np.asarray(y, float)
    if outputs.shape == (*y.shape, 1):
        outputs = outputs[..., 0]  # otherwise NumPy would subtract every step from every other
    if outputs.shape != y.shape or y.ndim != 2:
        raise ValueError(
            f"The outputs have the shape {outputs.shape} and the targets {y.shape}; expected "
            "[N, timesteps, 1] or [N, timesteps] and [N, timesteps]."
        )
    return ((outputs - y) ** 2).mean(axis=0)


def summed_squares(y_true, y_pred):
    """The question's loss, for Keras to average over the batch: squares summed over the steps.

    y_true: [N, timesteps]. y_pred: the same, or with a last axis of 1. Returns [N].
    """
    from keras import ops

    y_pred = ops.reshape(y_pred, ops.shape(y_true))
    return ops.sum(ops.square(y_true - y_pred), axis=1)
