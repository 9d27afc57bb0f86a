"""The gallery of puzzle 04: the faults, what a check sees of them, and the game."""

import inspect
import pickle

import cloudpickle
import numpy as np
import pytest

from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import faults, gallery, patterns, program

PASS_ONE_STEP = {"no_sum", "dh_dropped", "dc_dropped", "wrong_slice"}
ELSEWHERE = {"rolled_pairs", "mean_for_sum", "shared_parameters", "stale_caches"}
OUTPUT = {"Wy", "by"}
FAULT, ROUNDING = 1e-6, 1e-10  # above and below which the errors of a block of table lie


def wrong(pattern, timesteps):
    """The blocks that are wrong; every error is plainly one or the other."""
    errors = pattern[timesteps]
    assert all(error > FAULT or error < ROUNDING for error in errors.values()), errors
    return {block for block, error in errors.items() if error > FAULT}


def pattern_of(name, **settings):
    return puzzle.table(puzzle.faulty_backward(name), **settings)


# The faults


def test_seven_faults_are_in_the_backward_pass_and_four_elsewhere():
    assert len(puzzle.BACKWARD_FAULTS) == 7
    assert set(puzzle.FAULTS) - set(puzzle.BACKWARD_FAULTS) == ELSEWHERE


@pytest.mark.parametrize("name", puzzle.FAULTS)
def test_a_fault_changes_the_program_where_it_says(name):
    fault = puzzle.FAULTS[name]
    for change in fault.changes:
        text = inspect.getsource(getattr(program, change.function))
        assert text.count(change.right) == 1 and change.wrong not in text
        assert change.wrong in faults.replaced(text, change)
    assert fault.words and fault.why.endswith(".") and fault.code != fault.right


def test_a_change_that_fits_nowhere_or_twice_is_refused():
    for right, times in [("dh = 5", 0), ("tanh(c)", 2)]:
        text = inspect.getsource(program.step_back)
        with pytest.raises(ValueError, match=f"is {times} times in step_back; expected it once"):
            faults.replaced(text, faults.Change("step_back", right, "pass"))


def test_without_a_fault_the_text_is_the_program():
    p, (inputs, targets) = puzzle.parameters(1), puzzle.sine(9)
    outputs, _, _, caches = puzzle.forward(inputs, *puzzle.start(p), p)
    right = faults.with_fault()
    found, expected = (
        way(outputs, targets, caches, p) for way in (right.backward, puzzle.backward)
    )
    assert all(np.array_equal(found[name], expected[name]) for name in p)


def test_a_faulty_backward_pass_stays_faulty_when_it_travels():
    """To another process it must go with its text, and not as the name of the right one."""
    there = pickle.loads(cloudpickle.dumps(puzzle.faulty_backward("c_for_c_old")))
    assert wrong(puzzle.table(there), 1) == {"Wf", "bf"}


@pytest.mark.parametrize("name", ["rolled_pairs", "right", "no sum"])
def test_a_name_that_is_no_fault_of_the_backward_pass_is_refused(name):
    with pytest.raises(KeyError, match=f"There is no fault '{name}' in no_sum, c_for_c_old"):
        puzzle.faulty_backward(name)


def test_the_gallery_is_shown_with_its_lines():
    text, page = repr(puzzle.FAULTS), puzzle.FAULTS._repr_html_()
    for name, fault in puzzle.FAULTS.items():
        assert f"{name}: {fault.words}" in text and fault.words in page
        for line in fault.code.splitlines():
            assert f"    faulty: {line}\n" in f"{text}\n"
    assert page.count("<tr>") == 12 and "<code" in page


# The patterns


@pytest.mark.parametrize("units", [2, 5, 8])
@pytest.mark.parametrize("seed", range(4))
def test_the_faults_differ_by_the_blocks_that_are_wrong(seed, units):
    all_blocks = set(puzzle.parameters(0))
    gates = all_blocks - OUTPUT
    found = {
        name: (wrong(pattern, 1), wrong(pattern, 2))
        for name in puzzle.BACKWARD_FAULTS
        for pattern in [pattern_of(name, timesteps=(1, 2), seed=seed, units=units)]
    }
    unheard = gates - {"Wf", "bf"}  # at the first step c_old is 0
    assert found == {
        "no_sum": (set(), all_blocks),
        "c_for_c_old": ({"Wf", "bf"}, gates),
        "dh_dropped": (set(), unheard),
        "dc_dropped": (set(), unheard - {"Wo", "bo"}),
        "wrong_slice": (set(), unheard),
        "c_squared": (unheard - {"Wo", "bo"}, gates),
        "one_gate_sign": ({"Wo", "bo"}, unheard),
    }


def test_with_many_steps_every_fault_spreads_to_all_gates():
    for name in puzzle.BACKWARD_FAULTS:
        assert wrong(pattern_of(name), 20) >= set(puzzle.parameters(0)) - OUTPUT


@pytest.mark.parametrize("units", [1, 2, 5])
def test_the_right_backward_pass_is_right_to_rounding(units):
    for seed in range(4):
        pattern = puzzle.table(puzzle.backward, seed=seed, units=units)
        assert list(pattern) == [1, 2, 20]
        assert not any(wrong(pattern, timesteps) for timesteps in pattern)


def test_a_pattern_is_a_dict_and_reads_well():
    pattern = pattern_of("c_for_c_old", timesteps=(1, 3))
    assert isinstance(pattern, dict) and set(pattern[1]) == set(puzzle.parameters(0))
    head, one, three = repr(pattern).splitlines()
    assert head.split() == ["T", "Wf", "bf", "Wi", "bi", "Wc", "bc", "Wo", "bo", "Wy", "by"]
    assert one.split() == ["1", "1", "1"] + 8 * ["0"] and three.split()[0] == "3"
    assert pattern._repr_html_().count(">0</td>") == 10
    assert repr(puzzle.table(puzzle.backward, timesteps=())).split() == ["T"]


def test_random_inputs_are_never_near_0():
    for values in patterns.drawn(500, seed=1):
        assert values.shape == (500, 1) and abs(values).min() >= 1 and abs(values).max() <= 3
        assert 200 < (values > 0).sum() < 300
    assert not np.array_equal(*patterns.drawn(5, seed=1))


@pytest.mark.parametrize(
    "returned, sentence",
    [
        (None, "returns no numbers for Wf"),
        ({"Wf": "much"}, "returns no numbers for Wf"),
        ({"Wf": np.zeros((6, 5))}, "returns no numbers for bf"),
        ({"Wf": np.zeros(3)}, r"returns Wf with the shape \(3,\); expected \(6, 5\)"),
    ],
)
def test_a_backward_pass_that_returns_something_else_is_refused(returned, sentence):
    with pytest.raises(ValueError, match=sentence):
        puzzle.table(lambda *_: returned)


@pytest.mark.parametrize("timesteps", [3, (1, 0)])
def test_what_is_no_number_of_steps_is_refused(timesteps):
    with pytest.raises(ValueError, match="expected numbers of steps"):
        puzzle.table(puzzle.backward, timesteps=timesteps)


# The game


@pytest.mark.parametrize("name", [None, *puzzle.FAULTS])
def test_what_a_check_sees_is_the_same_for_every_draw(name):
    for seed in range(2 if name == "mean_for_sum" else 5):
        few, many = (gallery.share(name, timesteps, seed) for timesteps in (1, gallery.MANY))
        assert (many > 0.9) == (name in puzzle.BACKWARD_FAULTS) and (many == 0) == (many < 0.9)
        assert (few > 0) == (name in set(puzzle.BACKWARD_FAULTS) - PASS_ONE_STEP)


def test_faults_that_no_check_sees_change_what_is_learned():
    right = gallery.trained(None, 60)
    assert gallery.trained("rolled_pairs", 60) > 3 * right, "another task"
    assert gallery.trained("mean_for_sum", 60) > 3 * right, "shorter steps"
    assert gallery.trained("stale_caches", 60) > 1.2 * right, "a wrong direction"
    assert gallery.trained("shared_parameters", 60) < 0.8 * right, "twice as many rounds"


def test_a_copy_that_shares_its_arrays_is_trained_with_the_other():
    for name, same in [(None, False), ("shared_parameters", True)]:
        p = puzzle.parameters(0)
        copy = faults.with_fault(name).copied(p)
        faults.with_fault(name).train(copy, *puzzle.sine(5), 1)
        assert copy is not p and np.array_equal(copy["Wf"], p["Wf"]) == same


def test_a_loss_that_hides_a_fault():
    """The forget gate's fault is caught by a check, and hardly to be seen in the training."""
    right, faulty = gallery.trained(None, 60), gallery.trained("c_for_c_old", 60)
    assert right != faulty and abs(faulty - right) < 0.25 * right
    assert not gallery.trained("no_sum", 60) < 10 * right


def test_all_right_guesses_are_right():
    guesses = {
        name: "many" if name in PASS_ONE_STEP else "never" if name in ELSEWHERE else 1
        for name in puzzle.FAULTS
    }
    game = puzzle.play(guesses, say=[].append, rounds=3)
    assert game.sentence == "11 of 11 guesses are right."
    assert "WRONG" not in repr(game) and "✘" not in game._repr_html_()
    assert [turn.name for turn in game.turns] == list(puzzle.FAULTS)


def test_only_what_was_guessed_is_run_and_told():
    said = []
    game = puzzle.play({"no_sum": 1, "c_squared": None, "mean_for_sum": ...}, said.append, rounds=2)
    assert game.sentence == "0 of 1 guesses are right. There are 10 left to guess."
    assert said == [
        "Training the right program …",
        "Checking and training fault 1 of 1: no_sum …",
        "Checked and trained the program with 1 fault.",
    ]
    text, page = repr(game), game._repr_html_()
    assert "WRONG  no_sum: the gradient is set" in text and "✘ with 1 step (not so)" in page
    assert "guessed: with 1 step; found: with many only" in text
    assert "failing: 0% with 1 step, 100% with 66" in text
    for name, fault in puzzle.FAULTS.items():
        assert (fault.why in text) == (name == "no_sum")
    assert game.note in text


def test_a_training_that_diverges_is_said_so_without_a_warning(recwarn):
    game = gallery.Game((gallery.Turn("no_sum", 1, 0.0, 1.0, float("nan")),), 0.5)
    assert "squared error after training: diverged" in repr(game)
    assert "diverged" in game._repr_html_()
    program_with = faults.with_fault("one_gate_sign")
    with np.errstate(all="ignore"):
        losses = program_with.train(puzzle.parameters(2), *puzzle.sine(66), 100)
    assert not losses[-1] < losses[0] and not recwarn.list


def test_no_guess_is_no_run(capsys):
    for guesses in ({}, dict.fromkeys(puzzle.FAULTS)):
        game = puzzle.play(guesses)
        assert game.turns == () and repr(game).startswith("No guesses yet.")
        assert "No guesses yet." in game._repr_html_()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "guesses, sentence",
    [
        ({"nosum": 1}, "There is no fault 'nosum'; there are no_sum, c_for_c_old"),
        ({"no_sum": 2}, "The guess about 'no_sum' is 2; expected 1"),
        ({"no_sum": True}, "The guess about 'no_sum' is True"),
        ({"no_sum": [1]}, r"The guess about 'no_sum' is \[1\]"),
        ({"no_sum": "1"}, "The guess about 'no_sum' is '1'"),
        ([1], "guesses is list; expected a dict"),
    ],
)
def test_a_guess_that_is_none_is_refused_in_a_sentence(guesses, sentence):
    with pytest.raises(ValueError, match=sentence):
        puzzle.play(guesses, say=[].append)
