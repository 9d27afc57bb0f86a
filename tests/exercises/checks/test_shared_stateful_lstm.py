"""Lesson 05's judges against other accounts of the same facts, and against odd results."""

import re
import warnings
from itertools import pairwise

import numpy as np
import pytest

from utils.exercises.checks.shared_stateful_lstm import (
    EXERCISES,
    PREDICTIONS,
    diagnosing,
    fitting,
    mend,
    probe,
    separate,
    subjects,
)
from utils.exercises.exercise import RIGHT, Verdict
from utils.exercises.judging import ruling
from utils.exercises.messages import words
from utils.puzzles import shared_stateful_lstm as puzzle

MEND, PROBE, SEPARATE = EXERCISES
SUBJECTS = {subject.name: subject for subject in subjects.subjects()}


def two_chunks(model, first, second):
    puzzle.reset(model)
    return np.stack([model(first), model(second)])  # [2, batch, streams, timesteps, units]


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_a_hidden_model_has_the_manners_that_are_said_of_it(subject):
    model, x = subject.make(), subject.x()
    calm = two_chunks(model, x, x)
    np.testing.assert_array_equal(two_chunks(model, x, x), calm)  # so to the last bit is fair
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 0.5
        change = np.abs(two_chunks(model, poked, x) - calm).max(axis=(1, 3, 4))  # [2, streams]
        np.testing.assert_array_equal(change[0] > 0, subject.same[j])
        np.testing.assert_array_equal(change[1] > 0, subject.following[j])
        assert change.max(axis=0)[subject.heard[j]].min() > 1e-5  # a small limit finds it, too


def test_what_else_is_said_of_hidden_models_is_so():
    assert not SUBJECTS["zeros"].x().any()
    faint = SUBJECTS["faint"]
    assert np.abs(two_chunks(faint.make(), faint.x(), faint.x())).max() < 2e-3
    long = SUBJECTS["long"]
    model, x = long.make(), long.x()
    ends = two_chunks(model, x, x)[..., -1, :]
    poked = x.copy()
    poked[:, 0] += 1
    moved = (two_chunks(model, poked, x)[..., -1, :] != ends).any(axis=(0, 1, 3))
    np.testing.assert_array_equal(moved, [True, False])  # its last step shows nothing of the leak
    for name in ("later", "rows"):  # whoever confuses rows and streams gets no error there
        assert SUBJECTS[name].x().shape[0] == SUBJECTS[name].x().shape[1]


@pytest.mark.parametrize(("message", "reading"), probe._readings(), ids=lambda part: str(part)[:20])
def test_no_wrong_reading_is_right_about_all_hidden_models(message, reading):
    wrong = [one for one in SUBJECTS.values() if (reading(one) != one.heard).any()]
    assert wrong, message
    said = {name: reading(one).astype(bool) for name, one in SUBJECTS.items()}
    assert probe._misjudged(wrong, list(SUBJECTS.values()), said).message == message


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_answer_that_is_wrong_about_one_model_is_told_which(name):
    models = list(SUBJECTS.values())
    for flip in (True, False):
        said = {one.name: one.heard.copy() for one in models}
        said[name][0, -1] ^= flip
        said[name][0, 0] ^= not flip
        verdict = probe._misjudged([SUBJECTS[name]], models, said)
        assert SUBJECTS[name].words in words(PROBE, verdict)


def test_the_gradient_of_central_differences_is_that_of_keras():
    import keras
    import tensorflow as tf

    question = mend.QUESTIONS[0]
    (before, x, _), (y, *_) = question.chunks(), fitting._targets(question)
    weights = question.weights()
    doubled = [weight.astype(float) for weight in weights]
    _, state = puzzle.alone(doubled, before, return_state=True)
    stepped, after = fitting.trained(doubled, x, y, state)

    lstm = keras.layers.LSTM(question.units, return_sequences=True, return_state=True)
    start = [tf.constant(part.reshape(-1, question.units), tf.float32) for part in state]
    lstm.build((None, None, question.features))
    lstm.set_weights(weights)
    with tf.GradientTape() as tape:
        outputs, *end = lstm(x.reshape(-1, *x.shape[2:]), initial_state=start)
        loss = tf.reduce_mean((outputs - y.reshape(-1, *y.shape[2:])) ** 2)
    for weight, gradient, wanted in zip(
        weights, tape.gradient(loss, lstm.trainable_variables), stepped, strict=True
    ):
        np.testing.assert_allclose(weight - fitting.RATE * gradient, wanted, atol=3e-7)
        assert np.abs(gradient).max() > 1e-3  # there is something to learn
    for part, wanted in zip(end, after, strict=True):
        np.testing.assert_allclose(part, wanted.reshape(-1, question.units), atol=1e-6)


@pytest.mark.parametrize("name", ["split cell", "wrapper"])
def test_the_published_repairs_are_right(name):
    told = ruling(MEND.judge, puzzle.REPAIRS[name].build)
    assert told["outcome"] == RIGHT, told


@pytest.mark.parametrize(
    ("build", "order"),
    [
        (puzzle.question_model, "2, 1, 0"),
        (puzzle.in_a_loop, "0, 1, 2"),
        (puzzle.time_distributed, "0, 1, 2"),
    ],
    ids=["question", "loop", "time distributed"],
)
def test_what_leaks_is_told_with_the_order_in_which_it_runs(build, order):
    told = ruling(MEND.judge, build)
    assert told["message"] == "leaks" and told["facts"]["order"] == order


def test_the_sizes_of_mend_hide_no_confusion_of_axes():
    first, uneven = mend.QUESTIONS
    assert len({first.batch, first.streams, first.timesteps, first.features}) == 4
    assert uneven.timesteps is None and len(set(uneven.lengths)) == len(uneven.lengths)
    assert 1 in uneven.lengths and (first.batch, uneven.batch) == (2, 1)


def test_what_a_chunk_leaves_behind_is_large_enough_to_be_missed():
    for question in mend.QUESTIONS:
        weights = [weight.astype(float) for weight in question.weights()]
        state = None
        for before, chunk in pairwise(question.chunks()):
            _, state = puzzle.alone(weights, before, state, return_state=True)
            fresh, carried = (puzzle.alone(weights, chunk, one) for one in (None, state))
            assert np.abs(fresh - carried).max(axis=(2, 3)).min() > 1e-2  # in each row and stream


def test_two_batches_with_states_and_without_train_to_different_weights():
    question = mend.QUESTIONS[0]
    before = [weight.astype(float) for weight in question.weights()]
    x, y = question.chunks(), fitting._targets(question)
    halfway, state = fitting.trained(before, x[0], y[0])
    carried, _ = fitting.trained(halfway, x[1], y[1], state)
    forgetful, _ = fitting.trained(halfway, x[1], y[1])
    assert not fitting._near(forgetful, carried, before)
    assert fitting._near([part.astype(np.float32) for part in carried], carried, before)


@pytest.mark.parametrize("question", separate.QUESTIONS, ids=lambda question: question.words())
def test_a_script_has_pauses_uneven_chunks_and_a_stream_that_is_kept_for_the_end(question):
    streams = [stream for server, stream, _ in question.script if server == 0]
    assert any(a == c != b for a, b, c in zip(streams, streams[1:], streams[2:], strict=False))
    assert len({steps for _, _, steps in question.script}) >= 3
    assert question.streams - 1 not in [s for server, s, _ in question.script if server == 1]
    assert {0, 1} == {server for server, _, _ in question.script}


@pytest.mark.parametrize("question", separate.QUESTIONS, ids=lambda question: question.words())
def test_no_wrong_state_gives_the_right_answer_to_a_chunk(question):
    weights, pasts = question.weights(0), [separate._Past(), separate._Past()]
    compared = 0
    for chunk, entry in zip(question.chunks(), question.script, strict=True):
        server, stream, steps = entry
        past, others = pasts[server], pasts[1 - server]
        own = past.before.get(stream, [])
        wanted, state = separate._run(weights, chunk, own[-1] if own else None)
        accounts = separate._accounts(own, chunk, weights, stream, past, others)
        for message, other, _ in accounts:
            compared += 1
            assert np.abs(separate._run(weights, chunk, other)[0] - wanted).max() > 1e-2, message
        past.note(stream, steps, state)
    assert compared > len(question.script)


def test_an_example_names_the_output_that_is_farthest_off():
    wanted = np.zeros((2, 3, 4, 5))
    output = wanted.copy()
    output[1, 2, 3, 4], output[0, 0, 0, 0] = -0.5, 0.1
    facts = diagnosing.example(output, wanted)
    assert facts["place"] == "[row 1, stream 2, step 3, unit 4]"
    assert (facts["given"], facts["truth"]) == ("−0.5", "0")


ODD = [
    0, 2.5, True, "text", b"bytes", {}, [], (), set(), {"x"}, {1: 2}, 1j, int, len, np, 10**40,
    [None], ["a"], [[1, 2], [3]], np.array(5), np.zeros(0), np.zeros((3, 0)), np.array({1: 2}),
    np.array([None, 1], object), np.array([np.nan]), np.array([1j]), np.zeros((3, 3)) + 0.5,
    (None, None), range(3), iter([1, 2]), (1, 2, 3), [[], [], []], np.full((2, 3, 3), 1e300),
]  # fmt: skip


@pytest.mark.parametrize("name", ["05.mend", "05.probe", "05.separate", "05.separate, inside"])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:30].replace("\n", ""))
def test_no_result_breaks_a_judge(name, odd):
    answers = {
        "05.mend": lambda batch, streams, timesteps, features, units: odd,
        "05.probe": lambda model, x: odd,
        "05.separate": lambda lstm, streams: odd,
        "05.separate, inside": lambda lstm, streams: lambda stream, chunk: odd,
    }
    exercise = next(one for one in EXERCISES if one.id == name.split(",")[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = ruling(exercise.judge, answers[name])
    assert "fault" not in told, told["fault"]
    assert told["outcome"] != RIGHT
    assert words(exercise, Verdict(**told))


@pytest.mark.parametrize("odd", [None, 0, "text", {}, [], [[1, 2], [3]], np.zeros(0), np.nan])
@pytest.mark.parametrize("from_call", [0, 2], ids=["at once", "later"])
def test_no_output_of_a_model_breaks_the_judge_of_mend(odd, from_call):
    import keras

    class Odd(keras.Model):
        calls = 0

        def __init__(self, model):
            super().__init__()
            self.model = model

        def __call__(self, x):
            self.calls += 1
            return self.model(x) if self.calls <= from_call else odd

    told = ruling(MEND.judge, lambda *sizes: Odd(puzzle.fold(*sizes)))
    assert "fault" not in told, told["fault"]
    assert told["outcome"] != RIGHT
    assert words(MEND, Verdict(**told))


def test_what_the_predictions_say_of_the_question_s_model_is_so():
    model = puzzle.question_model()
    assert model.count_params() == 96  # "counts one LSTM": 4 features, 3 units
    x = np.random.default_rng(0).normal(size=(1, 3, 8, 4)).astype(np.float32)
    first = puzzle.halves(model, x).by_stream[0]
    np.testing.assert_array_equal(first == 0, [False, False, True])  # stream 2 is right
    loop = puzzle.halves(puzzle.in_a_loop(), x).by_stream[0]
    np.testing.assert_array_equal(loop == 0, [True, False, False])


def test_the_predictions_state_no_measured_number():
    said = " ".join(text for one in PREDICTIONS for text in one.evidence.values())
    assert set(re.findall(r"\d+(?:\.\d+)?", said)) == {"0", "2"}  # streams
