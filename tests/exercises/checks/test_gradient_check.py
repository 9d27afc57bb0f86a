"""Lesson 04's judges against other accounts of the same facts, and against odd results."""

import re
import warnings

import numpy as np
import pytest

from utils.exercises.checks.gradient_check import (
    EXERCISES,
    PREDICTIONS,
    backward_passes,
    companion,
    find_fault,
    makers,
)
from utils.exercises.exercise import RIGHT, Verdict
from utils.exercises.judging import ruling
from utils.exercises.messages import words
from utils.puzzles import gradient_check as room

BY_ID = {exercise.id: exercise for exercise in EXERCISES}


def gradients_of(problem, offer):
    """The gradient that an offer gives to a pass from zeros, and the right one."""
    inputs, targets, p = problem.arguments()
    outputs, _, _, caches = room.forward(inputs, *room.start(p), p)
    given = offer.grads(outputs, targets, caches, p)
    return given, room.complex_step(p, inputs, targets)


def question_s_errors(a, n):
    with np.errstate(invalid="ignore"):
        return np.concatenate([(abs(a[k] - n[k]) / abs(a[k] + n[k])).ravel() for k in a])


@pytest.mark.parametrize("problem", backward_passes.RIGHT_ON, ids=lambda problem: problem.words())
def test_a_usual_check_has_room_on_the_right_backward_pass(problem):
    a, _ = gradients_of(problem, backward_passes.RIGHT)
    inputs, targets, p = problem.arguments()
    for delta in (1e-5, 1e-4):
        n = room.numerical_in_a_loop(p, inputs, targets, delta=delta)
        assert room.share_failing(a, n, 5e-6) == 0, delta


def test_the_question_s_assert_fails_on_some_of_the_right_ones_from_rounding():
    failing = 0
    for problem in backward_passes.RIGHT_ON:
        inputs, targets, p = problem.arguments()
        a = room.gradients(p, inputs, targets)
        n = room.numerical_in_a_loop(p, inputs, targets, delta=1e-5)
        failing += bool((question_s_errors(a, n) > 1e-7).any())
    assert failing >= 3


def test_at_one_timestep_some_gradients_are_exactly_0():
    (first, _) = [problem for problem in backward_passes.RIGHT_ON if problem.timesteps == 1]
    a, n = gradients_of(first, backward_passes.RIGHT)
    assert not a["Wf"].any() and not n["Wf"].any()
    assert a["Wo"].any()


@pytest.mark.parametrize(
    ("problem", "offer"),
    [pytest.param(*one, id=one[1].words) for one in backward_passes.wrong_offers()],
)
def test_a_wrong_backward_pass_is_wrong_by_far_more_than_rounding(problem, offer):
    given, truth = gradients_of(problem, offer)
    assert not room.norm_error(given, truth) <= 1e-4
    assert room.share_failing(given, truth, 1e-3) > 0
    if offer.block:
        others = [name for name in truth if name != offer.block]
        pairs = ({name: one[name] for name in others} for one in (given, truth))
        assert room.norm_error(*pairs) < 1e-12


def test_all_seven_faults_each_block_and_an_entry_of_each_are_offered():
    offers = [offer for _, offer in backward_passes.wrong_offers()]
    assert len(room.BACKWARD_FAULTS) == 7
    for name in room.BACKWARD_FAULTS:
        assert sum(f"`{name}`" in offer.words for offer in offers) == 2
    blocks = set(room.parameters(0))
    assert {offer.block for offer in offers if offer.kind == "block"} == blocks
    assert {offer.block for offer in offers if offer.kind == "entry"} == blocks


def test_the_two_offers_that_unmask_a_wide_tolerance_are_equally_far_from_their_gradients():
    problem = backward_passes.WIDE
    inputs, targets, p = problem.arguments()
    right, elsewhere = (
        room.gradients(p, inputs, targets, *state)
        for state in (room.start(p), room.final_state(p, inputs))
    )
    beyond, before = (one.grads() for one in backward_passes.on_the_other_side(problem))
    for name in p:
        np.testing.assert_allclose(beyond[name] - elsewhere[name], right[name] - before[name])
    assert room.norm_error(right, elsewhere) > 0.1


def test_no_account_of_a_numerical_side_is_the_right_gradient_but_the_first():
    problem = backward_passes.WRONG_ON
    inputs, targets, p = problem.arguments()
    truth = room.complex_step(p, inputs, targets)
    for message, facts, gradient in backward_passes.numerical_sides(problem):
        error = room.norm_error(gradient, truth)
        if message == "too_strict":
            assert error < 1e-3, facts
        elif message != "one_sided":
            assert error > 1e-2, (message, facts)


def next_of(signal, value):
    """The sample after the one that has this value, in a signal that has each value once."""
    places = [k for k, sample in enumerate(signal) if abs(sample - value) < 1e-6]
    return signal[places[0] + 1] if places and places[0] + 1 < len(signal) else None


@pytest.mark.parametrize("n", [makers.SHORTEST, 33, 64])
@pytest.mark.parametrize("maker", [*makers.GOOD, *makers.BAD], ids=lambda maker: maker.name)
def test_a_maker_is_good_if_each_target_is_the_next_sample(maker, n):
    signal = np.random.default_rng(n).permutation(n).astype(float)
    inputs, targets = (np.ravel(side) for side in maker.make(signal.copy()))
    paired = zip(inputs, targets, strict=False)
    wrong = [k for k, (i, t) in enumerate(paired) if next_of(signal, i) != t]
    assert maker.good == (not wrong and len(inputs) == len(targets))
    assert len(inputs) >= 8
    if maker.spoils == "first":
        assert wrong == [0]
    if maker.spoils == "last":
        assert wrong == [len(inputs) - 1]
    if maker.spoils == "inner":
        assert wrong and not {0, len(inputs) - 1} >= set(wrong)
    if maker.spoils in ("all", "place"):
        assert len(wrong) > 0.7 * len(inputs)
    if maker.spoils == "count":
        assert not wrong[:-1]


def test_gaps_are_0_for_right_pairs_and_tell_a_hidden_fault_from_a_visible_one():
    noise = np.random.default_rng(0).permutation(40).astype(float)
    period = np.tile([0.0, 3.0, 1.0, 2.0], 10)
    for signal, hides in ((noise, False), (period, True)):
        right = companion._gaps(signal, signal[:-1], signal[1:])
        wrapped = companion._gaps(signal, signal, np.roll(signal, -1))
        assert not right.any()
        assert (wrapped.max() < 1e-9) == hides


def test_each_error_of_the_tables_is_rounding_or_far_beyond_it():
    for question in find_fault.questions():
        errors = np.array([list(row.values()) for row in question.table().values()])
        assert ((errors < 1e-12) | (errors > 1e-6)).all(), question


def test_a_fault_has_one_pattern_and_only_the_twins_share_theirs():
    patterns = {}
    for question in find_fault.questions():
        patterns.setdefault(question.name, set()).add(frozenset(question.pattern()))
    assert all(len(found) == 1 for found in patterns.values()), patterns
    one = {name: next(iter(found)) for name, found in patterns.items()}
    alike = {(a, b) for a in one for b in one if a < b and one[a] == one[b]}
    assert alike == {("dh_dropped", "wrong_slice")}
    assert not one["right"]


ODD = [
    0, 2.5, "text", b"bytes", {}, [], (), set(), {"x"}, {1: 2}, 1j, int, len, np, 10**40,
    [True], (False,), np.array(5), np.zeros(0), np.array([True, False]), np.array([None], object),
    np.array(["a"]), np.nan, np.array(np.nan), range(3), iter([True]), "Right", "NO_SUM", ["right"],
    np.array("no_sum"), b"no_sum", object(),
]  # fmt: skip


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:30].replace("\n", ""))
def test_no_result_breaks_a_judge(exercise, odd):
    answers = {
        "04.check_grad": lambda backward, inputs, targets, p: odd,
        "04.find_fault": lambda table: odd,
        "04.companion": lambda make: odd,
    }
    assert told(exercise, answers[exercise.id])["outcome"] != RIGHT


@pytest.mark.parametrize("odd", [*ODD, None, np.zeros((5, 7)), np.zeros(20, complex)], ids=str)
def test_no_signal_breaks_the_judge(odd):
    def check_pairs(make):
        make(odd)
        return True

    assert told(BY_ID["04.companion"], check_pairs)["message"] == "short_signal"


@pytest.mark.parametrize("signal", [np.zeros(30), np.full(30, np.nan), np.arange(30) % 2], ids=str)
def test_signals_that_hide_everything_are_named_as_such(signal):
    def check_pairs(make):
        make(signal.copy())
        return True

    def in_part(make):
        inputs, targets = make(signal.copy())
        return len(inputs) == len(targets)

    assert told(BY_ID["04.companion"], check_pairs)["message"] == "constant"
    assert told(BY_ID["04.companion"], in_part)["message"] in ("hidden", "weak")


@pytest.mark.parametrize(
    "given", [(), (None,) * 4, ([], [], [], {}), (np.zeros((2, 1)),) * 4, (1, 2, 3, 4)], ids=str
)
def test_no_call_of_the_backward_pass_breaks_the_judge(given):
    def mended(backward, inputs, targets, p):
        backward(*given)
        return True

    assert told(BY_ID["04.check_grad"], mended)["outcome"] != RIGHT


def test_what_an_answer_does_to_its_gradients_spoils_no_later_question():
    def mended(backward, inputs, targets, p):
        h, c = room.start(p)
        outputs, _, _, caches = room.forward(inputs, h, c, p)
        grads = backward(outputs, targets, caches, p)
        n = room.numerical(p, inputs, targets, h, c, delta=1e-4)
        holds = room.share_failing(grads, n, 1e-5) == 0
        for values in grads.values():
            values[:] = 0
        return holds

    assert told(BY_ID["04.check_grad"], mended)["outcome"] == RIGHT


def told(exercise, answer):
    """What the judge rules; its words can be said, and it did not break."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ruling(exercise.judge, answer)
    assert "fault" not in found, found["fault"]
    assert words(exercise, Verdict(**found))
    return found


def test_what_the_predictions_say_of_the_step_is_so():
    inputs, targets = room.sine()
    p = room.parameters(seed=0)
    a, final = room.gradients(p, inputs, targets), room.final_state(p, inputs)
    deltas = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
    wrong, right = (
        [room.norm_error(a, room.numerical(p, inputs, targets, *s, delta=d)) for d in deltas]
        for s in (final, (None, None))
    )
    assert max(wrong) < 1.01 * min(wrong)  # "it stays as it is"
    assert right[-1] > right[2]  # "cancelling does grow as the step shrinks"
    assert wrong[-1] > 1e6 * right[-1]  # "millions of times smaller"
    elsewhere = room.gradients(p, inputs, targets, *final)
    n = room.numerical(p, inputs, targets, *final)
    assert room.norm_error(elsewhere, n) < 1e-9  # "to ten digits", less the last


def test_what_the_predictions_say_of_the_assert_is_so():
    found = room.passes(delta=1e-5, tolerance=1e-7, denominator="|a + n|", seeds=20)
    assert 0 <= found.in_a_row < 10  # "usually not", "most seeds fail"
    assert found.once >= 4  # "for many single draws it does pass"
    holding = room.passes(delta=1e-4, tolerance=1e-5, denominator="|a| + |n|", seeds=20)
    assert holding.in_a_row == 20


def test_what_the_predictions_say_of_the_gallery_is_so():
    from utils.puzzles.gradient_check.gallery import share

    passing = {name for name in room.BACKWARD_FAULTS if share(name, 1) == 0}
    assert passing == {"no_sum", "dh_dropped", "dc_dropped", "wrong_slice"}
    assert all(share(name, 66) > 0 for name in room.BACKWARD_FAULTS)


def test_what_is_said_of_the_wrapped_step_is_so():
    assert "more than half of the loss" in BY_ID["04.companion"].messages["one_place"]
    assert room.wrapped_share(timesteps=66).share > 0.5


def test_the_predictions_evidence_states_no_fraction():
    said = " ".join(text for one in PREDICTIONS for text in one.evidence.values())
    assert not re.findall(r"\d+\.\d+", said)
