"""The gradient by TensorFlow, and all the ways to a gradient compared."""

import numpy as np

from utils.puzzles.table import Table
from utils.warming_up import load_quietly

from .comparing import norm_error
from .finite_differences import complex_step, numerical
from .program import backward, forward, start


def with_tensorflow(p, inputs, targets):
    """The gradient by tf.GradientTape, in p's dtype: a dict like p. This imports TensorFlow."""
    load_quietly()
    import tensorflow as tf

    weights = {name: tf.Variable(values) for name, values in p.items()}
    inputs, targets = (tf.constant(values, p["by"].dtype) for values in (inputs, targets))
    h, c = (tf.constant(values[np.newaxis]) for values in start(p))  # [1, units]
    loss = 0.0
    with tf.GradientTape() as tape:
        for x, target in zip(inputs, targets, strict=True):
            X = tf.concat([x[tf.newaxis], h], axis=1)
            f, i, g, o = (X @ weights["W" + gate] + weights["b" + gate] for gate in "fico")
            c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
            h = tf.sigmoid(o) * tf.tanh(c)
            loss += tf.reduce_sum((h @ weights["Wy"] + weights["by"] - target) ** 2)
    return {name: grad.numpy() for name, grad in tape.gradient(loss, weights).items()}


def cross_check(p, inputs, targets):
    """A Table: how far other ways to a gradient are from `backward`. This imports TensorFlow."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    analytic = backward(outputs, targets, caches, p)
    ways = {
        "GradientTape": with_tensorflow(p, inputs, targets),
        "complex step": complex_step(p, inputs, targets),
        **{
            f"central differences, delta {delta:.0e}": numerical(p, inputs, targets, delta=delta)
            for delta in (1e-4, 1e-5)
        },
    }
    rows = tuple((name, f"{norm_error(analytic, grads):.1e}") for name, grads in ways.items())
    return Table("Against the backward pass", ("gradient by", "norm error"), rows)
