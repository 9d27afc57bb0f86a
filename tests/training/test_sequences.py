"""The trainer of LSTM models, against Keras' `fit` with the same weights and batches."""

import gc
import threading
import weakref
from functools import partial

import numpy as np
import pytest

from utils.training import sequences

MODELS, STEPS, BATCH, TIMESTEPS, UNITS = 2, 5, 6, 7, 4
RATE = 1e-2


def problem(kind, features=1):
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(STEPS, MODELS, BATCH, TIMESTEPS, features)).astype(np.float32)
    targets = np.roll(inputs[..., 0], 2, axis=-1)
    weights = sequences.stack(
        [
            sequences.initial_weights(seed, kind, UNITS, TIMESTEPS, features)
            for seed in range(MODELS)
        ]
    )
    return weights, inputs, targets


def keras_model(kind, weights, features=1):
    import keras
    from keras.layers import LSTM, Dense, Reshape, TimeDistributed

    zeros = {"kernel_initializer": "zeros"}
    sequence = kind == "sequence"
    model = keras.Sequential(
        [
            keras.Input((TIMESTEPS, features)),
            LSTM(UNITS, return_sequences=sequence, recurrent_initializer="zeros", seed=0, **zeros),
            TimeDistributed(Dense(1, **zeros)) if sequence else Dense(TIMESTEPS, **zeros),
            Reshape((TIMESTEPS,)),
        ]
    )
    model.set_weights(weights)
    return model


@pytest.mark.parametrize(("kind", "skip"), [("sequence", 0), ("last", 0), ("sequence", 3)])
def test_each_of_several_models_is_trained_as_fit_would(kind, skip):
    import keras

    weights, inputs, targets = problem(kind)
    *_, last = sequences.train(
        weights, kind, inputs, targets, learning_rate=RATE, skip=skip, chunk=STEPS
    )
    assert last.step == STEPS
    for m in range(MODELS):
        model = keras_model(kind, [w[m] for w in weights])

        def loss(y, outputs):
            return keras.ops.sum((y - outputs)[:, skip:] ** 2, axis=1)

        model.compile(keras.optimizers.Adam(RATE), loss, run_eagerly=True)
        rows = [a[:, m].reshape(-1, *a.shape[3:]) for a in (inputs, targets)]
        mean = model.fit(*rows, batch_size=BATCH, shuffle=False, verbose=0).history["loss"]
        np.testing.assert_allclose(last.losses[:, m].mean(), mean, rtol=2e-6)
        for ours, theirs in zip(last.weights, model.get_weights(), strict=True):
            # Adam divides by the gradient's own size, and so lifts the last bits of small ones.
            np.testing.assert_allclose(ours[m], theirs, atol=1e-5)


@pytest.mark.parametrize("kind", sequences.KINDS)
def test_the_numpy_answer_is_that_of_keras(kind):
    weights, inputs, _ = problem(kind, features=2)
    one = [w[0] for w in weights]
    np.testing.assert_allclose(
        sequences.predict(one, kind, inputs[0, 0]),
        keras_model(kind, one, 2).predict(inputs[0, 0], verbose=0),
        atol=2e-6,
    )


def test_how_the_work_is_cut_changes_nothing(monkeypatch):
    problem_ = problem("last")
    train = partial(sequences.train, problem_[0], "last", *problem_[1:], learning_rate=RATE)
    whole = list(train(chunk=STEPS))
    assert [report.step for report in whole] == [0, STEPS]
    monkeypatch.setattr(sequences, "BLOCK_STEPS", 3)
    pieces = list(train(chunk=2))
    assert [report.step for report in pieces] == [0, 2, 3, 5]
    losses = np.concatenate([report.losses for report in pieces])
    np.testing.assert_allclose(losses, whole[-1].losses, rtol=1e-6)
    for ours, theirs in zip(pieces[-1].weights, whole[-1].weights, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)
    unasked = [report.step for report in train()]  # in pieces of about 0.1 s
    assert unasked[0] == 0 and unasked[-1] == STEPS and unasked == sorted(unasked)


def test_a_closed_training_leaves_nothing_behind():
    weights, *batches = problem("last")
    threads = threading.active_count()
    training = sequences.train(weights, "last", *batches, learning_rate=RATE, chunk=1)
    assert [next(training).step for _ in range(3)] == [0, 1, 2]
    kept = weakref.ref(training.gi_frame.f_locals["training"])
    training.close()
    gc.collect()
    assert kept() is None and threading.active_count() == threads


@pytest.mark.parametrize(
    ("kind", "inputs", "targets", "words"),
    [
        ("sequence", (2, 2, 6, 7), (2, 2, 6, 7), "inputs have the shape"),
        ("sequence", (2, 3, 6, 7, 1), (2, 3, 6, 7), "expected .steps, 2 models"),
        ("sequence", (2, 2, 6, 7, 1), (2, 2, 6, 7, 1), "targets have the shape"),
        ("sequence", (2, 2, 6, 7, 2), (2, 2, 6, 7), "1 features"),
        ("last", (2, 2, 6, 7, 1), (2, 2, 6, 7), "has 1 outputs; kind 'last' with 7"),
        ("first", (2, 2, 6, 7, 1), (2, 2, 6, 7), "There is no kind 'first'"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(kind, inputs, targets, words):
    weights, *_ = problem("sequence")
    training = sequences.train(
        weights, kind, np.zeros(inputs), np.zeros(targets), learning_rate=RATE
    )
    with pytest.raises(ValueError, match=words):
        next(training)
