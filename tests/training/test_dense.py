"""The trainer of dense networks, against Keras' `fit` with the same weights, orders and masks."""

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
    model.compile(keras.optimizers.RMSprop(RMSPROP["learning_rate"]), "mse")
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
