"""Dense networks with ReLU and Dropout, many of one shape trained at once, equal to Keras' `fit`.

Mean squared error and RMSprop. Weights carry a leading axis of models and are in the order of
Keras' `get_weights()`: kernel and bias of each Dense layer. Each model has its own order of rows,
its own masks and its own rate; no global seed is read or set.
"""

import time
from dataclasses import dataclass
from functools import cache

import numpy as np

from utils.training.many import REPORT_SECONDS, Progress, dense_weights, generator, stack

__all__ = ["EpochProgress", "initial_weights", "orders_of", "stack", "train"]

RHO, EPSILON = 0.9, 1e-7  # of Keras' RMSprop, as its defaults
BLOCK_BYTES = 8_000_000  # of masks that exist at a time
BLOCK_STEPS = 256  # of masks at a time, at most
VALIDATION_ROWS = 1024  # that are predicted at a time


@dataclass(frozen=True)
class EpochProgress(Progress):
    """Progress, and the losses of the epochs that have ended.

    Training mode: the mean over the epoch's rows of the loss with Dropout, each batch before its
    update, which is what Keras reports as `loss`.
    """

    training: np.ndarray  # [epochs ended, models]
    validation: np.ndarray  # [epochs ended, models]; [0, models] without validation data


def initial_weights(seed, sizes):
    """One model's first weights, as Keras draws them: glorot_uniform kernels, biases of zero.

    sizes: of the input, of each hidden layer and of the output, such as (1001, 64, 64, 64, 64, 1).
    Drawn by NumPy from `seed` alone. Returns a tuple of float32 arrays in Keras' order.
    """
    rng = generator(seed, 1)
    weights = []
    for inputs, units in zip(sizes, sizes[1:], strict=False):
        weights += dense_weights(rng, inputs, units)
    return tuple(w.astype(np.float32) for w in weights)


def orders_of(seeds, rows):
    """An order of the rows for each model, drawn anew in each epoch: epoch -> [models, rows]."""

    def order(epoch):
        return np.stack(
            [np.random.default_rng([seed, 2, epoch]).permutation(rows) for seed in seeds]
        )

    return order


def train(
    weights,
    x,
    y,
    *,
    epochs,
    batch,
    learning_rate,
    rates=0.0,
    seeds=None,
    orders=None,
    masks=None,
    validation=None,
    chunk=None,
):
    """Train every model; yields EpochProgress, the untrained models first.

    weights: arrays [models, …]. x: [rows, inputs], y: [rows], the same for all models.
    batch: rows a step; the last one of an epoch may be smaller.
    rates: of the Dropout behind every hidden layer, one number or [models].
    seeds: one a model, 0, 1, … if None; orders and masks are drawn from them unless given.
    orders: [epochs, models, rows], or a function of the epoch that returns [models, rows].
    masks: what to keep, bool [epochs, steps, models, batch, hidden units of all layers side by
    side], or a function (epoch, start, stop) of a range of the epoch's steps that returns these
    for them, [stop - start, models, …]; it is asked for one range after the other.
    validation: (x, y), or None. chunk: steps between reports, about 50 ms of work if None.
    Close the generator to stop.

    Memory besides the data: four copies of the weights, an epoch's orders, and up to 8 MB of masks.
    """
    weights = tuple(np.asarray(w, np.float32) for w in weights)
    x, y = _data(x, y, weights)
    models, rows = len(weights[0]), len(x)
    validation = validation and _data(*validation, weights)
    seeds = range(models) if seeds is None else seeds
    rates = np.broadcast_to(np.asarray(rates, np.float32), models)
    orders = _function(orders) or orders_of(seeds, rows)
    if masks is None and rates.any():
        masks = _masks_of(seeds, rates, batch, _hidden(weights))
    elif masks is not None and not callable(masks):
        masks = _pieces(masks)
    nothing = np.empty((0, models))
    yield EpochProgress(0, nothing, weights, nothing, nothing)

    import tensorflow as tf

    step, n = 0, chunk or 1
    training, scored = [], []
    with tf.device("CPU"):
        x, y = tf.constant(x), tf.constant(y)
        current = [tf.constant(w) for w in weights]
        squares = [tf.zeros_like(w) for w in current]
        scales = tf.constant(1 / (1 - rates))
        for epoch in range(epochs):
            total = np.zeros(models)
            for block in _blocks(orders(epoch), masks, epoch, batch, _hidden(weights)):
                start = 0
                while start < block.steps:
                    began = time.perf_counter()
                    stop = min(start + n, block.steps)
                    current, squares, losses = _run(masks is not None)(
                        current, squares, x, y, block.rows, block.counts, block.masks, scales,
                        np.float32(learning_rate), start, stop,
                    )  # fmt: skip
                    losses = losses.numpy()[start:stop]
                    total += block.counts[start:stop] @ losses.astype(float)
                    if chunk is None:
                        per_step = (time.perf_counter() - began) / (stop - start)
                        n = int(np.clip(REPORT_SECONDS / per_step, 1, 4 * n))
                    step, start = step + stop - start, stop
                    ended = start == block.steps and block.last
                    if ended:
                        training.append(total / rows)
                        if validation:
                            scored.append(_loss(current, *validation))
                    yield EpochProgress(
                        step,
                        losses,
                        tuple(w.numpy() for w in current),
                        np.array(training).reshape(-1, models),
                        np.array(scored).reshape(-1, models),
                    )


def predict(weights, x):
    """What every model answers without Dropout: x [rows, inputs] -> [models, rows], in NumPy."""
    h = np.asarray(x, np.float32)
    layers = len(weights) // 2
    for layer in range(layers):
        h = h @ weights[2 * layer] + weights[2 * layer + 1][:, np.newaxis]
        if layer < layers - 1:
            h = np.maximum(h, 0)
    return h[..., 0]


@dataclass(frozen=True)
class _Block:
    """Some steps of an epoch: which rows each takes, and what Dropout keeps."""

    steps: int
    rows: np.ndarray  # [block, models, batch]
    counts: np.ndarray  # [block], rows of each batch
    masks: np.ndarray  # [block, models, batch, hidden units]
    last: bool  # of the epoch


def _blocks(order, masks, epoch, batch, hidden):
    models, rows = order.shape
    steps = -(-rows // batch)
    size = BLOCK_STEPS
    if masks is not None:
        size = int(np.clip(BLOCK_BYTES / (models * batch * hidden), 1, BLOCK_STEPS))
    padded = np.zeros((models, steps * batch), np.int32)
    padded[:, :rows] = order
    padded = padded.reshape(models, steps, batch).transpose(1, 0, 2)
    counts = np.full(steps, batch, np.float32)
    counts[-1] = rows - (steps - 1) * batch
    for start in range(0, steps, size):
        stop = min(start + size, steps)
        n = stop - start
        taken, filled = np.zeros((size, models, batch), np.int32), np.ones(size, np.float32)
        taken[:n], filled[:n] = padded[start:stop], counts[start:stop]
        kept = np.zeros((size, 1, 1, 1), bool)
        if masks is not None:
            kept = np.zeros((size, models, batch, hidden), bool)
            kept[:n] = masks(epoch, start, stop)
        yield _Block(n, taken, filled, kept, stop == steps)


def _masks_of(seeds, rates, batch, hidden):
    """Bernoulli masks, drawn one range of steps after the other."""
    rngs = [generator(seed, 3) for seed in seeds]

    def draw(_, start, stop):
        return np.stack(
            [
                rng.random((stop - start, batch, hidden), np.float32) >= rate
                for rng, rate in zip(rngs, rates, strict=True)
            ],
            axis=1,
        )

    return draw


@cache
def _run(dropout):
    """The training loop on the device: traced once, compiled once for each set of sizes."""
    import tensorflow as tf

    @tf.function(jit_compile=True, reduce_retracing=True)
    def run(weights, squares, x, y, rows, counts, masks, scales, learning_rate, start, stop):
        def body(step, weights, squares, losses):
            taken, count = rows[step], counts[step]
            there = tf.range(tf.shape(taken)[1], dtype=tf.float32) < count
            loss, gradients = _gradients(
                weights, tf.gather(x, taken), tf.gather(y, taken), there, count,
                masks[step] if dropout else None, scales,
            )  # fmt: skip
            squares = [RHO * s + (1 - RHO) * g**2 for s, g in zip(squares, gradients, strict=True)]
            weights = [
                w - learning_rate * g / tf.sqrt(s + EPSILON)
                for w, g, s in zip(weights, gradients, squares, strict=True)
            ]
            losses = tf.tensor_scatter_nd_update(losses, [[step]], [loss])
            return step + 1, weights, squares, losses

        losses = tf.zeros(tf.shape(rows)[:2])
        return tf.while_loop(lambda step, *_: step < stop, body, (start, weights, squares, losses))[
            1:
        ]

    def call(*arguments):
        *tensors, start, stop = arguments
        return run(*tensors, tf.constant(start), tf.constant(stop))

    return call


def _gradients(weights, x, y, there, count, masks, scales):
    """Losses [models] and the gradients of the weights, by hand.

    x: [models, batch, inputs]. y: [models, batch]. there: [batch], whether a row belongs to it.
    """
    import tensorflow as tf

    *hidden, kernel, bias = weights
    inputs, kept, h, column = [], [], x, 0
    for layer in range(len(hidden) // 2):
        inputs.append(h)
        z = h @ hidden[2 * layer] + hidden[2 * layer + 1][:, tf.newaxis]
        on = z > 0
        if masks is not None:
            units = z.shape[2] if z.shape[2] is not None else tf.shape(z)[2]
            on &= masks[:, :, column : column + units]
            column += units
            z *= scales[:, tf.newaxis, tf.newaxis]
        h = tf.where(on, z, 0.0)
        kept.append(on)
    outputs = tf.reduce_sum(h * tf.transpose(kernel, [0, 2, 1]), axis=2) + bias
    errors = tf.where(there, outputs - y, 0.0)
    losses = tf.reduce_sum(errors**2, axis=1) / count
    d = (2 / count * errors)[..., tf.newaxis]
    gradients = [tf.reduce_sum(h * d, axis=1)[..., tf.newaxis], tf.reduce_sum(d, axis=1)]
    d *= tf.transpose(kernel, [0, 2, 1])
    for layer in reversed(range(len(hidden) // 2)):
        d = tf.where(kept[layer], d, 0.0)
        if masks is not None:
            d *= scales[:, tf.newaxis, tf.newaxis]
        gradients = [
            tf.matmul(inputs[layer], d, transpose_a=True), tf.reduce_sum(d, axis=1), *gradients
        ]  # fmt: skip
        if layer:
            d = tf.matmul(d, hidden[2 * layer], transpose_b=True)
    return losses, gradients


def _loss(weights, x, y):
    weights = [w.numpy() for w in weights]
    total = 0.0
    for start in range(0, len(x), VALIDATION_ROWS):
        errors = (
            predict(weights, x[start : start + VALIDATION_ROWS])
            - y[start : start + VALIDATION_ROWS]
        )
        total = total + (errors.astype(float) ** 2).sum(axis=1)
    return total / len(x)


def _hidden(weights):
    return sum(bias.shape[1] for bias in weights[1:-2:2])


def _function(array):
    """An array as a function of its first index; functions and None as they are."""
    return array if array is None or callable(array) else array.__getitem__


def _pieces(masks):
    return lambda epoch, start, stop: masks[epoch][start:stop]


def _data(x, y, weights):
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    inputs = weights[0].shape[1]
    if x.ndim != 2 or x.shape[1] != inputs:
        raise ValueError(
            f"x has the shape {x.shape}; expected [rows, {inputs} inputs] for these weights."
        )
    if y.shape not in {(len(x),), (len(x), 1)}:
        raise ValueError(f"y has the shape {y.shape}; expected [{len(x)}], one target a row of x.")
    return x, y.reshape(-1)
