from itertools import product

import numpy as np
import pytest

from utils.instruments.spread import bootstrap_interval, power, seeds_needed, sign_flip, spread


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


def test_power_is_what_many_tests_show():
    rng = np.random.default_rng(1)
    tests = sign_flip(rng.normal(1.0, 1, (4000, 8))) <= 0.05
    assert power(1.0, 8) == pytest.approx(tests.mean(), abs=0.04)  # 3 standard errors of 2000
    assert power(1.0, 5) == 0  # no p of 5 pairs is that small
    assert power(3.0, 20) > 0.99
    assert power([1.0, 2.0, 0.5], 6) == 1  # redrawn, they are all above zero
    assert power(0.0, 9) <= 0.05 + 0.015


def test_the_seeds_asked_for_have_the_power_and_fewer_have_not():
    differences = np.random.default_rng(2).normal(0.9, 1, 12)
    n = seeds_needed(differences)
    assert power(differences, n) > 0.78 > power(differences, n - 2)
    assert seeds_needed([1.0]) == 6
    assert seeds_needed([1.0, -1.0], most=40) is None


def test_a_small_bootstrap_cries_wolf():
    sets = np.random.default_rng(3).normal(size=(300, 3))  # of mean zero
    low, high = bootstrap_interval(sets, draws=400)
    assert ((low > 0) | (high < 0)).mean() > 0.15  # .05 was promised
    assert (sign_flip(sets) <= 0.05).sum() == 0
    low, high = bootstrap_interval(np.arange(1000.0))
    assert low < 499.5 < high
    assert high - low == pytest.approx(2 * 1.96 * 288.7 / np.sqrt(1000), rel=0.1)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: power([1.0], 0), "pairs is 0"),
        (lambda: power([1.0], 2.5), "pairs is 2.5"),
        (lambda: power([], 5), "at least one"),
        (lambda: power([1.0], 6, level=5), "share between 0 and 1"),
        (lambda: seeds_needed([1.0], power_wanted=80), "share, such as 0.8"),
        (lambda: bootstrap_interval([]), "n ≥ 1"),
        (lambda: bootstrap_interval([1.0], share=95), "such as 0.95"),
    ],
)
def test_a_wrong_argument_gets_a_sentence(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()


A = np.array([3.2, 2.9, 3.4, 3.1, 2.8, 3.3, 3.0, 3.5])
B = A - [1.1, 0.9, 1.4, -0.2, 1.0, 1.3, 0.8, 1.2]


def test_a_difference_is_told_after_the_spread_of_one_model():
    result = spread(A, B, names=("with", "without"), what="validation loss")
    assert result.sentence.startswith("Two runs of the same model differ by")
    assert "Median validation loss over 8 pairs: “with” 3.15 and “without” 2.05." in result.sentence
    assert "“without” is lower in 7 of 8 pairs" in result.sentence
    assert "(exact sign-flip test, p = 0.0156): the difference is shown" in result.sentence
    assert (result.p, result.shown, result.verdict) == (sign_flip(A - B), True, "without")
    assert spread(B, A, names=("without", "with")).verdict == "without"
    medians = [np.median(np.abs(m[:, None] - m)[np.triu_indices(8, 1)]) for m in (A, B)]
    assert result.same[0] == pytest.approx(max(medians))


def test_what_is_not_shown_is_not_denied():
    result = spread(A, A + np.array([0.3, -0.2, 0.4, -0.1, 0.3, -0.3, 0.2, 0.1]))
    assert result.verdict == "not shown"
    assert "does not mean that there is none. To show differences like these" in result.sentence
    assert "All pairs are equal." in spread(A, A).sentence


@pytest.mark.parametrize(("n", "smallest"), [(5, "0.0625"), (2, "0.5"), (1, "1")])
def test_few_pairs_show_nothing_and_that_is_said(n, smallest):
    result = spread(A[:n], B[:n] - 9)
    assert not result.shown
    assert "cannot show a difference at all" in result.sentence
    assert f"is then {smallest}; from 6 pairs on" in result.sentence


def test_one_model_has_a_spread_and_no_p():
    result = spread(A, names="with")
    assert "8 runs of “with”: result from 2.8 to 3.5, median 3.15." in result.sentence
    assert np.isnan(result.p) and not result.shown
    with pytest.raises(ValueError, match="difference needs two"):
        _ = result.differences
    assert "One run shows no spread" in spread([3.0]).sentence


def test_runs_that_diverged_are_counted_and_named():
    lost = np.where(np.arange(8) < 2, [np.nan, np.inf] * 4, A)
    result = spread(lost, B)
    assert "2 of 8 runs of “a” ended in NaN or infinity" in result.sentence
    assert result.p == sign_flip(A[2:] - B[2:])
    assert "No pair is left" in spread([np.nan], [1]).sentence
    assert "diverged" in [text.get_text() for text in result.plot().axes[0].texts]


def test_functions_of_a_seed_are_called_for_each_seed():
    def square(seed):
        return seed**2

    result = spread(square, lambda seed: 2 * seed, seeds=range(8))
    assert result.a.tolist() == [0, 1, 4, 9, 16, 25, 36, 49]
    assert spread(square).names[0] == "square"
    with pytest.raises(RuntimeError, match="ZeroDivisionError with seed 0"):
        spread(lambda seed: 1 / seed)
    with pytest.raises(ValueError, match="expected one number"):
        spread(lambda seed: [seed, seed])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([1, 2], [1, 2, 3]), "2 results of “a” and 3 of “b”"),
        (([],), "at least one"),
        (([[1, 2], [3, 4]],), r"shape \(2, 2\)"),
        ((["low"],), "expected numbers"),
        (([1, [2]],), "expected numbers"),
        (([1, None],), "expected numbers"),
        ((1.5,), r"shape \(\)"),
    ],
)
def test_results_that_are_none_get_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        spread(*arguments)


def test_every_run_is_drawn_and_pairs_are_joined():
    axes = spread(A, B, names=("with", "without"), what="loss").plot().axes[0]
    drawn = np.concatenate([line.get_ydata() for line in axes.lines])
    assert {*A, *B} <= {*drawn}
    assert sum(len(line.get_xdata()) == 2 for line in axes.lines) == 8
    assert [label.get_text() for label in axes.get_xticklabels()] == ["with", "without"]
    assert spread([1, 10, 1000]).plot().axes[0].get_yscale() == "log"
    assert spread([-1, 10, 1000]).plot().axes[0].get_yscale() == "linear"


def test_a_notebook_shows_the_picture_and_the_words():
    result = spread(A, B)
    bundle = result._repr_mimebundle_()
    assert bundle["text/plain"] == repr(result) == result.sentence
    assert 'alt="Dot plot of the result of every run: a and b.' in bundle["text/html"]
