"""What is said of a wrong name is so: measured on a program of every kind of fault."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import pytest

from utils.exercises.checks.bug_hunt import telling_apart
from utils.exercises.checks.bug_hunt.telling_apart import ELSE, NEAR, WITHOUT, why_not
from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt.hearing import hearing_noise

CASES = {}
for number in range(100):
    case = puzzle.case(number)
    CASES.setdefault(case._planted[0], case)
ROWS = telling_apart._OF_ROWS


@dataclass
class Program:
    """A case's program, untrained, with some rows of its data."""

    case: object
    heard: list = field(default_factory=list)  # timesteps of what recurrent layers were given

    @property
    def in_chunks(self):
        return "reset(model)" in self.case.code

    @cached_property
    def functions(self):
        return self.case.functions()

    @cached_property
    def data(self):
        x, y = self.functions["make_data"](5)
        return (x, y) if self.in_chunks else (x[:8], y[:8])

    @cached_property
    def model(self):
        return self.made()

    def made(self):
        import keras

        keras.utils.set_random_seed(3)
        model = self.functions["build"]()
        with listening(self.heard):
            self.ask(model=model)
        return model

    @cached_property
    def batch(self):
        """Rows that the model takes at once: of chunks, one of each series."""
        constants = self.case._draft.task.constants
        series = constants.get("$SERIES") or constants.get("$ROOMS")
        return series if self.in_chunks else len(self.data[0])

    def ask(self, x=None, model=None):
        x, model = self.data[0] if x is None else x, model or self.model
        if self.in_chunks:
            return np.asarray(self.functions["predict"](model, x))
        return np.asarray(model(x, training=False))

    def other(self):
        """x of the same shape with other values everywhere."""
        return self.functions["make_data"](6)[0][: len(self.data[0])]

    @cached_property
    def calm(self):
        """The answers to the program's own x."""
        return self.ask()

    def moved(self, x):
        """[rows, …] of bool: which answers are others than those to the program's own x."""
        return np.abs(self.ask(x) - self.calm) > 1e-6 * np.abs(self.calm).max()

    def poked(self, where):
        x = np.array(self.data[0])
        x[where] = self.other()[where]
        return x


@contextmanager
def listening(heard):
    """Notes the timesteps of every sequence that a recurrent layer of Keras is called with."""
    from keras.layers import RNN

    call = RNN.call  # which LSTM, GRU and SimpleRNN call

    def noted(self, sequences, *args, **kwargs):
        heard.append(sequences.shape[1])
        return call(self, sequences, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(RNN, "call", noted)
        yield


def no_row_hears_another(program):
    if program.in_chunks:
        last = slice(-program.batch, None)
        return not program.moved(program.poked(last))[: -program.batch].any()
    return not program.moved(program.poked(2))[[0, 1, 3, 4, 5, 6, 7]].any()


def several_steps(program):
    assert program.model is not None  # which has been called
    return all(steps is None or steps > 1 for steps in program.heard)


def no_early_answer_is_deaf_to_the_middle(program):
    x, _ = program.data
    answers = program.ask()
    if program.in_chunks or answers.ndim < 3 or answers.shape[1] != x.shape[1]:
        return True
    steps = x.shape[1]
    middle, end = (program.moved(program.poked((slice(None), t))) for t in (steps // 2, -1))
    early = slice(steps // 2)
    return not (end[:, early].any((0, 2)) & ~middle[:, early].any((0, 2))).any()


def nothing_late_is_heard(program):
    if not program.case._draft.task.causal or program.case._draft.task.form == "value":
        return True
    x, _ = program.data
    axis = x.ndim - 2
    kept = x.shape[axis] // 2
    late = (slice(None),) * axis + (slice(kept, None),)
    early = (slice(None),) * axis + (slice(None, kept),)
    moved = program.moved(program.poked(late))  # of chunks, a later one may hear an earlier one
    return moved.shape[axis] != x.shape[axis] or not moved[early][: program.batch].any()


def answers_differ(program):
    return np.ptp(program.ask().reshape(len(program.data[0]), -1), axis=0).max() > 1e-6


def every_feature_is_heard(program):
    x, _ = program.data
    places = [(..., k) for k in range(x.shape[-1])] if x.dtype.kind == "f" else [...]
    return all(program.moved(program.poked(place)).any() for place in places)


def dropout_acts(program):
    if "ropout" not in program.case.code:
        return True
    short = re.sub(r"(EPOCHS = )\d+", r"\g<1>1", program.case.code)
    functions = program.case.functions(short)
    with hearing_noise() as heard:
        functions["train"](functions["build"](), *functions["make_data"](5))
    return bool(heard.rates)


def answers_the_same_twice(program):
    first = program.ask()
    program.ask(program.other())
    return np.allclose(program.ask(), first, atol=1e-6)


def as_many_answers_as_targets(program):
    return program.ask().size == np.size(program.data[1])


def every_weight_has_a_gradient(program):
    import tensorflow as tf

    x, variables = program.data[0][: program.batch], program.model.trainable_variables
    with tf.GradientTape() as tape:
        answers = program.model(x, training=True)
        draw = np.random.default_rng(0).normal(size=answers.shape).astype("float32")
        total = tf.reduce_sum(answers * draw)
    gradients = [g for g in tape.gradient(total, variables) if g is not None]
    sizes = [np.abs(tf.convert_to_tensor(g)).max() for g in gradients]
    return len(gradients) == len(variables) and min(sizes) > 1e-6  # what is less is rounding


def weights_say_it_all(program):
    other = program.functions["build"]()
    program.ask(model=other)
    parts = [part for layer in other._flatten_layers() for part in vars(layer).values()]
    rng = np.random.default_rng(0)
    for variable in parts:  # among them what the model does not know
        if hasattr(variable, "assign") and "float" in str(getattr(variable, "dtype", "")):
            variable.assign(rng.normal(0, 0.3, variable.shape))
    other.set_weights(program.model.get_weights())
    return np.allclose(program.ask(model=other), program.ask(), atol=1e-5)


def no_twins(program):
    for variable in program.model.trainable_variables:
        columns = np.asarray(variable).reshape(-1, variable.shape[-1]).T
        if variable.path.endswith("kernel") and len(np.unique(columns, axis=0)) < len(columns):
            return False
    return True


def padding_is_unheard(program):
    if "mask_zero" not in program.case.code:
        return True
    x, y = program.data
    longer = np.pad(x, ((0, 0), (0, 4)))
    real = (x > 0)[..., None] if y.ndim == 3 else 1
    answers = program.ask(longer)[:, : y.shape[1]] if y.ndim == 3 else program.ask(longer)
    return np.allclose(answers * real, program.ask() * real, atol=1e-5)


def state_arrives(program):
    if not program.in_chunks:
        return True
    rows = program.batch
    return program.moved(program.poked(slice(rows)))[rows : 2 * rows].any()


def streams_are_apart(program):
    if "STREAMS" not in program.case.code:
        return True
    return not program.moved(program.poked((slice(None), 0)))[:, 1:].any()


CLAIMS = {  # the cause that was named -> whether what `WITHOUT` or `ELSE` says is so
    **dict.fromkeys(ROWS, no_row_hears_another),
    "one_timestep": several_steps,
    "backwards_not_turned": no_early_answer_is_deaf_to_the_middle,
    "future_heard": nothing_late_is_heard,
    "softmax_of_one": answers_differ,
    "feature_unheard": every_feature_is_heard,
    "dropout_never_acts": dropout_acts,
    "dropout_in_predict": answers_the_same_twice,
    "state_not_reset": answers_the_same_twice,
    "sequence_against_last": as_many_answers_as_targets,
    "no_gradient": every_weight_has_a_gradient,
    "untracked_weights": weights_say_it_all,
    "twin_units": no_twins,
    "mask_lost": padding_is_unheard,
    "state_not_carried": state_arrives,
    "streams_share_state": streams_are_apart,
}
OF_THE_LOSS = {"broadcast_loss", "targets_unpaired", "padding_in_loss", "wrong_gradient"}


def test_every_cause_has_its_text_and_no_text_is_of_another():
    assert WITHOUT.keys() == set(puzzle.CAUSES) == CASES.keys()
    assert set(ELSE) <= set(WITHOUT) and {one for pair in NEAR for one in pair} <= set(WITHOUT)
    assert CLAIMS.keys() | OF_THE_LOSS == set(WITHOUT) and not CLAIMS.keys() & OF_THE_LOSS


@cache
def program_of(planted):
    return Program(CASES[planted])


@pytest.mark.parametrize("planted", CASES)
def test_what_is_said_of_a_wrong_name_is_so(planted):
    program = program_of(planted)
    for named, claim in CLAIMS.items():
        if named != planted and (named, planted) not in NEAR:
            assert claim(program), f"{planted} taken for {named}: {why_not(named, program.case)}"


def rows_that_answer(program, row, step=slice(None)):
    """The rows whose answers move when one row is poked, at one step or at all."""
    moved = program.moved(program.poked((row, step)))
    return set(np.flatnonzero(moved.reshape(len(moved), -1).any(axis=1)).tolist())


def test_rows_hear_each_other_in_three_ways_that_can_be_told_apart():
    batch, mixed, shared = map(program_of, ("time_as_batch", "axes_reshaped", ROWS[-1]))
    last = len(batch.data[0]) - 1
    assert rows_that_answer(batch, last) == {last}
    assert rows_that_answer(shared, last) == set(range(last + 1))
    steps = range(batch.data[0].shape[1])
    for step in steps:
        moved = batch.moved(batch.poked((2, step)))
        assert set(np.argwhere(moved)[:, 0]) == set(range(2, last + 1))
        assert set(np.argwhere(moved)[:, 1]) == {step}
    by_step = [rows_that_answer(mixed, 2, step) for step in range(mixed.data[0].shape[1])]
    assert all(len(rows) == 1 for rows in by_step)  # one row, and another one each time
    assert all(one != other for one, other in pairwise(by_step))
    assert sum(rows == {2} for rows in by_step) < len(by_step) / 2


@pytest.mark.parametrize("planted", ["dropout_in_predict", "state_not_reset"])
def test_what_moves_anyway_moves_without_a_poke(planted):
    program = program_of(planted)
    assert not answers_the_same_twice(program)
    kept = [layer for layer in program.model.layers if hasattr(layer, "reset_state")]
    assert bool(kept) == (planted == "state_not_reset")


def test_the_first_answer_of_the_same_weights_is_the_same_where_nothing_is_drawn():
    program = program_of("state_not_reset")
    first, second = (program.functions["build"]() for _ in range(2))
    program.functions["predict"](first, program.data[0][: program.batch])  # builds it
    program.functions["predict"](second, program.data[0][: program.batch])
    second.set_weights(first.get_weights())
    np.testing.assert_array_equal(program.ask(model=second), program.ask(model=first))


def test_where_nothing_is_heard_no_feature_is_and_the_answers_say_why():
    for planted, value in (("softmax_of_one", 1), ("untracked_weights", 0)):
        program = program_of(planted)
        assert not program.moved(program.other()).any()
        np.testing.assert_allclose(program.ask(), value, atol=1e-6)


def test_where_a_gradient_is_0_it_is_right():
    assert not every_weight_has_a_gradient(program_of("softmax_of_one"))
    assert not every_weight_has_a_gradient(program_of("one_timestep"))


def test_shapes_differ_in_how_many_answers_a_row_gets():
    assert not as_many_answers_as_targets(program_of("sequence_against_last"))
    program = program_of("broadcast_loss")
    assert program.ask().shape != program.data[1].shape
    assert program.ask().size == program.data[1].size


def test_in_the_task_of_the_branch_that_reads_backwards_the_future_may_be_heard():
    program = program_of("backwards_not_turned")
    assert not program.case._draft.task.causal
    assert program.moved(program.poked((slice(None), -1)))[:, 0].any()


def test_each_claim_is_false_of_the_fault_that_it_speaks_of():
    unlike = {"no_gradient", "dropout_never_acts"}  # seen in training alone, in some programs
    for named, claim in CLAIMS.items():
        if named not in unlike:
            assert not claim(program_of(named)), named
