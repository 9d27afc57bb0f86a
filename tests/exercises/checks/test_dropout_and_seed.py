"""Lesson 02's judges: their hidden data and models are what they are said to be."""

import warnings
from math import comb

import numpy as np
import pytest

from utils.exercises.checks.dropout_and_seed import EXERCISES, PREDICTIONS, conclude, losses
from utils.exercises.exercise import Verdict
from utils.exercises.judging import ruling
from utils.exercises.messages import words
from utils.puzzles.dropout_and_seed import chances

T = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 7: 2.365, 9: 2.262, 11: 2.201}  # two-sided, 5 %
ONE_TAIL = {2: 2.920, 3: 2.353, 4: 2.132, 5: 2.015, 7: 1.895, 9: 1.833, 11: 1.796}


def sign_flip(d, level=0.05):
    return conclude._sign_flip(d) <= level


def t_test(d, table=T):
    return abs(d.mean()) / d.std(ddof=1) * np.sqrt(len(d)) > table[len(d) - 1]


def sign_test(d):
    few = min((d > 0).sum(), (d < 0).sum())
    return 2 * sum(comb(len(d), k) for k in range(few + 1)) / 2 ** len(d) <= 0.05


def signed_ranks(d):
    return sign_flip(np.sign(d) * (np.abs(d).argsort().argsort() + 1.0))


def bootstrap(d):
    draws = np.random.default_rng(1).integers(0, len(d), (1000, len(d)))
    low, high = np.percentile(d[draws].mean(axis=1), [2.5, 97.5])
    return low > 0 or high < 0


def normal_theory(d):
    return t_test(d, dict.fromkeys(T, 1.96))


def one_sided(d):
    return sign_flip(d, 0.1)


def one_sided_t(d):
    return t_test(d, ONE_TAIL)


def same_side(d):
    return (d > 0).all() or (d < 0).all()


def alarms(method):
    """How far the method is above what is allowed, in each group of null data sets."""
    return [
        sum(bool(method(one.a - one.b)) for one in group.sets) - group.allowed
        for group in losses.without_difference()
    ]


@pytest.mark.parametrize("method", [sign_flip, t_test, sign_test, signed_ranks])
def test_methods_that_keep_the_level_are_allowed_with_room_to_spare(method):
    assert max(alarms(method)) <= -3
    seen = [bool(method(one.a - one.b)) for one in losses.middling()]
    assert np.mean(seen) > conclude.SEEN + 0.05
    assert all(method(one.a - one.b) for one in losses.clear() if len(one.a) in (6, 8, 10, 12))


@pytest.mark.parametrize("method", [bootstrap, normal_theory, one_sided, one_sided_t, same_side])
def test_methods_that_do_not_are_refused_with_certainty(method):
    assert max(alarms(method)) >= 4


def test_losses_lie_on_a_grid_whose_sums_are_exact():
    every = [one for group in losses.without_difference() for one in group.sets]
    for one in [*every, *losses.clear(), *losses.middling()]:
        d = one.a - one.b
        assert d.sum() == d[::-1].sum() == np.sum(d[np.argsort(d)])
        assert len(set(one.a) | set(one.b)) == 2 * len(d)  # no ties


def test_each_model_of_the_probe_is_as_random_in_fit_as_is_said():
    import keras

    from utils.exercises.checks.dropout_and_seed.asking import eagerly
    from utils.exercises.checks.dropout_and_seed.subjects import INPUTS, subjects

    x = np.random.default_rng(0).normal(size=(32, INPUTS)).astype("float32")
    with eagerly():
        for subject in subjects():
            model, seen = subject.make(), []

            def loss(y, outputs, seen=seen):
                seen.append(np.array(outputs))
                return 0 * outputs

            model.compile(keras.optimizers.SGD(0.0), loss)
            for _ in range(2):
                model.train_on_batch(x, x[:, :1])
            assert (seen[-1] != seen[-2]).any() == subject.random, subject.name
            hands = [np.array(model(x, training=True)) for _ in range(2)]
            called = subject.random if subject.called is None else subject.called
            assert (hands[0] != hands[1]).any() == called, subject.name


def test_the_dials_read_each_layers_share_whatever_the_order_of_the_weights():
    import keras

    from utils.exercises.checks.dropout_and_seed import dials
    from utils.exercises.checks.dropout_and_seed.asking import eagerly

    class Backwards(keras.Model):
        """Makes its last layer first."""

        def __init__(self):
            super().__init__()
            self.readout = keras.layers.Dense(1)
            self.dense = [keras.layers.Dense(64, "relu") for _ in range(4)][::-1]
            self.drop = [keras.layers.Dropout(rate, seed=k) for k, rate in enumerate(RATES)]

        def call(self, x, training=None):
            for dense, drop in zip(self.dense[::-1], self.drop, strict=True):
                x = drop(dense(x))
            return self.readout(x)

    rates, x = RATES, np.ones((dials.ROWS, dials.INPUTS), "float32")
    with eagerly():
        model = Backwards()
        model(x[:1])
        found = dials.in_order(dials.dials(model))
        for layer, rate in enumerate(rates):
            found.show(layer)
            assert np.mean(found.trained(x) == 0) == pytest.approx(rate, abs=0.03)
        found.show(-1)
        assert not (found.trained(x) == 0).any()


RATES = (0.1, 0.4, 0.2, 0.3)
ODD = [0, 2.5, True, b"a", "A", {}, [], (), {"a"}, 1j, len, np.zeros(3), np.nan, object(), float]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:30])
def test_no_result_breaks_the_judge_of_conclude(odd):
    exercise = next(one for one in EXERCISES if one.id == "02.conclude")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = ruling(exercise.judge, lambda a, b: odd)
    assert "fault" not in told, told["fault"]
    assert told["outcome"] == "not_yet"
    assert words(exercise, Verdict(**told))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("odd", [None, 0, "text", [], (), len, np.zeros(3)], ids=str)
def test_no_answer_that_is_no_function_breaks_a_judge(exercise, odd):
    told = ruling(exercise.judge, odd)
    assert "fault" not in told, told["fault"]
    assert told["outcome"] == "not_yet"
    assert words(exercise, Verdict(**told))


def test_about_one_recorded_pair_in_five_points_the_wrong_way():
    assert round(1 / chances("validation").wrong) == 5  # what the explorer shows
    (pair,) = (one for one in PREDICTIONS if one.id == "02.pair")
    assert "one pair of five" in pair.choices["b"]
    assert all("one in five" in pair.evidence[other] for other in "ac")
