"""LSTM models of a sequence, many of one shape trained at once with Adam, equal to Keras' `fit`.

Kind "sequence": LSTM(return_sequences=True) and Dense(1), one output at each timestep as the input
comes in. Kind "last": LSTM and Dense(timesteps), all outputs from the last state. The loss is the
batch's mean of the sum over timesteps of squared errors. Weights carry a leading axis of models, in
the order of Keras' `get_weights()`: kernel, recurrent kernel, bias, then kernel and bias of Dense.
"""

import time
from functools import cache

import numpy as np

from utils.training.many import (
    REPORT_SECONDS,
    Progress,
    dense_weights,
    generator,
    lstm_weights,
    stack,
)
from utils.training.recurrent import lstm_in_numpy

__all__ = ["KINDS", "initial_weights", "predict", "stack", "train"]

KINDS = ("sequence", "last")
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # of Keras' Adam, as its defaults
BLOCK_STEPS = 64  # of batches on the device at a time


def initial_weights(seed, kind, units, timesteps, features=1):
    """One model's first weights, as Keras draws them: glorot_uniform, orthogonal, forget bias 1.

    Drawn by NumPy from `seed` alone. Returns a tuple of float32 arrays in Keras' order.
    """
    rng = generator(seed, 1)
    outputs = 1 if _checked(kind) == "sequence" else timesteps
    weights = [*lstm_weights(rng, features, units), *dense_weights(rng, units, outputs)]
    return tuple(w.astype(np.float32) for w in weights)


def predict(weights, kind, x):
    """What one model answers, in NumPy: x [..., batch, timesteps, features] -> [..., timesteps]."""
    kernel, recurrent_kernel, bias, head, head_bias = weights
    by_time = np.moveaxis(np.asarray(x, np.float32), -2, 0)  # [timesteps, ..., batch, features]
    states, (last, _) = lstm_in_numpy(kernel, recurrent_kernel, bias, by_time, None)
    if _checked(kind) == "last":
        return last @ head + head_bias
    return np.moveaxis((states @ head + head_bias)[..., 0], 0, -1)


def train(weights, kind, inputs, targets, *, learning_rate, skip=0, chunk=None):
    """Train every model on its own batches; yields Progress, the untrained models first.

    weights: arrays [models, …]. inputs: [steps, models, batch, timesteps, features].
    targets: [steps, models, batch, timesteps]. learning_rate: of Adam with Keras' defaults.
    skip: timesteps at the beginning whose errors don't count, neither in the loss nor in training.
    chunk: steps between reports, about 50 ms of work if None. Close the generator to stop.
    """
    weights = tuple(np.asarray(w, np.float32) for w in weights)
    inputs, targets = np.asarray(inputs, np.float32), np.asarray(targets, np.float32)
    _check_sizes(weights, _checked(kind), inputs, targets)
    steps, models = inputs.shape[:2]
    yield Progress(0, np.empty((0, models)), weights)

    import tensorflow as tf

    run = _run(kind)
    with tf.device("CPU"):
        current = [tf.constant(w) for w in weights]
        first = [tf.zeros_like(w) for w in current]
        second = [tf.zeros_like(w) for w in current]
        step, n = 0, chunk or 1
        for begin in range(0, steps, BLOCK_STEPS):
            end = min(begin + BLOCK_STEPS, steps)
            x = np.zeros((BLOCK_STEPS, *inputs.shape[1:]), np.float32)
            y = np.zeros((BLOCK_STEPS, *targets.shape[1:]), np.float32)
            x[: end - begin], y[: end - begin] = inputs[begin:end], targets[begin:end]
            x = tf.constant(x.transpose(0, 3, 1, 2, 4))  # timesteps before models
            y = tf.constant(y.transpose(0, 3, 1, 2))
            while step < end:
                began = time.perf_counter()
                stop = min(step + n, end)
                current, first, second, losses = run(
                    current, first, second, x, y, tf.constant(float(learning_rate)),
                    tf.constant(skip), tf.constant(begin), tf.constant(step), tf.constant(stop),
                )  # fmt: skip
                losses = losses.numpy()[step - begin : stop - begin]
                if chunk is None:
                    per_step = (time.perf_counter() - began) / (stop - step)
                    n = int(np.clip(REPORT_SECONDS / per_step, 1, 4 * n))
                step = stop
                yield Progress(step, losses, tuple(w.numpy() for w in current))


@cache
def _run(kind):
    """The training loop on the device: traced once, compiled once for each set of sizes."""
    import tensorflow as tf

    @tf.function(jit_compile=True, reduce_retracing=True)
    def run(weights, first, second, x, y, learning_rate, skip, begin, step, stop):
        def body(step, weights, first, second, losses):
            loss, gradients = _gradients(weights, kind, x[step - begin], y[step - begin], skip)
            first = [m + (g - m) * (1 - BETA_1) for m, g in zip(first, gradients, strict=True)]
            second = [v + (g**2 - v) * (1 - BETA_2) for v, g in zip(second, gradients, strict=True)]
            at = tf.cast(step + 1, tf.float32)
            rate = learning_rate * tf.sqrt(1 - BETA_2**at) / (1 - BETA_1**at)
            weights = [
                w - m * rate / (tf.sqrt(v) + EPSILON)
                for w, m, v in zip(weights, first, second, strict=True)
            ]
            losses = tf.tensor_scatter_nd_update(losses, [[step - begin]], [loss])
            return step + 1, weights, first, second, losses

        losses = tf.zeros([tf.shape(x)[0], tf.shape(x)[2]])
        return tf.while_loop(
            lambda step, *_: step < stop, body, (step, weights, first, second, losses)
        )[1:]

    return run


def _gradients(weights, kind, x, y, skip):
    """Losses [models] and the gradients of the weights, by hand: backpropagation through time.

    x: [timesteps, models, batch, features]. y: [timesteps, models, batch].
    """
    import tensorflow as tf

    kernel, recurrent_kernel, bias, head, head_bias = weights
    timesteps, models, batch = tf.unstack(tf.shape(y))
    units = tf.shape(recurrent_kernel)[1]
    counts = tf.cast(tf.range(timesteps) >= skip, tf.float32)[:, tf.newaxis, tf.newaxis]
    zero = tf.zeros([models, batch, units])

    def forward(t, h, c, hs, cs, gates):
        z = x[t] @ kernel + h @ recurrent_kernel + bias[:, tf.newaxis]
        i, f, g, o = tf.split(z, 4, axis=2)
        i, f, g, o = tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)
        after = f * c + i * g
        h = o * tf.tanh(after)
        at = [[t]]
        return (
            t + 1,
            h,
            after,
            tf.tensor_scatter_nd_update(hs, [[t + 1]], [h]),
            tf.tensor_scatter_nd_update(cs, [[t + 1]], [after]),
            tf.tensor_scatter_nd_update(gates, at, [tf.concat([i, f, g, o], 2)]),
        )

    states = tf.zeros([timesteps + 1, models, batch, units])
    gates = tf.zeros([timesteps, models, batch, 4 * units])
    _, last, _, hs, cs, gates = tf.while_loop(
        lambda t, *_: t < timesteps, forward, (0, zero, zero, states, states, gates)
    )
    if kind == "sequence":
        row = tf.transpose(head, [0, 2, 1])  # [models, 1, units]
        outputs = tf.reduce_sum(hs[1:] * row, axis=3) + head_bias
    else:
        outputs = tf.transpose(last @ head + head_bias[:, tf.newaxis], [2, 0, 1])
    errors = (outputs - y) * counts
    losses = tf.reduce_sum(errors**2, axis=[0, 2]) / tf.cast(batch, tf.float32)
    d = 2 / tf.cast(batch, tf.float32) * errors  # [timesteps, models, batch]
    if kind == "sequence":
        head_gradient = tf.reduce_sum(hs[1:] * d[..., tf.newaxis], axis=[0, 2])[..., tf.newaxis]
        head_bias_gradient = tf.reduce_sum(d, axis=[0, 2])[:, tf.newaxis]
        dh = zero
    else:
        of_row = tf.transpose(d, [1, 2, 0])  # [models, batch, timesteps]
        head_gradient = tf.matmul(last, of_row, transpose_a=True)
        head_bias_gradient = tf.reduce_sum(of_row, axis=1)
        dh = tf.matmul(of_row, head, transpose_b=True)

    def backward(t, dh, dc, dz):
        if kind == "sequence":
            dh += d[t][..., tf.newaxis] * row
        i, f, g, o = tf.split(gates[t], 4, axis=2)
        squashed = tf.tanh(cs[t + 1])
        dc += dh * o * (1 - squashed**2)
        now = tf.concat(
            [
                dc * g * i * (1 - i),
                dc * cs[t] * f * (1 - f),
                dc * i * (1 - g**2),
                dh * squashed * o * (1 - o),
            ],
            axis=2,
        )
        return (
            t - 1,
            tf.matmul(now, recurrent_kernel, transpose_b=True),
            dc * f,
            tf.tensor_scatter_nd_update(dz, [[t]], [now]),
        )

    *_, dz = tf.while_loop(
        lambda t, *_: t >= 0, backward, (timesteps - 1, dh, zero, tf.zeros_like(gates))
    )
    return losses, [
        tf.einsum("tsbi,tsbo->sio", x, dz),
        tf.einsum("tsbi,tsbo->sio", hs[:-1], dz),
        tf.reduce_sum(dz, axis=[0, 2]),
        head_gradient,
        head_bias_gradient,
    ]


def _check_sizes(weights, kind, inputs, targets):
    models, features = weights[0].shape[:2]
    if inputs.ndim != 5 or inputs.shape[1] != models or inputs.shape[4] != features:
        raise ValueError(
            f"inputs have the shape {inputs.shape}; expected [steps, {models} models, batch, "
            f"timesteps, {features} features] for these weights."
        )
    if targets.shape != inputs.shape[:4]:
        raise ValueError(
            f"targets have the shape {targets.shape}; expected {inputs.shape[:4]}, one number for "
            "each step, model, row and timestep of the inputs."
        )
    outputs = 1 if kind == "sequence" else inputs.shape[3]
    if weights[3].shape[2] != outputs:
        raise ValueError(
            f"The Dense layer of these weights has {weights[3].shape[2]} outputs; kind {kind!r} "
            f"with {inputs.shape[3]} timesteps needs {outputs}."
        )


def _checked(kind):
    if kind not in KINDS:
        raise ValueError(f"There is no kind {kind!r}; there are {KINDS[0]!r} and {KINDS[1]!r}.")
    return kind
