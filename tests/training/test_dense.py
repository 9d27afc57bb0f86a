"""The trainer of dense networks, against Keras' `fit` with the same weights, orders and masks."""

import gc
import random
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest

from utils.training import dense

MODELS, ROWS, BATCH, EPOCHS = 2, 22, 8, 2  # the last batch of an epoch has 6 rows
SIZES = (5, 7, 4, 1)
HIDDEN = SIZES[1:-1]
STEPS = -(-ROWS // BATCH)  # of an epoch
RMSPROP = {"epochs": EPOCHS, "batch": BATCH, "learning_rate": 5e-3}


def problem():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS + 6, SIZES[0])).astype(np.float32)
    y = np.sin(x.sum(axis=1)).astype(np.float32)
    orders = np.stack([[rng.permutation(ROWS) for _ in range(MODELS)] for _ in range(EPOCHS)])
    weights = dense.stack([dense.initial_weights(seed, SIZES) for seed in range(MODELS)])
    return weights, (x[:ROWS], y[:ROWS]), (x[ROWS:], y[ROWS:]), orders


def keras_fit(weights, data, validation, orders, rate, seed):
    """One model trained by `fit`, an epoch a time in a given order: what happened, and its masks.

    Returns losses and validation losses [epochs], weights, and what Dropout kept, recomputed from
    the layers' seed generators: [epochs, steps, batch, hidden units].
    """
    import keras
    import tensorflow as tf

    layers = [keras.Input(SIZES[:1])]
    for place, units in enumerate(HIDDEN):
        layers += [
            keras.layers.Dense(units, "relu", kernel_initializer="zeros"),
            keras.layers.Dropout(rate, seed=10 * seed + place),
        ]
    model = keras.Sequential([*layers, keras.layers.Dense(1, kernel_initializer="zeros")])
    model.set_weights(weights)
    model.compile(keras.optimizers.RMSprop(RMSPROP["learning_rate"]), "mse", run_eagerly=True)
    dropouts = [layer for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
    losses, scored, masks = [], [], []
    for order in orders:
        kept = np.ones((STEPS, BATCH, sum(HIDDEN)), bool)
        if rate:
            for step in range(STEPS):
                n = min(BATCH, ROWS - step * BATCH)
                kept[step, :n] = np.concatenate(
                    [
                        tf.nn.experimental.stateless_dropout(
                            tf.ones([n, units]),
                            rate,
                            seed=tf.add(dropout.seed_generator.state.value, [0, step]),
                        )
                        > 0
                        for dropout, units in zip(dropouts, HIDDEN, strict=True)
                    ],
                    axis=1,
                )
        masks.append(kept)
        history = model.fit(
            data[0][order], data[1][order], batch_size=BATCH, shuffle=False, verbose=0,
            validation_data=validation,
        ).history  # fmt: skip
        losses += history["loss"]
        scored += history["val_loss"]
    return losses, scored, model.get_weights(), np.array(masks)


@pytest.mark.parametrize("rates", [(0.0, 0.0), (0.5, 0.3)])
def test_each_of_several_models_is_trained_as_fit_would(rates):
    weights, data, validation, orders = problem()
    fits = [
        keras_fit([w[m] for w in weights], data, validation, orders[:, m], rates[m], m)
        for m in range(MODELS)
    ]
    masks = np.stack([kept for *_, kept in fits], axis=2) if any(rates) else None
    if masks is not None:
        assert 0.4 < masks.mean() < 0.8  # something is dropped, and something kept
    *_, last = dense.train(
        weights, *data, **RMSPROP, rates=rates, orders=orders, masks=masks, validation=validation
    )
    assert last.step == EPOCHS * STEPS
    for m, (losses, scored, trained, _) in enumerate(fits):
        np.testing.assert_allclose(last.training[:, m], losses, rtol=2e-6)
        np.testing.assert_allclose(last.validation[:, m], scored, rtol=2e-6)
        for ours, theirs in zip(last.weights, trained, strict=True):
            np.testing.assert_allclose(ours[m], theirs, atol=2e-6)


def drawn(**changes):
    """The last report of a training whose orders and masks are drawn."""
    weights, data, validation, _ = problem()
    settings = {"rates": [0.5, 0.0], "seeds": [3, 4], "validation": validation, "chunk": STEPS}
    *_, last = dense.train(weights, *data, **RMSPROP, **{**settings, **changes})
    return last


def same(one, other):
    for ours, theirs in zip(one.weights, other.weights, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)
    np.testing.assert_allclose(one.training, other.training, rtol=1e-6)
    np.testing.assert_allclose(one.validation, other.validation, rtol=1e-6)


def test_how_the_work_is_cut_changes_nothing(monkeypatch):
    whole = drawn()
    same(drawn(chunk=2), whole)
    monkeypatch.setattr(dense, "BLOCK_STEPS", 2)  # an epoch has 3: the last block is filled up
    monkeypatch.setattr(dense, "SCORED_ROWS", 4)  # of 6
    monkeypatch.setattr(dense, "GROUP_BYTES", 1)  # each model by itself
    same(drawn(chunk=None), whole)


def test_what_is_drawn_depends_on_the_seed():
    one, other = drawn(), drawn(seeds=[5, 4])
    assert not np.allclose(one.training[:, 0], other.training[:, 0])
    np.testing.assert_allclose(one.training[:, 1], other.training[:, 1], rtol=1e-6)


def test_the_validation_loss_is_that_of_the_answers():
    *_, (x, y), _ = problem()
    last = drawn()
    errors = dense.predict(last.weights, x) - y
    np.testing.assert_allclose((errors**2).mean(axis=1), last.validation[-1], rtol=1e-5)


def test_a_closed_training_leaves_nothing_behind():
    weights, data, _, _ = problem()
    threads, before = threading.active_count(), (random.getstate(), np.random.get_state()[1].copy())
    training = dense.train(weights, *data, **RMSPROP, rates=0.5, chunk=1)
    assert [next(training).step for _ in range(4)] == [0, 1, 2, 3]
    kept = weakref.ref(training.gi_frame.f_locals["training"])
    training.close()
    gc.collect()
    assert kept() is None and threading.active_count() == threads
    assert random.getstate() == before[0] and np.array_equal(np.random.get_state()[1], before[1])


def test_the_untrained_models_are_shown_without_tensorflow():
    program = (
        "import sys, numpy as np; from utils.training import dense, sequences\n"
        "w = dense.stack([dense.initial_weights(0, (3, 2, 1))])\n"
        "assert next(dense.train(w, np.zeros((4, 3)), np.zeros(4), epochs=1, batch=2,"
        " learning_rate=.1)).step == 0\n"
        "w = sequences.stack([sequences.initial_weights(0, 'last', 2, 5)])\n"
        "batches = np.zeros((1, 1, 2, 5, 1)), np.zeros((1, 1, 2, 5))\n"
        "assert next(sequences.train(w, 'last', *batches, learning_rate=.1)).step == 0\n"
        "assert 'tensorflow' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


WEIGHTS, (X, Y), _, _ = problem()
GOOD = {"weights": WEIGHTS, "x": X, "y": Y, **RMSPROP}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"x": X[:, 1:]}, r"x has the shape \(22, 4\); expected \[rows, 5 inputs\]"),
        ({"x": X[:0], "y": Y[:0]}, r"x has the shape \(0, 5\)"),
        ({"y": Y[1:]}, r"y has the shape \(21,\); expected \[22\]"),
        ({"validation": (X, Y[1:])}, "validation y has the shape"),
        ({"rates": 1.0}, "rates are 1.0; expected one number"),
        ({"rates": [0.1, 0.2, 0.3]}, "one for each of the 2 models"),
        ({"rates": np.nan}, "rates are nan"),
        ({"seeds": [1]}, "There are 1 seeds for 2 models"),
        ({"weights": WEIGHTS[:-1]}, "The weights have the shapes"),
        ({"weights": [w[0] for w in WEIGHTS]}, "The weights have the shapes"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(bad, words):
    with pytest.raises(ValueError, match=words):
        next(dense.train(**{**GOOD, **bad}))


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"orders": np.zeros((EPOCHS, MODELS, ROWS - 1), int)}, r"order has the shape \(2, 21\)"),
        ({"orders": np.full((EPOCHS, MODELS, ROWS), ROWS)}, "a row that is not among 0 … 21"),
        ({"masks": np.ones((EPOCHS, STEPS, MODELS, BATCH, 3), bool)}, "The masks of 3 steps"),
        ({"masks": np.ones((EPOCHS, STEPS, MODELS, BATCH, sum(HIDDEN)))}, "are float64"),
    ],
)
def test_orders_and_masks_that_do_not_fit_are_refused(bad, words):
    with pytest.raises(ValueError, match=words):
        list(dense.train(**{**GOOD, **bad}))
