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
    Progress,
    compiling,
    dense_weights,
    generator,
    lstm_weights,
    meanwhile,
    stack,
    steps_a_report,
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
    """What one model answers, in NumPy: x [..., timesteps, features] -> [..., timesteps].

    Computes in the dtype of the weights.
    """
    kernel, recurrent_kernel, bias, head, head_bias = weights
    by_time = np.moveaxis(np.asarray(x), -2, 0)  # [timesteps, ..., features]
    states, (last, _) = lstm_in_numpy(kernel, recurrent_kernel, bias, by_time, None)
    if _checked(kind) == "last":
        return last @ head + head_bias
    return np.moveaxis((states @ head + head_bias)[..., 0], 0, -1)


def train(weights, kind, inputs, targets, *, learning_rate, skip=0, chunk=None):
    """Train every model on its own batches; yields Progress, the untrained models first.

    weights: arrays [models, …]. inputs: [steps, models, batch, timesteps, features].
    targets: [steps, models, batch, timesteps]. learning_rate: of Adam with Keras' defaults.
    skip: timesteps at the beginning whose errors don't count, neither in the loss nor in training.
    chunk: steps between reports. If None, about 0.1 s of work, and while TensorFlow loads and
    compiles the untrained models are reported again and again.
    Close the generator to stop; nothing is left behind.

    Memory besides the batches: those of 64 steps once more, the weights eight times, and all
    states of one step, about [timesteps, models, batch, 7·units].
    """
    weights = tuple(np.asarray(w, np.float32) for w in weights)
    inputs, targets = np.asarray(inputs, np.float32), np.asarray(targets, np.float32)
    _check_sizes(weights, _checked(kind), inputs, targets)
    untrained = Progress(0, np.empty((0, len(weights[0]))), weights)
    yield untrained

    training = None

    def begin():
        nonlocal training
        training = _Training(weights, kind, inputs, targets, learning_rate, skip)

    for _ in meanwhile(begin):
        if chunk is None:
            yield untrained
    step, steps, n = 0, len(inputs), chunk or 1
    while step < steps:
        began = time.perf_counter()
        stop = min(step + n, training.loaded_to(step), steps)
        losses = training.run(step, stop)
        if chunk is None:
            n = steps_a_report(time.perf_counter() - began, stop - step)
        step = stop
        yield Progress(step, losses, training.weights())


class _Training:
    """Weights and Adam's averages on the device, with the batches of some steps at a time."""

    def __init__(self, weights, kind, inputs, targets, learning_rate, skip):
        import tensorflow as tf

        self._batches = inputs, targets
        self._run = _compiled(kind)
        with tf.device("CPU"):  # tiny matrices: a GPU would wait for its own launches
            self._settings = tf.constant(learning_rate, tf.float32), tf.constant(skip)
            zeros = [tf.zeros_like(w) for w in weights]
            self._state = [tf.constant(w) for w in weights], zeros, zeros
        self._load(0)
        self.run(0, 0)  # compiles

    def loaded_to(self, step):
        """Up to which step batches are on the device once `step` is."""
        if step == self._begin + BLOCK_STEPS:
            self._load(step)
        return self._begin + BLOCK_STEPS

    def run(self, start, stop):
        """Do the steps from start to stop: losses [steps, models]."""
        import tensorflow as tf

        with tf.device("CPU"):
            ends = (tf.constant(step) for step in (self._begin, start, stop))
            *self._state, losses = self._run(*self._state, *self._loaded, *self._settings, *ends)
        return losses.numpy()[start - self._begin : stop - self._begin]

    def weights(self):
        return tuple(w.numpy() for w in self._state[0])

    def _load(self, begin):
        import tensorflow as tf

        self._begin, self._loaded = begin, []
        for array, axes in zip(self._batches, [(0, 3, 1, 2, 4), (0, 3, 1, 2)], strict=True):
            block = np.zeros((BLOCK_STEPS, *array.shape[1:]), np.float32)
            some = array[begin : begin + BLOCK_STEPS]
            block[: len(some)] = some
            with tf.device("CPU"):
                self._loaded.append(tf.constant(block.transpose(axes)))  # [steps, timesteps, …]


@cache
def _compiled(kind):
    """The loop over steps."""
    import tensorflow as tf

    @compiling
    def run(weights, first, second, x, y, learning_rate, skip, begin, start, stop):
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
            lambda step, *_: step < stop, body, (start, weights, first, second, losses)
        )[1:]

    return run


def _gradients(weights, kind, x, y, skip):
    """Losses [models] and the gradients of the weights, by hand: backpropagation through time.

    x: [timesteps, models, batch, features]. y: [timesteps, models, batch].
    """
    import tensorflow as tf

    kernel, recurrent_kernel, bias, head, head_bias = weights
    features = tf.shape(kernel)[1]
    joined = tf.concat([kernel, recurrent_kernel, bias[:, tf.newaxis]], axis=1)
    fed, gates, cells, states = _forward(joined, x)
    last, batch = states[-1], tf.cast(tf.shape(y)[2], tf.float32)
    if kind == "sequence":
        row = tf.transpose(head, [0, 2, 1])  # [models, 1, units]
        outputs = tf.reduce_sum(states * row, axis=3) + head_bias
    else:
        outputs = tf.transpose(last @ head + head_bias[:, tf.newaxis], [2, 0, 1])
    counted = tf.range(tf.shape(y)[0]) >= skip
    errors = tf.where(counted[:, tf.newaxis, tf.newaxis], outputs - y, 0.0)
    losses = tf.reduce_sum(errors**2, axis=[0, 2]) / batch
    d = 2 / batch * errors  # [timesteps, models, batch], by the outputs
    if kind == "sequence":
        of_head = tf.reduce_sum(states * d[..., tf.newaxis], axis=[0, 2])[..., tf.newaxis]
        of_head_bias = tf.reduce_sum(d, axis=[0, 2])[:, tf.newaxis]
        of_joined = _backward(
            joined, fed, gates, cells, tf.zeros_like(last), lambda t: d[t][..., tf.newaxis] * row
        )
    else:
        by_row = tf.transpose(d, [1, 2, 0])  # [models, batch, timesteps]
        of_head = tf.matmul(last, by_row, transpose_a=True)
        of_head_bias = tf.reduce_sum(by_row, axis=1)
        of_last = tf.matmul(by_row, head, transpose_b=True)
        of_joined = _backward(joined, fed, gates, cells, of_last, None)
    of_kernels = of_joined[:, :features], of_joined[:, features:-1], of_joined[:, -1]
    return losses, [*of_kernels, of_head, of_head_bias]


def _forward(joined, x):
    """The LSTM over time, and what the way back needs.

    joined: [models, features + units + 1, 4·units], the kernels above the bias.
    Returns what was multiplied with it, [timesteps, models, batch, features + units + 1]; the gates
    before they are shifted, [timesteps, models, batch, 4·units]; c before the first step and after
    each, [timesteps + 1, models, batch, units]; and h after each.
    """
    import tensorflow as tf

    timesteps, models, batch, features = tf.unstack(tf.shape(x))
    units = tf.shape(joined)[2] // 4
    # sigmoid(z) = (1 + tanh(z / 2)) / 2, so that one tanh serves all gates
    joined *= tf.repeat(tf.constant([0.5, 0.5, 1.0, 0.5]), units)
    one = tf.ones([models, batch, 1])

    def step(t, h, c, fed, gates, cells, states):
        now = tf.concat([x[t], h, one], axis=2)
        z = tf.tanh(now @ joined)
        i, f, g, o = tf.split(z, 4, axis=2)
        c = (0.5 + 0.5 * f) * c + (0.5 + 0.5 * i) * g
        h = (0.5 + 0.5 * o) * tf.tanh(c)
        return (
            t + 1,
            h,
            c,
            _put(fed, t, now),
            _put(gates, t, z),
            _put(cells, t + 1, c),
            _put(states, t, h),
        )

    zero = tf.zeros([models, batch, units])
    *_, fed, gates, cells, states = tf.while_loop(
        lambda t, *_: t < timesteps,
        step,
        (
            0,
            zero,
            zero,
            tf.zeros([timesteps, models, batch, features + units + 1]),
            tf.zeros([timesteps, models, batch, 4 * units]),
            tf.zeros([timesteps + 1, models, batch, units]),
            tf.zeros([timesteps, models, batch, units]),
        ),
    )
    return fed, gates, cells, states


def _backward(joined, fed, gates, cells, dh, of_output):
    """The gradient of `joined`, from that of the last h and of each step's own, `of_output(t)`."""
    import tensorflow as tf

    units = tf.shape(joined)[2] // 4
    recurrent = joined[:, -1 - units : -1]

    def step(t, dh, dc, total):
        if of_output:
            dh += of_output(t)
        i, f, g, o = tf.split(gates[t], 4, axis=2)
        i, f, o = 0.5 + 0.5 * i, 0.5 + 0.5 * f, 0.5 + 0.5 * o
        squashed = tf.tanh(cells[t + 1])
        dc += dh * o * (1 - squashed**2)
        dz = tf.concat(
            [
                dc * g * i * (1 - i),
                dc * cells[t] * f * (1 - f),
                dc * i * (1 - g**2),
                dh * squashed * o * (1 - o),
            ],
            axis=2,
        )
        total += tf.matmul(fed[t], dz, transpose_a=True)
        return t - 1, tf.matmul(dz, recurrent, transpose_b=True), dc * f, total

    start = tf.shape(gates)[0] - 1, dh, tf.zeros_like(dh), tf.zeros_like(joined)
    *_, total = tf.while_loop(lambda t, *_: t >= 0, step, start)
    return total


def _put(array, at, value):
    import tensorflow as tf

    return tf.tensor_scatter_nd_update(array, [[at]], [value])


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
