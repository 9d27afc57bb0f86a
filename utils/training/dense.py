"""Dense networks with ReLU and Dropout, many of one shape trained at once, equal to Keras' `fit`.

Mean squared error and RMSprop. Weights carry a leading axis of models and are in the order of
Keras' `get_weights()`: kernel and bias of each Dense layer. Each model has its own order of rows,
its own masks and its own rate; no global seed is read or set.
"""

import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from utils.training import dense_steps, draws
from utils.training.many import (
    Progress,
    dense_weights,
    generator,
    meanwhile,
    stack,
    steps_a_report,
)

__all__ = ["EpochProgress", "forget_compiled", "initial_weights", "predict", "stack", "train"]

GROUP_BYTES = 5_000_000  # of weights, gradients and averages that a processor's cache may hold
BLOCK_BYTES = 8_000_000  # of masks that exist at a time
BLOCK_STEPS = 1024  # of an epoch, at most, for which masks are drawn at a time
SCORED_ROWS = 512  # of the validation data at a time


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
    for inputs, units in pairwise(sizes):
        weights += dense_weights(rng, inputs, units)
    return tuple(w.astype(np.float32) for w in weights)


def forget_compiled():
    """Forget what was compiled, so that the next training compiles anew: for measurements."""
    dense_steps.compiled.cache_clear()


def predict(weights, x):
    """What every model answers, without Dropout, in NumPy: x [rows, inputs] -> [models, rows]."""
    h = np.asarray(x, np.float32)
    for layer in range(0, len(weights), 2):
        h = h @ weights[layer] + weights[layer + 1][:, np.newaxis]
        if layer < len(weights) - 2:
            h = np.maximum(h, 0)
    return h[..., 0]


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
    seeds: one a model, 0, 1, … if None. Orders and masks are drawn from them unless given, as
    `draws` says: the rate is met to 61 bits.
    orders: int [epochs, models, rows], or a function of the epoch that returns [models, rows].
    masks: what to keep, bool [epochs, steps, models, batch, hidden units of all layers side by
    side], or a function (epoch, start, stop) of a range of the epoch's steps that returns these
    for them, [stop - start, models, …]; it is asked for one range after the other.
    validation: (x, y), or None. chunk: steps between reports. If None, about 0.1 s of work, and
    while TensorFlow loads and compiles the untrained models are reported again and again.
    Each report costs a few ms: a chunk of some hundred steps is best for what nobody watches.
    Close the generator to stop; nothing is left behind.

    Memory besides the data: five times the weights, the orders of one epoch, and 8 MB of masks, or
    one step's masks if these are more.
    """
    weights = tuple(np.asarray(w, np.float32) for w in weights)
    _check_weights(weights)
    data = _data("x", "y", x, y, weights)
    validation = validation and _data("validation x", "validation y", *validation, weights)
    models = len(weights[0])
    rates = _rates(rates, models)
    seeds = list(range(models)) if seeds is None else list(seeds)
    if len(seeds) != models:
        raise ValueError(
            f"There are {len(seeds)} seeds for {models} models; expected one for each."
        )
    orders = _function(orders) or draws.orders(seeds, len(data[0]))
    hidden = sum(bias.shape[1] for bias in weights[1:-2:2])
    masks = _masks(masks, seeds, rates, batch, hidden)
    nothing = np.empty((0, models))
    untrained = EpochProgress(0, nothing, weights, nothing, nothing)
    yield untrained

    plan = _Plan(models, len(data[0]), batch, hidden, masks is not None)
    training = None

    def begin():
        nonlocal training
        training = _Training(weights, data, validation, rates, learning_rate, plan)

    for _ in meanwhile(begin):
        if chunk is None:
            yield untrained
    yield from _reports(training, plan, orders, masks, epochs, chunk)


def _reports(training, plan, orders, masks, epochs, chunk):
    step, n = 0, chunk or 1
    ended, scored = [], []
    for epoch in range(epochs):
        total = np.zeros(plan.models)
        for block in plan.blocks(orders(epoch), masks, epoch):
            training.load(block)
            start = 0
            while start < block.steps:
                began = time.perf_counter()
                stop = min(start + n, block.steps)
                losses = training.run(start, stop)
                total += block.counts[start:stop] @ losses.astype(float)
                if chunk is None:
                    n = steps_a_report(time.perf_counter() - began, stop - start)
                step, start = step + stop - start, stop
                if block.last and start == block.steps:
                    ended.append(total / plan.rows)
                    if training.validation:
                        scored.append(training.score())
                yield EpochProgress(
                    step,
                    losses,
                    training.weights(),
                    np.array(ended).reshape(-1, plan.models),
                    np.array(scored).reshape(-1, plan.models),
                )


@dataclass(frozen=True)
class _Block:
    """Some steps of an epoch: which rows each takes, and what Dropout keeps."""

    steps: int  # the arrays may have more: all blocks are of one shape
    rows: np.ndarray  # int32 [block, models, batch]
    counts: np.ndarray  # float32 [block], rows of each batch
    kept: np.ndarray  # bool [block, models, batch, hidden]
    last: bool  # of the epoch


@dataclass(frozen=True)
class _Plan:
    """How an epoch is cut into blocks of equal shape."""

    models: int
    rows: int
    batch: int
    hidden: int  # units of all hidden layers
    drops: bool

    @property
    def steps(self):
        return -(-self.rows // self.batch)

    @property
    def block(self):
        """Steps a block: no more than their masks allow, and about as many in each."""
        most = BLOCK_STEPS
        if self.drops:
            most = np.clip(BLOCK_BYTES // (self.models * self.batch * self.hidden), 1, BLOCK_STEPS)
        return int(-(-self.steps // -(-self.steps // most)))

    def blocks(self, order, masks, epoch):
        order = np.asarray(order)
        self._check_order(order)
        rows = np.zeros((self.models, self.steps * self.batch), np.int32)
        rows[:, : self.rows] = order
        rows = rows.reshape(self.models, self.steps, self.batch).swapaxes(0, 1)
        counts = np.full(self.steps, self.batch, np.float32)
        counts[-1] = self.rows - (self.steps - 1) * self.batch
        for start in range(0, self.steps, self.block):
            stop = min(start + self.block, self.steps)
            kept = np.ones((stop - start, self.models, 1, 1), bool)
            if self.drops:
                kept = np.asarray(masks(epoch, start, stop))
                self._check_masks(kept, stop - start)
            pieces = (self._filled(a) for a in (rows[start:stop], counts[start:stop], kept))
            yield _Block(stop - start, *pieces, stop == self.steps)

    def _filled(self, array):
        missing = self.block - len(array)
        if not missing:
            return array
        return np.concatenate([array, np.ones((missing, *array.shape[1:]), array.dtype)])

    def _check_order(self, order):
        if order.shape != (self.models, self.rows):
            raise ValueError(
                f"An epoch's order has the shape {order.shape}; expected "
                f"{(self.models, self.rows)}: each row's number once for each model."
            )
        if order.min() < 0 or order.max() >= self.rows:
            raise ValueError(f"An order names a row that is not among 0 … {self.rows - 1}.")

    def _check_masks(self, kept, steps):
        expected = (steps, self.models, self.batch, self.hidden)
        if kept.shape != expected or kept.dtype != bool:
            raise ValueError(
                f"The masks of {steps} steps are {kept.dtype} of the shape {kept.shape}; expected "
                f"bool of {expected}: steps, models, rows of the batch, units of all hidden layers."
            )


class _Training:
    """Weights and RMSprop's averages on the device, in groups of models that fit its cache."""

    def __init__(self, weights, data, validation, rates, learning_rate, plan):
        import tensorflow as tf

        with tf.device("CPU"):  # small matrices: a GPU would wait for its own launches
            self._data = [tf.constant(array) for array in data]
            self._learning_rate = tf.constant(learning_rate, tf.float32)
            size = 3 * sum(w[0].nbytes for w in weights)
            groups = -(-plan.models // max(1, GROUP_BYTES // size))
            ends = np.linspace(0, plan.models, groups + 1).round().astype(int)
            self._groups = [slice(*of_group) for of_group in pairwise(ends)]
            self._scales = [tf.constant(1 / (1 - rates[g]), tf.float32) for g in self._groups]
            self._state = [
                [tf.Variable(w) for w in (*first, *map(np.zeros_like, first))]
                for first in ([_turned(w[g], at) for at, w in enumerate(weights)]
                              for g in self._groups)
            ]  # fmt: skip
            self.validation = validation and _pieces(*validation)
            self._run, self._score = dense_steps.compiled(plan.drops)
            order = np.zeros((plan.models, plan.rows), np.int32)
            nothing = np.ones((plan.block, plan.models, plan.batch, plan.hidden), bool)
            self.load(next(plan.blocks(order, lambda _, start, stop: nothing[start:stop], 0)))
            self.run(0, 0)  # compiles
            if validation:
                self.score()

    def load(self, block):
        """Take the next steps."""
        import tensorflow as tf

        with tf.device("CPU"):
            self._counts = tf.constant(block.counts)
            self._block = [
                (tf.constant(block.rows[:, g]), tf.constant(block.kept[:, g])) for g in self._groups
            ]

    def run(self, start, stop):
        """Do some of the loaded steps: losses [steps, models]."""
        import tensorflow as tf

        with tf.device("CPU"):
            start_, stop_ = tf.constant(start), tf.constant(stop)
            losses = [
                self._run(
                    state, *self._data, rows, self._counts, kept, scales, self._learning_rate,
                    start_, stop_,
                ).numpy()
                for state, scales, (rows, kept) in zip(
                    self._state, self._scales, self._block, strict=True
                )
            ]  # fmt: skip
        return np.concatenate([loss[start:stop] for loss in losses], axis=1)

    def score(self):
        """The loss of every model on the validation data, [models]."""
        rows = sum(count for *_, count in self.validation)
        totals = [
            np.sum([self._score(state, *piece) for piece in self.validation], axis=0)
            for state in self._state
        ]
        return np.concatenate(totals) / rows

    def weights(self):
        """In Keras' order and shapes, [models, …] each."""
        groups = [state[: len(state) // 2] for state in self._state]
        return tuple(
            _turned(np.concatenate([memoryview(w.read_value()) for w in arrays]), at)
            for at, arrays in enumerate(zip(*groups, strict=True))
        )


def _turned(array, at):
    """The first kernel is kept as [models, units, inputs]: its products take half the time so."""
    return array.swapaxes(1, 2) if at == 0 else array


def _pieces(x, y):
    """The data cut into pieces of one shape, the last one filled up: x, y and how many rows."""
    import tensorflow as tf

    pieces = []
    for start in range(0, len(x), SCORED_ROWS):
        piece_x, piece_y = x[start : start + SCORED_ROWS], y[start : start + SCORED_ROWS]
        missing = min(SCORED_ROWS, len(x)) - len(piece_x)
        pieces.append(
            (
                tf.constant(np.pad(piece_x, [(0, missing), (0, 0)])),
                tf.constant(np.pad(piece_y, (0, missing))),
                tf.constant(len(piece_x), tf.float32),
            )
        )
    return pieces


def _masks(masks, seeds, rates, batch, hidden):
    """The masks as a function (epoch, start, stop), or None if nothing drops."""
    if masks is None and not rates.any():
        return None
    if masks is None:
        draw = draws.masks(seeds, rates, (batch, hidden))
        return lambda epoch, start, stop: draw(stop - start)
    if callable(masks):
        return masks
    return lambda epoch, start, stop: masks[epoch][start:stop]


def _function(array):
    """An array as a function of its first index; a function or None as it is."""
    return array if array is None or callable(array) else array.__getitem__


def _rates(rates, models):
    rates = np.asarray(rates, float)
    if rates.shape not in {(), (models,)} or not ((rates >= 0) & (rates < 1)).all():
        raise ValueError(
            f"rates are {rates.tolist()}; expected one number, or one for each of the {models} "
            "models, from 0 to below 1."
        )
    return np.broadcast_to(rates, models)


def _check_weights(weights):
    shapes = [w.shape for w in weights]
    kernels, biases = shapes[0::2], shapes[1::2]
    if (
        len(shapes) < 4
        or any(len(kernel) != 3 for kernel in kernels)
        or biases != [(kernel[0], kernel[2]) for kernel in kernels]
        or any(one[0] != two[0] or one[2] != two[1] for one, two in pairwise(kernels))
        or kernels[-1][2] != 1
    ):
        raise ValueError(
            f"The weights have the shapes {shapes}; expected a kernel [models, inputs, units] and "
            "a bias [models, units] for each layer, two layers or more, the last of one unit."
        )


def _data(name_x, name_y, x, y, weights):
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    inputs = weights[0].shape[1]
    if x.ndim != 2 or x.shape[1] != inputs or not len(x):
        raise ValueError(
            f"{name_x} has the shape {x.shape}; expected [rows, {inputs} inputs] for these weights."
        )
    if y.shape not in {(len(x),), (len(x), 1)}:
        raise ValueError(
            f"{name_y} has the shape {y.shape}; expected [{len(x)}], one target for each row."
        )
    return x, y.reshape(-1)
