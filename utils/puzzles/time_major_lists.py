"""Puzzle 01, time-major lists: a network is fed a list whose elements may not be time steps.

After "Understanding why tensorflow RNN is not learning toy data", Stack Overflow: its data, its
model and its settings, and what a model can at best learn from each layout of the data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from utils.training import records, recurrent

CLASSES = 4
UNITS = 5  # of each of the two LSTM layers
STEPS = 3000
FRESH = 20  # batches, never trained on, behind a final loss and a class table
LEARNING_RATE = 0.1  # of plain SGD
CLIP = 10.0  # on the global norm of the gradient
ASKED = {"batch": 50, "timesteps": 2}  # the question's sizes, with the layout "wrong"
ANSWERED = {"batch": 7, "timesteps": 50}  # the accepted answer's, with the layout "right"

RECORD = "01_time_major_lists"
GRID = {  # what the sliders offer
    "layout": ("wrong", "right", "input_only", "output_only"),
    "units": (2, 5, 10, 20),
    "timesteps": (2, 5, 10, 25, 50),
    "seed": tuple(range(8)),
}
BITS_A_BATCH = 350  # the accepted answer's 7 × 50, whatever the number of timesteps


# The data


def random_bits(n, seed):
    """n fair random bits as 0.0 and 1.0: [n] float32."""
    return np.random.default_rng(seed).integers(0, 2, n).astype(np.float32)


def classes(bits, before=0):
    """The class of each element, [n] -> [n] int: the number whose two bits are previous, current.

    `before` is the bit that came before the first one: a stream runs on from batch to batch.
    """
    bits = np.asarray(bits).astype(int)
    previous = np.concatenate([[int(before)], bits[:-1]])
    return 2 * previous + bits


# The layouts


def split_by_reshape(stream, batch, timesteps):
    """The question's way: the shape is right, the order is not."""
    x = stream.reshape(timesteps, batch, 1)
    return [x[t] for t in range(timesteps)]  # timesteps × [batch, 1]


def split_along_time(stream, batch, timesteps):
    """Cut the stream into `batch` rows, then take one column after the other."""
    x = stream.reshape(batch, timesteps, 1)
    return [x[:, t] for t in range(timesteps)]  # timesteps × [batch, 1]


def join_along_batch(outputs):
    """The question's way: one list element after the other."""
    return np.concatenate(outputs, axis=0)  # [timesteps·batch, C]


def join_along_time(outputs):
    """The inverse of `split_along_time`: row after row."""
    y = np.stack(outputs, axis=1)  # [batch, timesteps, C]
    return y.reshape(-1, y.shape[-1])  # [batch·timesteps, C]


@dataclass(frozen=True)
class Layout:
    """How a stream becomes the list that is fed, and how the outputs come back in its order."""

    split: Callable  # (stream [batch·timesteps], batch, timesteps) -> timesteps × [batch, 1]
    join: Callable  # timesteps × [batch, C] -> [batch·timesteps, C]


LAYOUTS = {
    "wrong": Layout(split_by_reshape, join_along_batch),
    "right": Layout(split_along_time, join_along_time),
    "input_only": Layout(split_along_time, join_along_batch),
    "output_only": Layout(split_by_reshape, join_along_time),
}


def index_map(layout, batch, timesteps):
    """Which element of the stream each list element holds: [timesteps, batch] of positions."""
    positions = np.arange(batch * timesteps)
    return np.stack(_named(layout).split(positions, batch, timesteps))[:, :, 0]


def label_map(layout, batch, timesteps):
    """Which element's label each output is compared with: [timesteps, batch] of positions."""
    outputs = np.arange(batch * timesteps).reshape(timesteps, batch, 1)
    joined = _named(layout).join(list(outputs))[:, 0]  # joined[p] = the output set beside label p
    return np.argsort(joined).reshape(timesteps, batch)


def batches(layout, batch, timesteps, steps, seed):
    """Batches cut one after the other from a stream that runs on.

    Returns the bits as they are fed, [steps, timesteps, batch, 1] float32, and the class that each
    output is compared with, [steps, timesteps, batch] int32.
    """
    bits = random_bits(steps * batch * timesteps, seed)
    labels = classes(bits).astype(np.int32)
    fed = index_map(layout, batch, timesteps)
    compared = label_map(layout, batch, timesteps)
    inputs = bits.reshape(steps, -1)[:, fed, np.newaxis]  # [steps, timesteps, batch, 1]
    targets = labels.reshape(steps, -1)[:, compared]  # [steps, timesteps, batch]
    return inputs, targets


# The model


class ListRNN:
    """The question's network: two LSTM layers and a softmax, fed one element after the other."""

    def __init__(self, units=UNITS, seed=0):
        from keras.layers import Dense, LSTMCell  # here: the index maps do without TensorFlow

        given = {"kernel_initializer": "zeros", "recurrent_initializer": "zeros", "seed": 0}
        self.layers = [
            LSTMCell(units, **given),
            LSTMCell(units, **given),
            Dense(CLASSES, kernel_initializer="zeros"),
        ]
        for layer, features in zip(self.layers, [1, units, units], strict=True):
            layer.build((None, features))
        self.set_weights(recurrent.initial_weights(seed, units))  # no global seed is touched

    def __call__(self, inputs, state=None):
        """inputs: a list of [batch, 1] -> a list of logits [batch, 4], and the final state."""
        first, second, dense = self.layers
        a, b = state or self.zero_state(len(inputs[0]))
        outputs = []
        for x in inputs:  # x: [batch, 1], taken for one time step
            x, a = first(x, a)  # [batch, units]
            x, b = second(x, b)  # [batch, units]
            outputs.append(dense(x))  # [batch, 4]
        return outputs, (a, b)

    def zero_state(self, batch):
        """h and c of both layers, [batch, units] each."""
        return tuple(cell.get_initial_state(batch) for cell in self.layers[:2])

    @property
    def trainable_variables(self):
        return [v for layer in self.layers for v in layer.trainable_variables]

    def get_weights(self):
        """Arrays in Keras' order, as in `utils.training.recurrent`."""
        return [np.asarray(v) for v in self.trainable_variables]

    def set_weights(self, weights):
        for variable, value in zip(self.trainable_variables, weights, strict=True):
            variable.assign(value)


def on_stream(model, layout, batch, timesteps):
    """The model as a function of the stream, [batch·timesteps] -> [batch·timesteps, 4] logits."""
    layout = _named(layout)

    def answer(stream):
        inputs = layout.split(np.asarray(stream, np.float32), batch, timesteps)
        outputs, _ = model(inputs)
        return layout.join([np.asarray(y) for y in outputs])

    return answer


def untrained(layout, batch, timesteps, units=UNITS, seed=0):
    """The same function of the same untrained network, in NumPy and for many streams at once.

    [..., batch·timesteps] -> [..., batch·timesteps, 4]: quick enough to follow a slider.
    """
    weights = recurrent.initial_weights(seed, units)
    fed = index_map(layout, batch, timesteps)
    compared = label_map(layout, batch, timesteps)

    def answer(streams):
        streams = np.asarray(streams, np.float32)
        logits, _ = recurrent.forward(weights, streams[..., fed, np.newaxis])
        joined = np.empty((*streams.shape, CLASSES), np.float32)
        joined[..., compared, :] = logits
        return joined

    return answer


# The training


@dataclass(frozen=True)
class Run:
    """What a training left behind."""

    losses: np.ndarray  # [steps], nats, each on a batch before it was learned from
    probabilities: np.ndarray  # [n, 4], on a stream that was not trained on
    labels: np.ndarray  # [n]

    @property
    def table(self):
        return class_table(self.probabilities, self.labels)


def train(model, layout, batch, timesteps, carried=False, steps=STEPS, seed=0, progress=None):
    """Train a ListRNN as the question did; the model keeps what it learned. Returns a Run.

    carried: whether row b of a batch starts in the state in which row b of the batch before ended.
    seed: of the stream of bits. progress(step, loss) is called about once in 10 ms.
    """
    weights = recurrent.stack([model.get_weights()])
    losses = []
    for report in _reports(weights, layout, batch, timesteps, [seed], carried, steps):
        losses.append(report.losses[:, 0])
        if progress and report.step:
            progress(report.step, float(report.losses[-1, 0]))
    learned = [w[0] for w in report.weights]
    model.set_weights(learned)
    return Run(np.concatenate(losses), *answers(learned, layout, batch, timesteps, carried, seed))


def trainings(
    layout, batch, timesteps, units=UNITS, seeds=(0,), carried=False, steps=STEPS, chunk=None
):
    """The same training from ListRNN's initial weights, one model for each seed, all at once.

    A generator of `recurrent.Progress`: the untrained models first, then a report every `chunk`
    steps, or about every 10 ms. Close it to stop.
    """
    weights = recurrent.stack([recurrent.initial_weights(seed, units) for seed in seeds])
    return _reports(weights, layout, batch, timesteps, seeds, carried, steps, chunk)


def train_in_keras(model, layout, batch, timesteps, carried=False, steps=STEPS, seed=0):
    """The same training as one would write it in Keras: slower, for reading and for comparing."""
    import keras
    import tensorflow as tf

    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(LEARNING_RATE, global_clipnorm=CLIP)
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(inputs, targets, state):
        with tf.GradientTape() as tape:
            outputs, state = model(tf.unstack(inputs), state)
            loss = loss_of(targets, tf.stack(outputs))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss, state

    losses, state = [], model.zero_state(batch)
    for inputs, targets in zip(*batches(layout, batch, timesteps, steps, seed), strict=True):
        loss, new_state = step(inputs, targets, state)
        state = new_state if carried else state
        losses.append(float(loss))
    return np.array(losses)


def answers(weights, layout, batch, timesteps, carried=False, seed=0, steps=FRESH):
    """What one trained model answers on a stream of its own: probabilities [n, 4], labels [n]."""
    inputs, targets = batches(layout, batch, timesteps, steps, [seed, 2])
    state, probabilities = None, []
    for x in inputs:
        logits, new_state = recurrent.forward(weights, x, state)
        state = new_state if carried else None
        odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
        probabilities.append(odds / odds.sum(axis=-1, keepdims=True))
    return np.reshape(probabilities, (-1, CLASSES)), targets.ravel()


def cross_entropy(probabilities, labels):
    """The mean surprise at the right class, in nats: probabilities [n, 4], labels [n]."""
    of_label = np.take_along_axis(np.asarray(probabilities), np.asarray(labels)[:, None], axis=1)
    return float(-np.log(np.maximum(of_label, np.finfo(np.float32).tiny)).mean())


def class_table(probabilities, labels):
    """The question's table: row k is the mean answer where the class is k, [4, 4].

    probabilities: [n, 4]. labels: [n]. The row of a class that never occurs is NaN.
    """
    probabilities, labels = np.asarray(probabilities), np.asarray(labels)
    of_class = labels == np.arange(CLASSES)[:, np.newaxis]  # [4, n]
    counts = of_class.sum(axis=1, keepdims=True)
    empty = np.full((CLASSES, CLASSES), np.nan)
    return np.divide(of_class @ probabilities, counts, where=counts > 0, out=empty)


def _reports(weights, layout, batch, timesteps, seeds, carried, steps, chunk=None):
    drawn = [batches(layout, batch, timesteps, steps, seed) for seed in seeds]
    inputs, targets = (np.stack(arrays, axis=1) for arrays in zip(*drawn, strict=True))
    return recurrent.train(
        weights,
        inputs,
        targets,
        learning_rate=LEARNING_RATE,
        clip=CLIP,
        carried=carried,
        chunk=chunk,
    )


# The record behind the sliders


@dataclass(frozen=True)
class Recorded:
    """One training of the record."""

    steps: np.ndarray  # [points]
    losses: np.ndarray  # [points], nats: at each point the mean since the point before
    loss: float  # after the last step, on a stream that was not trained on
    table: np.ndarray  # [4, 4], as from `class_table`


def recorded(layout, units, timesteps, seed, carried=False):
    """The recorded training at one point of GRID; the state is carried for "right" only.

    Raises KeyError if the point is not in the record, records.RecordError if the record is no good.
    """
    point = layout, bool(carried), units, timesteps
    if point not in points() or seed not in GRID["seed"]:
        raise KeyError(f"The record has no {layout=}, {carried=}, {units=}, {timesteps=}, {seed=}.")
    arrays, at = _record(), (points().index(point), GRID["seed"].index(seed))
    return Recorded(
        marks(STEPS), arrays["losses"][at], float(arrays["loss"][at]), arrays["table"][at]
    )


def marks(steps):
    """Steps at which a curve is kept, dense at first: [points], from 1 to `steps`."""
    if steps < 1:
        return np.empty(0, int)
    return np.unique(np.geomspace(1, steps, 72).round().astype(int))


def curve(losses, steps=None):
    """The losses so far, [n, …], as means since the mark before, at each mark up to n: [points, …].

    steps: of the whole training, which decide where the marks are; n if None.
    """
    losses = np.asarray(losses)
    ends = marks(len(losses) if steps is None else steps)
    ends = ends[ends <= len(losses)]
    pieces = np.split(losses, ends)[: len(ends)]  # what comes after the last mark has to wait
    means = [piece.mean(axis=0) for piece in pieces]
    return np.stack(means) if means else np.empty((0, *losses.shape[1:]))


def points():
    """What is recorded, one after the other: (layout, carried, units, timesteps)."""
    kinds = [(layout, False) for layout in GRID["layout"]] + [("right", True)]
    sizes = product(GRID["units"], GRID["timesteps"])
    return [(*kind, *size) for kind, size in product(kinds, sizes)]


def measure(point):
    """Train all seeds of one point: losses [seeds, points], loss [seeds], table [seeds, 4, 4]."""
    layout, carried, units, timesteps = point
    batch, seeds = BITS_A_BATCH // timesteps, GRID["seed"]
    losses = []
    for report in trainings(layout, batch, timesteps, units, seeds, carried, chunk=250):
        losses.append(report.losses)
    tests = [
        answers([w[s] for w in report.weights], layout, batch, timesteps, carried, seed)
        for s, seed in enumerate(seeds)
    ]
    return {
        "losses": curve(np.concatenate(losses)).T.astype(np.float32),
        "loss": np.array([cross_entropy(*test) for test in tests], np.float32),
        "table": np.array([class_table(*test) for test in tests], np.float32),
    }


def settings():
    """All that the record's numbers depend on, besides the code."""
    return {
        **{name: list(values) for name, values in GRID.items()},
        "bits_a_batch": BITS_A_BATCH,
        "steps": STEPS,
        "learning_rate": LEARNING_RATE,
        "clip": CLIP,
    }


@cache
def _record():
    return records.load(records.path_of(RECORD), RECORD, settings()).arrays


# What can be known


def floor(layout, batch, timesteps, carried):
    """The lowest mean cross-entropy, in nats, that any network of this kind can reach.

    An output knows the bits that its row has been fed so far, and must guess the others. From a
    zero state it can also count how many there were, so it knows its time step, but never its row.
    With a state that is carried from batch to batch it is taken to know neither: it has read for
    ever and keeps no clock. Computed exactly, over every history that matters.
    """
    return float(_surprise(layout, batch, timesteps, carried)[0])


def floor_noise(layout, batch, timesteps, carried, outputs=FRESH * BITS_A_BATCH):
    """The standard error of the mean loss over that many outputs, for a network at its floor.

    In nats, and computed as exactly as the floor. Outputs count as independent, which neighbours
    are not quite: they share bits.
    """
    mean, square = _surprise(layout, batch, timesteps, carried)
    return float(np.sqrt(max(square - mean**2, 0) / outputs))


@cache
def _surprise(layout, batch, timesteps, carried):
    """Mean and mean square of the surprise, in nats, of one who knows all that can be known."""
    previous, current = _lags(_named(layout), batch, timesteps, carried)  # [timesteps, batch] each
    if carried:
        return _moments(previous.ravel(), current.ravel())
    return np.mean([_moments(*lags) for lags in zip(previous, current, strict=True)], axis=0)


def _lags(layout, batch, timesteps, carried):
    """How many steps ago each output was fed the two bits of its class; -1 for never."""
    fed = index_map(layout, batch, timesteps)
    time, row = np.empty((2, fed.size), int)
    time[fed], row[fed] = np.indices(fed.shape)  # where each position of the stream was fed
    now, own_row = np.indices(fed.shape)
    position = label_map(layout, batch, timesteps)

    def lag(position):
        before = position < 0  # the last bit of the batch before
        ago = now - time[position] + timesteps * before
        seen = (row[position] == own_row) & (ago >= 0) & (carried | ~before)
        return np.where(seen, ago, -1)

    return lag(position - 1), lag(position)


def _moments(previous, current):
    """Mean and mean square of the surprise of an output, one of many, that knows bits alone.

    previous, current: [outputs] lags of its two bits, -1 where it is not known. Each output that it
    may be votes for the classes that its bits allow; what the votes add up to is followed exactly,
    one group of lags that occur together after the other.
    """
    votes, chance = np.zeros((1, CLASSES), int), np.ones(1)
    for lags in _groups(previous, current):
        members = np.isin(previous, lags) | np.isin(current, lags)
        more = _votes(previous[members], current[members], lags)
        votes = (votes[:, np.newaxis] + more).reshape(-1, CLASSES)
        votes, same = np.unique(votes, axis=0, return_inverse=True)
        chance = np.bincount(same, np.repeat(chance / len(more), len(more)))
    votes = votes + np.sum((previous < 0) & (current < 0))  # these may be any class
    mixture = votes / votes.sum(axis=1, keepdims=True)  # [cases, classes]
    surprise = -np.log(mixture, where=mixture > 0, out=np.zeros_like(mixture))
    return np.array([chance @ (mixture * surprise**power).sum(axis=1) for power in (1, 2)])


def _groups(previous, current):
    """The lags, [k] each, in groups such that no output depends on two groups."""
    groups = []
    for pair in {(int(p), int(c)) for p, c in zip(previous, current, strict=True)}:
        pair = {lag for lag in pair if lag >= 0}
        apart = [group for group in groups if not group & pair]
        joined = pair.union(*(group for group in groups if group & pair))
        groups = [*apart, joined] if joined else apart
    if max(map(len, groups), default=0) > 16:
        raise ValueError(
            f"The floor depends on {max(map(len, groups))} bits at once here, and is computed for "
            "at most 16. Take fewer timesteps or a smaller batch."
        )
    return [np.array(sorted(group)) for group in groups]


def _votes(previous, current, lags):
    """For each history of the bits at `lags`: [2^k, classes], four votes shared by each output."""
    histories = np.arange(2 ** len(lags))[:, np.newaxis] >> np.arange(len(lags)) & 1  # [2^k, k]

    def twice_the_chance_of(value, of):
        seen = 2 * (histories[:, np.searchsorted(lags, of) % len(lags)] == value)
        return np.where(of >= 0, seen, 1)  # [2^k, outputs]

    return np.stack(
        [
            (twice_the_chance_of(p, previous) * twice_the_chance_of(c, current)).sum(axis=1)
            for p in (0, 1)
            for c in (0, 1)
        ],
        axis=1,
    )


def _named(layout):
    if isinstance(layout, Layout):
        return layout
    if layout not in LAYOUTS:
        raise ValueError(f"There is no layout {layout!r}; there are {', '.join(LAYOUTS)}.")
    return LAYOUTS[layout]
