"""What is said of a wrong name is so: measured on a program of every kind of fault."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

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

    def moved(self, x, model=None):
        """[rows, …] of bool: which answers are others than those to the program's own x."""
        first, second = self.ask(model=model), self.ask(x, model)
        return np.abs(second - first) > 1e-6 * np.abs(first).max()

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
    pokes = [program.poked((slice(None), t)) for t in range(steps)]
    hears = np.array([program.moved(poked).any((0, 2)) for poked in pokes])
    return not any(hears[-1, t] and not hears[1:-1, t].all() for t in range(steps // 2))


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
    gradients = tape.gradient(total, variables)
    return all(g is not None and bool(np.any(tf.convert_to_tensor(g))) for g in gradients)


def weights_say_it_all(program):
    other = program.functions["build"]()
    program.ask(model=other)
    change = np.random.default_rng(0)
    for variable in getattr(other, "variables", []):  # also of what the model does not know
        if variable.dtype.startswith("float"):
            variable.assign(change.normal(0, 0.3, variable.shape))
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


@pytest.mark.parametrize("planted", CASES)
def test_what_is_said_of_a_wrong_name_is_so(planted):
    program = Program(CASES[planted])
    for named, claim in CLAIMS.items():
        if named != planted and (named, planted) not in NEAR:
            assert claim(program), f"{planted} taken for {named}: {why_not(named, program.case)}"
