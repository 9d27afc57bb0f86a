"""The words of the sentences: numbers, spans, and which classes are told apart."""

import itertools

import numpy as np
import pytest

from utils.explorers.wording import count, groups_not_told_apart, inputs_heard, number_word, spans

ONE_PAIR = list(itertools.combinations(range(4), 2))
TWO_PAIRS = [((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))]
TRIPLES = list(itertools.combinations(range(4), 3))


def table(*groups):
    """A class table in which the classes of each group share their probability."""
    shown = np.eye(4)
    for group in groups:
        shown[np.ix_(group, group)] = 1 / len(group)
    return shown


@pytest.mark.parametrize("pair", ONE_PAIR)
def test_one_pair_is_named(pair):
    words = groups_not_told_apart(table(pair))
    assert words == f"classes {pair[0]} and {pair[1]} are not told apart"


@pytest.mark.parametrize(("first", "second"), TWO_PAIRS)
def test_two_pairs_are_joined_by_neither_and_nor(first, second):
    words = groups_not_told_apart(table(first, second))
    assert words == (
        f"of the classes, neither {first[0]} and {first[1]} nor {second[0]} and {second[1]} "
        "are told apart"
    )


@pytest.mark.parametrize("triple", TRIPLES)
def test_three_alike_are_listed(triple):
    a, b, c = triple
    assert groups_not_told_apart(table(triple)) == f"classes {a}, {b} and {c} are not told apart"


def test_all_apart_and_all_alike_have_words_of_their_own():
    assert groups_not_told_apart(table()) == "all four classes are told apart"
    assert groups_not_told_apart(table((0, 1, 2, 3))) == "no two classes are told apart"


def test_a_share_above_the_threshold_tells_classes_apart():
    shown = np.array([[0.6, 0.4, 0, 0], [0.4, 0.6, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    assert groups_not_told_apart(shown, apart=0.25) == "classes 0 and 1 are not told apart"
    assert groups_not_told_apart(shown, apart=0.15) == "all four classes are told apart"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], "no input"),
        ([4], "input 4"),
        ([3, 4], "inputs 3 and 4"),
        ([4, 3, 5], "inputs 3–5"),
        ([1, 2, 3, 5], "inputs 1–3 and 5"),
        ([0, 2, 4, 5, 6], "inputs 0, 2 and 4–6"),
    ],
)
def test_spans(numbers, words):
    assert spans(numbers, "input") == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (range(0, 100, 3), "every third input from 0 to 99"),
        (range(1, 15, 2), "every second input from 1 to 13"),
        (range(0, 70, 7), "every 7th input from 0 to 63"),
        (range(0, 12, 3), "inputs 0, 3, 6 and 9"),  # short enough to list
        (range(5, 25), "inputs 5–24"),
    ],
)
def test_a_long_regular_list_is_told_by_its_rule(numbers, words):
    assert inputs_heard(np.array(numbers)) == words


def test_numbers_are_words_up_to_twelve():
    assert [number_word(n) for n in (0, 1, 12, 13)] == ["none", "one", "twelve", "13"]
    assert count(0, "input") == "no inputs"
    assert count(1, "input") == "one input"
    assert count(2, "class", "classes") == "two classes"
