"""The fast trainer, against Keras with the same weights and batches."""

import numpy as np
import pytest

from utils.puzzles import time_major_lists as puzzle
from utils.training import recurrent

SEEDS = 3


def problem(layout, batch, timesteps, steps, units=4):
    weights = recurrent.stack([recurrent.initial_weights(s, units) for s in range(SEEDS)])
    drawn = [puzzle.batches(layout, batch, timesteps, steps, s) for s in range(SEEDS)]
    inputs, targets = (np.stack(arrays, axis=1) for arrays in zip(*drawn, strict=True))
    return weights, inputs, targets


def keras_training(weights, inputs, targets, clip, carried):
    """One model trained by Keras' own LSTM layers and optimizer; losses and weights."""
    import keras
    import tensorflow as tf

    units, batch = weights[1].shape[0], inputs.shape[2]
    lstms = [
        keras.layers.LSTM(units, return_sequences=True, return_state=True, seed=0) for _ in range(2)
    ]
    dense = keras.layers.Dense(4)
    variables = []
    for layer, features in [(lstms[0], 1), (lstms[1], units), (dense, units)]:
        layer.build((None, None, features) if layer is not dense else (None, features))
        variables += layer.trainable_variables
    for variable, value in zip(variables, weights, strict=True):
        variable.assign(value)
    optimizer = keras.optimizers.SGD(0.5, global_clipnorm=clip)
    states, losses = [[tf.zeros([batch, units])] * 2] * 2, []
    for x, y in zip(inputs, targets, strict=True):
        with tf.GradientTape() as tape:
            h, final = np.swapaxes(x, 0, 1), []
            for lstm, state in zip(lstms, states, strict=True):
                h, *after = lstm(h, initial_state=state)
                final.append(after)
            loss = keras.ops.mean(
                keras.losses.sparse_categorical_crossentropy(y.T, dense(h), from_logits=True)
            )
        optimizer.apply(tape.gradient(loss, variables), variables)
        losses.append(float(loss))
        states = final if carried else states
    return losses, [np.asarray(v) for v in variables]


@pytest.mark.parametrize(
    ("layout", "batch", "timesteps", "clip", "carried"),
    [
        ("wrong", 5, 2, 10.0, False),
        ("right", 3, 6, 10.0, True),
        ("right", 4, 6, 0.05, True),  # clipped at every step
    ],
)
def test_each_of_several_models_is_trained_as_keras_would(layout, batch, timesteps, clip, carried):
    weights, inputs, targets = problem(layout, batch, timesteps, steps=6)
    *_, last = recurrent.train(
        weights, inputs, targets, learning_rate=0.5, clip=clip, carried=carried, chunk=6
    )
    for s in range(SEEDS):
        losses, trained = keras_training(
            [w[s] for w in weights], inputs[:, s], targets[:, s], clip, carried
        )
        np.testing.assert_allclose(last.losses[:, s], losses, rtol=2e-6)
        for ours, theirs in zip(last.weights, trained, strict=True):
            np.testing.assert_allclose(ours[s], theirs, atol=2e-6)


def test_chunks_change_nothing_and_the_untrained_model_comes_first():
    weights, inputs, targets = problem("right", 3, 6, steps=7)
    whole, pieces = (
        list(
            recurrent.train(
                weights, inputs, targets, learning_rate=0.1, clip=10.0, carried=True, chunk=chunk
            )
        )
        for chunk in (7, 2)
    )
    assert [report.step for report in pieces] == [0, 2, 4, 6, 7]
    for before, first in zip(weights, pieces[0].weights, strict=True):
        assert np.array_equal(before, first)
    losses = np.concatenate([report.losses for report in pieces])
    assert np.array_equal(losses, whole[-1].losses)
    for one, other in zip(whole[-1].weights, pieces[-1].weights, strict=True):
        assert np.array_equal(one, other)


def test_the_untrained_model_is_shown_without_tensorflow():
    import subprocess
    import sys

    program = (
        "import sys; from utils.puzzles import time_major_lists as p\n"
        "first = next(p.trainings('right', 7, 50))\n"
        "assert first.step == 0 and 'tensorflow' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_one_trace_serves_all_sizes():
    run = recurrent.compiled(1)
    for layout, batch, timesteps, units in [("right", 3, 4, 2), ("wrong", 8, 2, 5)]:
        weights = recurrent.stack([recurrent.initial_weights(0, units)])
        inputs, targets = puzzle.batches(layout, batch, timesteps, 2, 0)
        for _ in recurrent.train(
            weights, inputs[:, None], targets[:, None], learning_rate=0.1, clip=10.0
        ):
            pass
    assert run.experimental_get_tracing_count() == 1


def test_an_odd_batch_is_trained_without_a_word(capfd):
    weights, inputs, targets = problem("right", 3, 5, steps=2, units=5)
    list(recurrent.train(weights, inputs, targets, learning_rate=0.1, clip=10.0))
    assert "BlockLSTM" not in capfd.readouterr().err


def test_the_numpy_forward_goes_on_from_a_state():
    weights = recurrent.initial_weights(0, units=4)
    x = np.random.default_rng(0).normal(size=(6, 2, 1))
    whole, _ = recurrent.forward(weights, x)
    first, state = recurrent.forward(weights, x[:2])
    rest, _ = recurrent.forward(weights, x[2:], state)
    np.testing.assert_allclose(np.concatenate([first, rest]), whole, atol=1e-6)


def test_the_numpy_forward_computes_in_the_weights_dtype():
    """In float64 it keeps what float32 rounds away; the same from a state, whatever that is in."""
    weights = recurrent.initial_weights(0, units=4)
    doubled = [np.float64(w) for w in weights]
    x = np.random.default_rng(0).normal(size=(6, 2, 1))
    faint = x + 1e-12
    for ours, dtype in ((weights, np.dtype("float32")), (doubled, np.dtype("float64"))):
        logits, state = recurrent.forward(ours, x)
        assert {logits.dtype, *(part.dtype for pair in state for part in pair)} == {dtype}
        on, _ = recurrent.forward(ours, x, [np.float64(pair) for pair in state])
        assert on.dtype == dtype
        assert (recurrent.forward(ours, faint)[0] != logits).any() == (dtype == np.float64)
    np.testing.assert_allclose(recurrent.forward(weights, x)[0], logits, atol=1e-6)


def test_initial_weights_are_drawn_as_keras_draws_them():
    kernel, recurrent_kernel, bias, *_ = recurrent.initial_weights(0, units=50, inputs=30)
    np.testing.assert_allclose(recurrent_kernel @ recurrent_kernel.T, np.eye(50), atol=1e-5)
    limit = np.sqrt(6 / (30 + 200))
    assert 0.99 * limit < np.abs(kernel).max() <= limit
    assert bias.tolist() == [0] * 50 + [1] * 50 + [0] * 100


@pytest.mark.parametrize(
    ("inputs", "targets", "words"),
    [
        ((2, 1, 4, 3, 1), (2, 3, 4, 3), "inputs have the shape"),
        ((2, 3, 4, 3), (2, 3, 4, 3), "inputs have the shape"),
        ((2, 3, 4, 3, 1), (2, 3, 3, 4), "targets have the shape"),
    ],
)
def test_batches_of_the_wrong_shape_are_refused(inputs, targets, words):
    weights, *_ = problem("right", 3, 4, steps=1)
    training = recurrent.train(
        weights, np.zeros(inputs), np.zeros(targets, int), learning_rate=0.1, clip=10.0
    )
    with pytest.raises(ValueError, match=words):
        next(training)
