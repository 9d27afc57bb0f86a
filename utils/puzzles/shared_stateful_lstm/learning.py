"""Two tasks for a model with several streams: one loss shows the leak, the other one hides it.

Weights are drawn by NumPy from the seed, equal for all models; no global seed matters or is set.
"""

from dataclasses import dataclass

import numpy as np

from utils.puzzles.table import Table
from utils.training.many import dense_weights, generator

from .looking import halves
from .models import in_a_loop, question_model, time_distributed
from .reference import initial_weights
from .repairs import REPAIRS
from .running import chunks, give_weights, reset

STREAMS = 3
SIGN = {"batch": 16, "timesteps": 6, "units": 8, "learning_rate": 0.02}  # timesteps of a chunk
MEAN = {"batch": 1, "timesteps": 25, "features": 4, "units": 3, "learning_rate": 0.01}
AVERAGED = 3  # timesteps whose mean the second task asks for
LAST = 30  # rounds that a result is averaged over: Adam at this rate jitters

BUILDERS = {
    "question": question_model,
    "in a loop": in_a_loop,
    "time distributed": time_distributed,
    "mended": REPAIRS["fold"].build,  # which one it is, a learner shall find out
    **{name: repair.build for name, repair in REPAIRS.items()},
}


@dataclass(frozen=True)
class Remembered:
    """Mean squared errors while a model learned to remember a sign: before each update."""

    name: str
    chunk_1: np.ndarray  # [rounds, streams]
    chunk_2: np.ndarray  # [rounds, streams]

    @property
    def last(self):
        """The means of the last LAST rounds: [2 chunks, streams]."""
        return np.array([self.chunk_1[-LAST:].mean(axis=0), self.chunk_2[-LAST:].mean(axis=0)])

    def __repr__(self):
        rounds = len(self.chunk_1)
        lines = [
            f"{self.name}: mean squared error by stream, mean of the last {min(LAST, rounds)} of "
            f"{rounds} rounds. Who has no idea of the sign and says 0 has 1."
        ]
        for chunk, errors in enumerate(self.last, start=1):
            of_each = (f"stream {stream}: {error:.3f}" for stream, error in enumerate(errors))
            lines.append(f"chunk {chunk}  " + "  ".join(of_each))
        return "\n".join(lines)


def signs(seed, rounds):
    """The first task, round by round: each stream gets a sign at its first step, then zeros.

    To be said at every step: the stream's own sign. Yields x and y, [batch 16, 3 streams,
    12 timesteps, 1], which are answered in two chunks of 6.
    """
    rng = generator(seed, 2)
    for _ in range(rounds):
        sign = rng.choice([-1.0, 1.0], (SIGN["batch"], STREAMS, 1, 1))
        y = np.repeat(sign, 2 * SIGN["timesteps"], axis=2).astype(np.float32)
        x = np.zeros_like(y)
        x[:, :, 0] = y[:, :, 0]
        yield x, y


def remember_the_sign(model="question", seed=0, rounds=150, say=print):
    """Train a model on `signs`: in each round from a reset, chunk 1 and then chunk 2. Some seconds.

    model: a key of REPAIRS or "mended" (one of them), "question", "in a loop" or "time
    distributed", or a function (batch, streams, timesteps, features, units) -> a Keras model with
    the weights of one LSTM. A Dense layer on top of it, the same for all streams, says the sign.
    say: called with a line of text now and then.
    Returns Remembered. Raises ValueError for another model and for no rounds. Can be interrupted
    between two steps.
    """
    name, build = _builder(model)
    _check(rounds)
    lstm = build(SIGN["batch"], STREAMS, None, 1, SIGN["units"])
    give_weights(lstm, initial_weights(seed, 1, SIGN["units"]))
    step = _stepper(lstm, SIGN["learning_rate"], _head(seed, SIGN["units"]))
    errors = np.empty((2, rounds, STREAMS))
    for at, (x, y) in enumerate(signs(seed, rounds)):
        reset(lstm)
        errors[:, at] = _both_chunks(step, x, y)
        if (at + 1) % 30 == 0 or at + 1 == rounds:
            said = ", ".join(f"{error:.2f}" for error in errors[1, at])
            say(f"{name}: round {at + 1} of {rounds}, errors in chunk 2 by stream: {said}")
    reset(lstm)
    return Remembered(name, *errors)


def train_loss_hides(seeds=(0, 1, 2), rounds=60, say=print):
    """Train the question's model and a mended one on means of the last three inputs: some seconds.

    Random inputs [1, 3 streams, 50 timesteps, 4], always the same for a seed; from a reset, in two
    chunks of 25. Who hears the other streams gets only the first steps of a chunk wrong.
    say: called with a line of text now and then.
    Returns a Table: the loss in the first and in the last round, and how far the trained model's
    whole sequence is from its two halves. Raises ValueError for no rounds.
    """
    _check(rounds)
    rows = []
    for name in ("question", "mended"):
        for seed in seeds:
            say(f"{name}: training from seed {seed}.")
            rows.append((name, f"{seed}", *_losses(BUILDERS[name], seed, rounds)))
    return Table(
        f"Mean squared error over {rounds} rounds, and what it does not tell",
        ("model", "seed", "loss at first", "loss at last", "|whole − halves|, summed"),
        tuple(rows),
    )


def _losses(build, seed, rounds):
    model = build(MEAN["batch"], STREAMS, None, MEAN["features"], MEAN["units"])
    give_weights(model, initial_weights(seed, MEAN["features"], MEAN["units"]))
    step = _stepper(model, MEAN["learning_rate"])
    x, y = _means(seed)
    losses = []
    for _ in range(rounds):
        reset(model)
        losses.append(np.mean(_both_chunks(step, x, y)))
    return f"{losses[0]:.3f}", f"{losses[-1]:.3f}", f"{halves(model, x).full:.2f}"


def _means(seed):
    shape = MEAN["batch"], STREAMS, 2 * MEAN["timesteps"], MEAN["features"]
    x = generator(seed, 2).normal(size=shape).astype(np.float32)
    padded = np.pad(x, [(0, 0), (0, 0), (AVERAGED - 1, 0), (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, AVERAGED, axis=2)
    return x, np.tanh(windows.mean(axis=-1)[..., : MEAN["units"]])


def _both_chunks(step, x, y):
    """One step on each half of x, y: errors [2, streams]."""
    middle = [x.shape[2] // 2]
    return [
        step(*chunk).numpy() for chunk in zip(chunks(x, middle), chunks(y, middle), strict=True)
    ]


def _head(seed, units):
    import keras

    head = keras.layers.Dense(1)
    head.build((None, units))
    head.set_weights(dense_weights(generator(seed, 3), units, 1))
    return head


def _stepper(model, learning_rate, head=None):
    """A function x, y -> mean squared errors [streams], which then updates the weights."""
    import keras
    import tensorflow as tf

    variables = model.trainable_variables + (head.trainable_variables if head else [])
    adam = keras.optimizers.Adam(learning_rate)
    adam.build(variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            answers = model(x, training=True)
            if head:
                answers = head(answers)
            errors = tf.reduce_mean((answers - y) ** 2, axis=[0, 2, 3])
            loss = tf.reduce_mean(errors)
        adam.apply(tape.gradient(loss, variables), variables)
        return errors

    return step


def _check(rounds):
    if rounds < 1:
        raise ValueError(f"rounds is {rounds}; expected at least 1.")


def _builder(model):
    if isinstance(model, str) and model in BUILDERS:
        return model, BUILDERS[model]
    if callable(model):
        return getattr(model, "__name__", "model"), model
    raise ValueError(
        f"There is no model {model!r}; there are {', '.join(BUILDERS)}, or hand in a function "
        "that builds one: (batch, streams, timesteps, features, units) -> a Keras model."
    )
