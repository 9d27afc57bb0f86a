"""The hunt's programs run: symptom shown, mended by the reference, told apart by the instrument.

By default one case for each kind at level 1, and some of the upper levels. With --every-case all
200 numbers of level 1, and 200 numbers spread over levels 2 and 3.
"""

import numpy as np
import pytest

from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt.kinds import KINDS
from utils.puzzles.bug_hunt.telling import found_in
from utils.puzzles.bug_hunt.trying import tried

PAIRS = [(16, 3), (4, 3), (6, 3)]  # two kinds each


def _one_of_each_kind(but):
    """(number, level) of one case for each other kind at level 1: the first for one kind, the
    second for the next and so on, so that they differ in story, style and way."""
    numbers = {}
    for number in range(200):
        (key,) = puzzle.case(number)._planted
        numbers.setdefault(key, []).append(number)
    return [(numbers[key][k % 9], 1) for k, key in enumerate(sorted(set(KINDS) - set(but)))]


_PAIRED = [key for numbers in PAIRS for key in puzzle.case(*numbers)._planted]
FEW = [*_one_of_each_kind(but=_PAIRED), (5, 2), *PAIRS]
ALL = [(n, 1) for n in range(200)] + [(n, 2 + n % 2) for n in range(200)]


def pytest_generate_tests(metafunc):
    if "numbers" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-case", default=False)
        jobs = ALL if every else FEW
        metafunc.parametrize("numbers", jobs, ids=[f"{level}.{number}" for number, level in jobs])


def test_a_case_is_what_it_says(numbers, request):
    every = request.config.getoption("--every-case", default=False)
    trial = tried(*numbers, thorough=every)
    assert trial.symptom
    assert trial.mended >= puzzle.case(*numbers)._draft.task.enough
    for key, (broken, mended) in trial.told.items():
        assert broken, key
        assert not mended, key
    if every:
        assert trial.seconds < 10
        assert trial.judged[0] in puzzle.MESSAGES
        assert trial.judged[1] is None


@pytest.mark.parametrize("kind", ["mask_lost", "twin_units", "time_as_batch", "feature_unheard"])
def test_the_instrument_finds_nothing_in_the_mended_program(kind):
    case = _case_of(kind)
    functions = case.functions(case._reference)
    x, y = functions["make_data"](1)
    model = functions["build"]()
    functions["train"](model, x, y)
    assert not found_in(KINDS[kind], model, x, y)


def test_a_run_is_the_same_from_the_same_seed_and_leaves_the_global_seeds():
    case = _case_of("no_gradient")
    np.random.seed(3)
    before = np.random.get_state()[1].copy()
    one, again = case.run(seed=5), case.run(seed=5)
    assert np.allclose(one.losses, again.losses, rtol=1e-3)
    assert np.array_equal(before, np.random.get_state()[1])


def _case_of(kind, fits=lambda case: True):
    """The first case of level 1 with a kind of fault."""
    cases = (puzzle.case(number) for number in range(200))
    return next(case for case in cases if case._planted == (kind,) and fits(case))


def _first(case, functions=None):
    """The first thing that is wrong with a program."""
    return next(iter(case._behaves(functions)), None)


def _reference(case, **functions):
    return case.functions(case._reference) | functions


def test_a_program_without_a_model_is_refused():
    case = _case_of("broadcast_loss")
    assert _first(case, _reference(case, build=lambda: len)) == (
        "no_model",
        {"what": "builtin_function_or_method"},
    )


def test_other_data_are_refused_and_another_layout_is_not():
    case = _case_of("broadcast_loss")
    mended = _reference(case)

    def shorter(seed):
        x, y = mended["make_data"](seed)
        return x, y * 0

    def as_column(seed):
        x, y = mended["make_data"](seed)
        return x, y[:, None]

    assert _first(case, mended | {"make_data": shorter}) == ("other_data", {"what": "y"})
    mended_in_data = case.functions() | {"make_data": as_column}
    assert _first(case, mended_in_data) is None


def test_constant_answers_are_poor():
    case = _case_of("broadcast_loss")
    message, facts = _first(case, _reference(case, train=lambda model, x, y: [1.0, 0.5]))
    assert message == "poor"
    assert facts["score"] < facts["wanted"]


def test_answers_that_the_model_has_no_part_in_are_refused():
    case = _case_of("broadcast_loss")

    def by_hand(model, x):
        return x[:, :, 0].sum(axis=1) / np.sqrt(x.shape[1])

    given = _reference(case, predict=by_hand, train=lambda model, x, y: [0.1])
    assert _first(case, given) == ("model_ignored", {})


def test_statistics_over_the_batch_are_found_before_any_training():
    case = _case_of("samples_hear_each_other")

    def never(model, x, y):
        raise AssertionError("The training was asked for.")

    message, _ = _first(case, case.functions() | {"train": never})
    assert message in ("batch_matters", "order_matters")


def test_a_dropout_that_was_taken_away_is_missed():
    case = _case_of("dropout_in_predict", lambda case: case._draft.task.name == "total")
    code = case.code.replace("training=True", "training=False")
    assert code != case.code
    message, facts = _first(case, case.functions(code))
    assert message == "noise_gone"
    assert facts["rate"] == case._draft.constants["$DROP"]


def test_a_state_that_is_dropped_instead_of_reset_is_missed():
    case = _case_of("state_not_reset")
    code = case._reference.replace("        self.h.assign(h)\n        self.c.assign(c)\n", "")
    assert code != case._reference
    assert _first(case, case.functions(code)) == ("state_dropped", {})


def test_half_a_reset_is_missed():
    case = _case_of("state_not_reset")
    code = case._reference.replace(
        "self.c.assign(ops.zeros_like(self.c))", "self.c.assign(self.c / 2)"
    )
    assert code != case._reference
    assert _first(case, case.functions(code))[0] == "state_left"


def test_a_differently_written_right_is_accepted():
    case = _case_of("time_as_batch", lambda case: case._draft.task.name == "running_mean")
    code = """
import keras
from keras import layers


def build():
    inputs = keras.Input((None, 1))
    sums = layers.SimpleRNN(24, return_sequences=True)(inputs)
    hidden = layers.Dense(24, activation="tanh")(sums)
    model = keras.Model(inputs, layers.Dense(1)(hidden))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model


def train(model, x, y):
    return model.fit(x, y, epochs=30, verbose=0).history["loss"]
"""
    space = {}
    exec(code, space)
    given = case.functions() | {"build": space["build"], "train": space["train"]}
    given["predict"] = lambda model, x: model.predict(x, verbose=0)
    assert _first(case, given) is None


def test_the_instrument_is_asked_where_behaviour_does_not_tell():
    case = _case_of("twin_units", lambda case: case._draft.task.name == "neighbours")
    kind = KINDS["twin_units"]
    functions = case.functions()
    x, y = functions["make_data"](1)
    model = functions["build"]()
    functions["train"](model, x[:32], y[:32])
    assert found_in(kind, model, x, y)
