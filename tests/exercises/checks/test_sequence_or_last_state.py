"""Lesson 03's judges against other accounts of the same facts, and against odd results."""

import re
import warnings

import numpy as np
import pytest

from utils.exercises.checks.sequence_or_last_state import (
    EXERCISES,
    PREDICTIONS,
    by_step,
    misreadings,
    reach,
    short_training,
    translate,
    warm_up,
)
from utils.exercises.checks.sequence_or_last_state.raw_model import states
from utils.exercises.exercise import RIGHT, Verdict
from utils.exercises.judging import ruling
from utils.exercises.messages import words
from utils.puzzles import sequence_or_last_state as puzzle


@pytest.mark.parametrize("question", translate.QUESTIONS, ids=lambda question: question.words())
def test_the_raw_model_in_numpy_is_the_puzzles_raw_model(question):
    kernel, bias, W, b = question.weights()
    raw = puzzle.native(question.inputs(), kernel, bias, W, b)
    np.testing.assert_allclose(
        states(question.inputs(), kernel, bias)[:, -1] @ W + b, raw, 1e-4, 1e-5
    )


def accounts_by_message():
    """message -> (x, weights, outputs) of the first account of each kind."""
    question = translate.QUESTIONS[0]
    x, weights = question.inputs(), question.weights()
    kernel, bias, W, b = (array.astype(float) for array in weights)
    found = {}
    for message, _, last in misreadings._accounts(x, kernel, bias):
        found.setdefault(message, (x, weights, last @ W + b))
    return found


@pytest.mark.parametrize(("message", "case"), accounts_by_message().items())
def test_each_misreading_of_the_raw_model_is_recognised_and_is_not_right(message, case):
    x, weights, outputs = case
    kernel, bias, W, b = weights
    assert not translate.same(outputs, states(x, kernel, bias)[:, -1] @ W + b, translate.COARSE)
    assert misreadings.misread(outputs.astype(np.float32), x, weights)[0] == message


def test_what_fits_no_account_is_not_forced_into_one():
    x, weights, _ = accounts_by_message()["forget_bias"]
    noise = np.random.default_rng(0).normal(size=(len(x), weights[2].shape[1]))
    assert misreadings.misread(noise, x, weights) == ("values", {})


def test_no_wrong_way_to_read_a_map_gives_the_right_answer_to_all_questions():
    asked = reach._questions()
    for message, facts, reading in reach._readings():
        wrong = [q for q in asked if (reading(q) != q.truth()).any()]
        assert wrong, f"{message} {facts} passes"


def test_what_is_in_reach_is_what_the_puzzles_floor_lets_a_model_know():
    for question in reach._questions():
        if question.sine:
            lowest = puzzle.floor_hearing(question.moved, question.delay)
            assert (question.truth() == (lowest < 1e-9)).all(), question.words()


def test_what_is_in_reach_follows_from_the_words_of_the_task():
    for question in reach._questions():
        for t, said in enumerate(question.truth()):
            heard = [i for i, row in enumerate(question.moved) if row[t]]
            own = t - question.delay in heard
            assert said == (own or (question.sine and len(heard) >= 3)), question.words()


@pytest.mark.parametrize("question", by_step.QUESTIONS, ids=lambda question: question.words())
def test_wrong_means_differ_from_the_right_one_by_more_than_the_tolerance(question):
    outputs, targets = question.data()
    right = puzzle.errors_by_step(outputs, targets)
    error = outputs.reshape(targets.shape).astype(float) - targets
    for message, reading in by_step._readings(error):
        if 1 not in targets.shape:
            alike = reading.shape == right.shape and by_step._close(reading, right)
            assert not alike, message


def test_sizes_that_numpy_stretches_are_known_to_be_such():
    for question in by_step.QUESTIONS:
        outputs, targets = question.data()
        if question.column and question.stretches():
            assert (outputs - targets).shape != targets.shape or targets.size == 1
        elif question.column:
            with pytest.raises(ValueError, match="broadcast"):
                outputs - targets


@pytest.mark.parametrize("question", warm_up.QUESTIONS, ids=lambda question: question.words())
def test_a_poked_batch_differs_from_its_base_in_one_input_at_a_time(question):
    x = warm_up._poked(question)[..., 0].reshape(warm_up.BASES, -1, question.inputs())
    changed = (x != x[:, :1]).sum(axis=2)
    assert (changed[:, 0] == 0).all()
    assert (changed[:, 1:] == 1).all()
    moved = warm_up._moved(warm_up._poked(question)[:, : question.timesteps], question)
    np.testing.assert_array_equal(moved, np.eye(question.inputs(), question.timesteps, dtype=bool))


@pytest.mark.parametrize("question", warm_up.QUESTIONS, ids=lambda question: question.words())
def test_of_all_causal_bands_those_that_reach_the_wanted_sample_are_right(question):
    inputs = np.arange(question.inputs())[:, None]
    own = question.delay + np.arange(question.timesteps)
    facts = {"at": "", "delay": question.delay}
    for back in range(question.inputs()):
        band = (inputs <= own) & (inputs >= own - back)
        finding = warm_up._misheard(band, question, facts)
        assert (finding is None) == (back >= question.delay)
        late = warm_up._misheard(band | (inputs == own + 1), question, facts)
        assert late.message in ("hears_future", "hears_everything")


def test_the_sines_of_the_short_training_are_late_by_the_delay():
    x, y = short_training._batch(np.random.default_rng(0), timesteps=5, delay=2)
    np.testing.assert_array_equal(y, x[:, :5, 0])
    assert x.shape == (short_training.BATCH, 7, 1)
    one_sign = (np.minimum(y, 0) ** 2).mean() / (y**2).mean()
    assert one_sign > short_training.LEARNED  # what a model that is never negative can't lose


ODD = [
    0, 2.5, True, "text", b"bytes", {}, [], (), set(), {"x"}, {1: 2}, 1j, int, len, np, 10**40,
    [10**40], [None], ["a"], [[1, 2], [3]], np.array(5), np.zeros(0), np.zeros((3, 0)),
    np.array([None, 1], object), np.array(["a"]), np.array([np.nan]), np.array([1j]),
    np.array([1e300]), np.array({1: 2}), np.zeros((5, 3, 4)), np.zeros(6), np.full(7, 2),
    np.zeros((7, 1)), (None, None), range(3), range(7), [True] * 7, [0.5] * 7, np.full(6, 1e300),
    iter([1, 2]),
]  # fmt: skip


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:30].replace("\n", ""))
def test_no_result_breaks_a_judge(exercise, odd):
    answers = {
        "03.translate": lambda kernel, bias, W, b: odd,
        "03.reach": lambda moved, delay, sine: odd,
        "03.warm_up": lambda timesteps, delay, units: odd,
        "03.by_step": lambda outputs, targets: odd,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = ruling(exercise.judge, answers[exercise.id])
    assert "fault" not in told, told["fault"]
    assert told["outcome"] != RIGHT
    assert words(exercise, Verdict(**told))


ODD_OUTPUTS = [None, 0, "text", {}, [], [[1, 2], [3]], np.zeros(0), np.zeros((3, 0)), np.nan]


@pytest.mark.parametrize("exercise", [translate.TRANSLATE, warm_up.WARM_UP], ids=lambda e: e.id)
@pytest.mark.parametrize("odd", ODD_OUTPUTS, ids=str)
def test_no_output_of_a_model_breaks_a_judge(exercise, odd):
    import keras

    class Odd(keras.Model):
        def __call__(self, x):
            return odd

    answers = {
        "03.translate": lambda kernel, bias, W, b: Odd(),
        "03.warm_up": lambda timesteps, delay, units: Odd(),
    }
    told = ruling(exercise.judge, answers[exercise.id])
    assert "fault" not in told, told["fault"]
    assert told["outcome"] != RIGHT
    assert words(exercise, Verdict(**told))


def test_what_the_predictions_say_of_the_floor_is_so():
    sine, noise = puzzle.floor(10, 25), puzzle.floor_of_noise(10, 25)
    assert sine.sum() > 0.15  # "at this delay it lies above 0.15"
    assert sine[0] > 0.9 * noise[0]  # "up at the very first output"
    assert sine[3:].max() < 1e-3 * sine[0]  # "close to nothing a few samples later"
    np.testing.assert_allclose(noise[:10], noise[0])  # "stays up until the delay is over"
    assert noise[10:].max() < 1e-9


def test_what_the_predictions_say_of_the_record_is_so():
    cures = puzzle.recorded_cures()
    small, masked = cures["sequence"], cures["masked loss"]
    assert masked.losses[:, -1].max() < 0.02  # "falls to almost nothing"
    assert masked.errors.min() > small.errors.max()  # "worse than before"
    for name in ("sequence, 100 units", "sequence, two layers"):
        ends = cures[name].losses[:, -1]
        assert 0.75 * small.losses[:, -1].min() < ends.min() < small.losses[:, -1].min()
        assert ends.min() > 5 * 0.15  # "far above"
    longer = cures["sequence, 3000 steps"].losses[:, -1]
    assert 0.15 < longer.min() < longer.max() < small.losses[:, -1].min()  # "help a little"


def test_the_predictions_evidence_states_no_number_but_that_of_the_question():
    said = " ".join(text for one in PREDICTIONS for text in one.evidence.values())
    assert set(re.findall(r"\d+\.\d+", said)) == {"0.15"}
