"""The room of puzzle 03: its signals, its models, and what can be known of the echo."""

import numpy as np
import pytest

from utils.instruments import influence
from utils.puzzles import sequence_or_last_state as puzzle
from utils.puzzles.sequence_or_last_state import knowable, posterior, signals

# The signals


@pytest.mark.parametrize("make", [puzzle.sines, puzzle.noise])
@pytest.mark.parametrize(("delay", "before"), [(0, 0), (3, 0), (3, 3), (3, 8), (10, 2), (30, 0)])
def test_the_target_is_the_input_delay_samples_earlier(make, delay, before):
    x, y = make(6, 12, delay, seed=1, before=before)
    assert x.shape == (6, before + 12, 1) and y.shape == (6, 12)
    assert x.dtype == y.dtype == np.float32
    for t in range(12):
        if before + t - delay >= 0:
            assert np.array_equal(y[:, t], x[:, before + t - delay, 0])


def test_a_sine_goes_on_before_the_window():
    _, y = puzzle.sines(50, 12, 10, seed=0)
    curvature = (y[:, 2:] + y[:, :-2]) / y[:, 1:-1]  # 2 cos w, the same all along a sine
    usable = np.abs(y[:, 1:-1]) > 0.2
    middle = np.median(curvature, axis=1, keepdims=True)
    assert np.abs(curvature - middle)[usable].max() < 1e-4


def test_frequencies_and_phases_fill_their_ranges():
    x, _ = puzzle.sines(4000, 3, 0, seed=0)
    x = x[:, :, 0].astype(float)
    w = np.arccos(np.clip((x[:, 0] + x[:, 2]) / x[:, 1] / 2, -1, 1))[np.abs(x[:, 1]) > 0.5]
    hertz = w * signals.SAMPLES_A_SECOND / 2 / np.pi
    assert 0.45 < hertz.min() < 0.6 and 3.95 < hertz.max() < 4.01
    assert np.mean(hertz) == pytest.approx(2.25, abs=0.06)
    assert np.mean(x**2) == pytest.approx(0.5, abs=0.02)


def test_the_same_seed_gives_the_same_sines_whatever_is_heard_of_them():
    x, y = puzzle.sines(5, 12, 4, seed=3)
    longer, same = puzzle.sines(5, 12, 4, seed=3, before=7)
    assert np.array_equal(y, same) and np.array_equal(longer[:, 7:], x)
    assert not np.array_equal(x, puzzle.sines(5, 12, 4, seed=4)[0])


def test_noise_has_the_power_of_a_sine_and_tells_nothing():
    x, y = puzzle.noise(4000, 10, 5, seed=0)
    assert np.var(x) == pytest.approx(0.5, abs=0.01)
    assert abs(np.mean(x[:, 0, 0] * y[:, 0])) < 0.03
    noisy, _ = puzzle.sines(4000, 10, 5, seed=0, noise=0.3)
    clean, _ = puzzle.sines(4000, 10, 5, seed=0)
    assert np.std(noisy - clean) == pytest.approx(0.3, abs=0.01)


def test_an_impossible_window_is_a_sentence():
    for sizes in [(0, 1, 0), (5, -1, 0), (5, 1, -2)]:
        with pytest.raises(ValueError, match="There can't be a window"):
            puzzle.sines(3, *sizes[:2], seed=0, before=sizes[2])


# What can be known


def test_the_floors_of_the_fact_sheet():
    summed = {delay: puzzle.floor(delay, 25).sum() for delay in (1, 3, 5, 10, 20)}
    facts = {1: 0.012, 3: 0.100, 5: 0.240, 10: 0.502, 20: 0.449}
    assert summed == pytest.approx(facts, abs=0.0006)
    assert (puzzle.floor(10, 25)[2:] == 0).all()  # three samples tell the sine
    assert puzzle.best_linear(10, 25).sum() == pytest.approx(0.69, abs=0.01)
    assert puzzle.best_linear(10, 25, noise=0.01).sum() == pytest.approx(0.90, abs=0.01)


@pytest.mark.parametrize("delay", [10, 20])
def test_no_causal_regression_gets_below_the_floor_and_a_good_one_gets_near(delay):
    """A cross-check that shares no code: nearest neighbours among sines that were heard alike."""
    x, y = puzzle.sines(30_000, 2, delay, seed=0)
    x_new, y_new = puzzle.sines(1500, 2, delay, seed=1)
    for t in (0, 1):
        errors = []
        for heard, wanted in zip(x_new[:, : t + 1, 0], y_new[:, t], strict=True):
            near = np.argpartition(((x[:, : t + 1, 0] - heard) ** 2).sum(axis=1), 25)[:25]
            errors.append((y[near, t].mean() - wanted) ** 2)
        floor = puzzle.floor(delay, 25)[t]
        spread = 3 * np.std(errors) / np.sqrt(len(errors))
        near_enough = 1.1 if t == 0 else 2  # neighbours blur the jumps between sines that fit two
        assert floor - spread < np.mean(errors) < near_enough * floor + spread


@pytest.mark.parametrize("noise", [0.3, 0.1])
def test_the_floor_with_noise_is_that_of_weighing_many_sines(noise):
    """Importance sampling from all sines, in place of boxes: slower, and simple."""
    draws, longest = 60, 6
    rng = np.random.default_rng(0)
    low, high = knowable.SLOWEST, knowable.FASTEST
    w, phase = rng.uniform(low, high, 30_000), rng.uniform(0, 2 * np.pi, 30_000)
    heard = posterior._heard(noise, longest, draws, low, high)
    expected = np.zeros((longest, longest))
    for samples in heard:
        misses = samples[:, np.newaxis] - np.sin(phase + np.outer(np.arange(longest), w))
        logs = -np.cumsum(misses**2, axis=0) / 2 / noise**2  # [steps, sines]
        weight = np.exp(logs - logs.max(axis=1, keepdims=True))
        weight /= weight.sum(axis=1, keepdims=True)
        for k in range(longest):
            value = np.sin(phase - (k + 1) * w)
            expected[:, k] += (weight @ value**2 - (weight @ value) ** 2) / draws
    np.testing.assert_allclose(
        posterior.variances(noise, longest, draws), expected, rtol=0.12, atol=2e-4
    )


def test_little_noise_leads_to_the_floor_without_noise():
    for t, allowed in [(0, 0.01), (1, 0.01)]:
        noisy = puzzle.recorded_floor(10, 25, 0.001)[t]
        assert noisy == pytest.approx(puzzle.floor(10, 25)[t], abs=allowed)
    summed = [puzzle.recorded_floor(10, 25, noise).sum() for noise in (0, 0.001, 0.01, 0.1, 0.3)]
    assert summed == sorted(summed)


def test_the_floor_lies_below_the_best_linear_answer_at_every_step():
    for delay in (1, 5, 10, 20):
        for noise in (0.0, 0.01, 0.1):
            floor = puzzle.recorded_floor(delay, 25, noise)
            assert (floor <= puzzle.best_linear(delay, 25, noise) * 1.02 + 1e-9).all()


def test_noise_can_be_echoed_only_once_it_is_heard():
    assert puzzle.floor_of_noise(3, 5) == pytest.approx([0.5, 0.5, 0.5, 0, 0])
    assert puzzle.floor(3, 5, 0.3)[3:].tolist() == [0, 0]
    assert (puzzle.floor(3, 5, 0.3)[:3] > 0.3**2).all()


def test_a_delay_longer_than_the_window_and_none_at_all():
    assert puzzle.floor(0, 4).tolist() == [0, 0, 0, 0]
    assert puzzle.floor(9, 3) == pytest.approx(puzzle.floor(9, 25)[:3])
    for noise in (-1.0, 1e-5, float("nan")):
        with pytest.raises(ValueError, match="standard deviation"):
            puzzle.floor(3, 5, noise)


def test_what_a_model_could_reach_follows_from_what_it_hears():
    everything = np.ones((6, 6), bool)
    assert puzzle.floor_hearing(everything, 3).tolist() == [0] * 6
    assert puzzle.floor_hearing(~everything, 3).tolist() == [0.5] * 6
    own = np.eye(6, dtype=bool)  # each output hears its own sample: one sample, three steps late
    assert puzzle.floor_hearing(own, 3) == pytest.approx([puzzle.floor(3, 6)[0]] * 6)
    assert puzzle.floor_hearing(np.roll(own, 3, axis=1), 3)[3:].tolist() == [0, 0, 0]
    causal = np.triu(everything)
    assert puzzle.floor_hearing(causal, 3) == pytest.approx(puzzle.floor(3, 6))
    warm = np.vstack([np.ones((3, 6), bool), causal])
    assert puzzle.floor_hearing(warm, 3, before=3).tolist() == [0] * 6
    with pytest.raises(ValueError, match=r"shape \(3,\); expected \[inputs, outputs\]"):
        puzzle.floor_hearing([1, 0, 1], 3)


# The models


MODELS = {  # builder, output shape and parameters at 32 units, and whether it hears enough
    "sequence": (puzzle.sequence_model, (25, 1), 4385, False),
    "last": (puzzle.last_state_model, (25,), 5177, True),
    "bidirectional": (puzzle.bidirectional_model, (25, 1), 2337, True),
    "encoder_decoder": (puzzle.encoder_decoder_model, (25, 1), 12705, True),
    "flatten": (puzzle.flatten_model, (25,), 24377, True),
    "two_layers": (puzzle.two_layer_model, (25, 1), 12705, False),
    "warm_up": (lambda *sizes: puzzle.warm_up_model(*sizes, before=3), (25, 1), 4385, True),
}


@pytest.mark.parametrize("name", MODELS)
def test_each_model_has_its_shape_its_size_and_its_reach(name):
    build, shape, parameters, enough = MODELS[name]
    model = build(25, 32)
    assert model.output_shape == (None, *shape) and model.count_params() == parameters
    small = build(5, 4)
    before = small.input_shape[1] - 5
    x, _ = puzzle.sines(1, 5, 3, 0, before)
    moved = influence(lambda x: np.reshape(small(x), (-1, 5)), x[0], vectorized=True).moved
    reach = puzzle.floor_hearing(moved, 3, before)
    assert reach == pytest.approx(np.zeros(5) if enough else puzzle.floor(3, 5))


def test_the_raw_model_is_the_lstm_cell_of_the_old_days():
    """Against Keras' own LSTM, with the gates in its order and the 1 in its bias."""
    weights = puzzle.native_weights(0, timesteps=7, units=5)
    assert {name: w.shape for name, w in weights.items()} == {
        "kernel": (6, 20), "bias": (20,), "W": (5, 7), "b": (7,),
    }  # fmt: skip
    assert not np.array_equal(weights["W"], puzzle.native_weights(1, 7, 5)["W"])
    weights["bias"] = np.random.default_rng(0).normal(size=20).astype(np.float32)
    x, _ = puzzle.sines(3, 7, 2, 0)
    i, j, f, o = np.split(np.vstack([weights["kernel"], weights["bias"]]), 4, axis=1)
    kernel = np.hstack([i, f + np.array([[0]] * 6 + [[1]]), j, o])
    model = puzzle.last_state_model(7, 5)
    model.set_weights([kernel[:1], kernel[1:6], kernel[6], weights["W"], weights["b"]])
    np.testing.assert_allclose(puzzle.native(x, **weights), model(x), rtol=1e-4, atol=1e-6)


# Judging


def test_outputs_with_and_without_a_last_axis_are_judged_alike():
    y = np.random.default_rng(0).normal(size=(5, 5))
    flat = puzzle.errors_by_step(y + np.arange(5), y)
    assert flat == pytest.approx([0, 1, 4, 9, 16])
    assert puzzle.errors_by_step((y + 2)[..., np.newaxis], y) == pytest.approx([4] * 5)
    assert puzzle.by_step(lambda x: x, y + 1, y) == pytest.approx([1] * 5)
    for outputs in (y[:1], y[:, :1], y[:, 0]):
        with pytest.raises(ValueError, match="the targets"):
            puzzle.errors_by_step(outputs, y)


def test_the_loss_that_keras_trains_is_the_sum_of_the_errors_by_step():
    y = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
    for outputs in (y + 1, (y + 1)[..., np.newaxis]):
        assert np.asarray(puzzle.summed_squares(y, outputs)) == pytest.approx([4] * 6, rel=1e-5)
