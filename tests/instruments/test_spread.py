from itertools import product

import numpy as np
import pytest

from utils.instruments.spread import sign_flip


def by_hand(differences):
    """The definition, pattern by pattern, in exact whole numbers."""
    found = abs(sum(differences))
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return sum(s >= found for s in sums) / len(sums)


@pytest.mark.parametrize("n", [1, 2, 5, 6, 11, 12, 13, 16])
def test_the_sign_flip_p_is_the_share_of_all_patterns(n):
    rng = np.random.default_rng(n)
    differences = rng.integers(-3, 9, n)  # with ties and zeros
    assert sign_flip(differences) == by_hand(differences.tolist())


def test_ties_count_though_their_sums_are_rounded_differently():
    tenths = [0.1, 0.2, 0.3, -0.6, 0.7, 0.1, 0.3]
    whole = [1, 2, 3, -6, 7, 1, 3]
    assert sign_flip(tenths) == by_hand(whole)


def test_many_sets_at_once_get_what_each_gets_alone():
    sets = np.random.default_rng(0).normal(0.4, 1, (30, 9))
    assert np.allclose(sign_flip(sets), [sign_flip(one) for one in sets], rtol=0, atol=1e-15)
    assert sign_flip(sets[:, :1]).tolist() == [1.0] * 30


def test_beyond_the_exact_the_patterns_are_drawn_and_never_give_zero():
    differences = np.random.default_rng(0).normal(0.5, 1, 32)
    exact, drawn = sign_flip(differences), sign_flip([*differences, 0.0])  # a zero tells nothing
    assert exact == pytest.approx(drawn, abs=0.01)
    assert 0 < sign_flip(np.ones(200)) <= 1e-4


@pytest.mark.parametrize("scale", [1e-300, 1, 1e307])
def test_the_unit_does_not_matter(scale):
    assert sign_flip(np.array([1.5, 2, 3, 1, 2, 4]) * scale) == 2 / 64


def test_one_huge_difference_hides_no_other():
    assert sign_flip([1e8, 1, 2, 1.5, 1, 3]) == 2 / 64


def test_nothing_at_all_is_no_difference():
    assert sign_flip([0, 0, 0]) == 1
    assert sign_flip([5]) == 1


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ([], "at least one pair"),
        (np.ones((2, 2, 2)), r"shape \(2, 2, 2\)"),
        ([1, np.nan], "1 value .* NaN or infinite"),
        ([1, np.inf, -np.inf], "2 values"),
        (["much", "more"], "expected numbers"),
        ([1j], "expected numbers"),
        (None, "expected numbers"),
    ],
)
def test_what_cannot_be_tested_gets_a_sentence(differences, words):
    with pytest.raises(ValueError, match=words):
        sign_flip(differences)
