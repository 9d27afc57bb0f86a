"""The trainer of dense networks against Keras' `fit`, on puzzle 02's data, in CPU and wall seconds.

Everything runs in one process and in turns, so that a busy machine is busy for all. A fit of Keras
is a complete one, from the building of its model to its last epoch; the trainer's time holds its
compilation, which is done anew in each turn.
"""

import time
from dataclasses import dataclass
from functools import partial

import numpy as np

from utils.puzzles.dropout_and_seed import question
from utils.training import dense
from utils.warming_up import load_quietly

STEPS_PER_EXECUTION = 40
CHUNK = 250  # steps between the trainer's reports, as for the records
MATMUL = 2048  # rows and columns of the one large product
OURS, FIT, FAST_FIT = "this trainer", "fit", f"fit(steps_per_execution={STEPS_PER_EXECUTION})"


@dataclass(frozen=True)
class Setting:
    """What is trained: data, how often, and how many fits of Keras stand for the models."""

    rows: int
    inputs: int
    rows_a_window: int
    turns: int
    fits: int  # complete ones of each kind in a turn
    models: int = 10  # of the trainer, at once
    epochs: int = question.EPOCHS


REDUCED = Setting(rows=10_000, inputs=201, rows_a_window=4, turns=3, fits=10)
FULL = Setting(question.ROWS, question.INPUTS, question.ROWS_A_WINDOW, turns=2, fits=2)


@dataclass(frozen=True)
class Taken:
    """What some complete trainings took, and the mean of their last training losses."""

    models: int
    cpu: float  # seconds
    wall: float
    loss: float
    compiling: float = 0.0  # CPU seconds of cpu

    def per_model(self):
        """CPU and wall seconds of one model."""
        return np.array([self.cpu, self.wall]) / self.models


def report(full=False, turns=None, fits=None, say=print):
    """Measure and print, each row once it is there: the reduced set, then full scale if wanted."""
    load_quietly()
    for setting in (REDUCED, FULL) if full else (REDUCED,):
        _compare(setting, turns or setting.turns, fits or setting.fits, say)


def _compare(setting, turns, fits, say):
    data, held_out = question.split(
        *question.data(setting.rows, setting.inputs, setting.rows_a_window)
    )
    say(
        f"{setting.models} models of {question.HIDDEN} × {question.UNITS} units, {setting.rows:,} "
        f"rows × {setting.inputs} inputs, {setting.epochs} epochs, batch {question.BATCH}, "
        f"Dropout {question.RATE}; turns: {turns}, complete fits of each "
        f"kind in a turn: {fits}.",
        flush=True,
    )
    say(
        f"{'turn':<6}{'':<30}{'models':>7}{'CPU s':>10}{'wall s':>10}{'CPU s a model':>15}"
        f"{'loss':>8}",
    )
    taken = {OURS: [], FIT: [], FAST_FIT: []}
    peaks = []
    for turn in range(turns):
        peaks.append(_flops_of_matmul())
        for name in taken:
            if name == OURS:
                one = _ours(setting, data, held_out)
            else:
                one = _fits(setting, data, held_out, name, range(fits))
            taken[name].append(one)
            say(
                f"{turn + 1:<6}{name:<30}{one.models:>7}{one.cpu:>10.1f}{one.wall:>10.1f}"
                f"{one.cpu / one.models:>15.2f}{one.loss:>8.2f}",
                flush=True,
            )
    for line in _summary(setting, taken, peaks):
        say(line, flush=True)


def _ours(setting, data, held_out):
    dense.forget_compiled()
    sizes = setting.inputs, *[question.UNITS] * question.HIDDEN, 1
    cpu, wall = time.process_time(), time.perf_counter()
    weights = dense.stack([dense.initial_weights(seed, sizes) for seed in range(setting.models)])
    train = partial(
        dense.train, weights, *data, epochs=setting.epochs, batch=question.BATCH,
        learning_rate=question.LEARNING_RATE, rates=question.RATE, validation=held_out,
    )  # fmt: skip
    first = train(chunk=1)
    next(first), next(first)  # untrained, then compiled and one step on
    first.close()
    compiling = time.process_time() - cpu
    for report in train(chunk=CHUNK):
        last = report
    return Taken(
        setting.models, time.process_time() - cpu, time.perf_counter() - wall,
        last.training[-1].mean(), compiling,
    )  # fmt: skip


def _fits(setting, data, held_out, name, seeds):
    import keras

    cpu, wall = time.process_time(), time.perf_counter()
    losses = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(question.question_layers(question.RATE, question.UNITS))
        model.compile(
            keras.optimizers.RMSprop(question.LEARNING_RATE), "mse",
            steps_per_execution=STEPS_PER_EXECUTION if name == FAST_FIT else 1,
        )  # fmt: skip
        history = model.fit(
            *data, batch_size=question.BATCH, epochs=setting.epochs, validation_data=held_out,
            verbose=0,
        ).history  # fmt: skip
        losses.append(history["loss"][-1])
    taken = time.process_time() - cpu, time.perf_counter() - wall
    return Taken(len(losses), *taken, np.mean(losses))


def _flops_of_matmul():
    """Floating point operations a CPU second in one large product: the best of five."""
    import tensorflow as tf

    matrix, seconds = tf.random.stateless_normal([MATMUL, MATMUL], [0, 0]), []
    for _ in range(6):
        began = time.process_time()
        float(tf.matmul(matrix, matrix)[0, 0])  # waits for it
        seconds.append(time.process_time() - began)
    return 2 * MATMUL**3 / min(seconds[1:])


def _flops(setting, rows):
    """Floating point operations of training all models and of scoring them after each epoch."""
    first = setting.inputs * question.UNITS
    rest = (question.HIDDEN - 1) * question.UNITS**2 + question.UNITS
    trained = 2 * (2 * first + 3 * rest)  # a row: forward, by the weights, by the layer's inputs
    scored = 2 * (first + rest)
    a_model = rows * trained + (setting.rows - rows) * scored
    return setting.models * setting.epochs * a_model


def _summary(setting, taken, peaks):
    ours = taken[OURS]
    yield "Seconds a model, as a multiple of this trainer's: min / median / max of the turns"
    yield f"{'':<36}{'CPU seconds':>22}{'wall seconds':>24}"
    for name in (FIT, FAST_FIT):
        ratios = np.array(
            [a.per_model() / b.per_model() for a, b in zip(taken[name], ours, strict=True)]
        )  # [turns, 2]
        cpu, wall = (
            f"{column.min():.1f} / {np.median(column):.1f} / {column.max():.1f}"
            for column in ratios.T
        )
        yield f"{'':<6}{name:<30}{cpu:>22}{wall:>24}"
    rows = int(setting.rows * (1 - question.HELD_OUT))
    rates = np.array([_flops(setting, rows) / (one.cpu - one.compiling) for one in ours])
    shares = rates / peaks
    yield (
        f"This trainer, once compiled ({np.median([one.compiling for one in ours]):.1f} CPU "
        f"seconds): {np.median(rates) / 1e9:.0f} GFLOP a CPU second, {shares.min():.0%} to "
        f"{shares.max():.0%} of the {np.median(peaks) / 1e9:.0f} of one product of "
        f"{MATMUL} × {MATMUL}."
    )
    yield ""
