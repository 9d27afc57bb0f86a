"""What is drawn for a training: independent, exact, and the same however it is asked for."""

import numpy as np
import pytest

from utils.training import draws


@pytest.mark.parametrize("rate", [0.05, 1 / 3, 0.5, 0.001, 0.999])
def test_the_rate_is_met(rate):
    kept = draws.masks([0, 1], [rate, rate], (100, 103))(200)
    dropped, n = (~kept).sum(axis=(0, 2, 3)), kept.size / 2
    assert (abs(dropped - n * rate) < 4 * np.sqrt(n * rate * (1 - rate))).all()


def test_bytes_that_tie_are_decided_by_further_bits():
    # Below 1/256 the first byte alone would drop all of its zeros, or none.
    kept = draws.masks([0], [1 / 1024], (256, 256))(100)
    assert 0.9 < 1024 * (1 - kept.mean()) < 1.1


def test_a_rate_of_zero_keeps_everything_and_changes_no_other_model():
    both = draws.masks([0, 1], [0.0, 0.5], (5, 7))(3)
    assert both[:, 0].all()
    assert np.array_equal(both[:, 1], draws.masks([1], [0.5], (5, 7))(3)[:, 0])


def test_how_the_steps_are_cut_changes_nothing():
    whole = draws.masks([3], [0.3], (5, 7))(40)
    draw = draws.masks([3], [0.3], (5, 7))
    assert np.array_equal(np.concatenate([draw(1), draw(26), draw(13)]), whole)


def test_models_steps_and_rows_have_masks_of_their_own():
    kept = draws.masks([0, 1], [0.5, 0.5], (32, 64))(100).astype(float) - 0.5
    n = kept[:, 0].size
    for one, other in [
        (kept[:, 0], kept[:, 1]),
        (kept[1:], kept[:-1]),
        (kept[:, :, 1:], kept[:, :, :-1]),
        (kept[..., 1:], kept[..., :-1]),
    ]:
        assert abs((one * other).sum()) < 4 * 0.25 * np.sqrt(2 * n)


def test_orders_are_permutations_of_each_model_and_epoch():
    order = draws.orders([0, 1], 50)
    first, second = order(0), order(1)
    for one in (*first, *second):
        assert sorted(one) == list(range(50))
    assert len({tuple(one) for one in (*first, *second)}) == 4
    assert np.array_equal(order(0), first)  # asked again
