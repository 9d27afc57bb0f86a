"""The trainer of LSTM models, against Keras' `fit` with the same weights and batches."""

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

        model.compile(keras.optimizers.Adam(RATE), loss)
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
