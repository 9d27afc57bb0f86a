"""The room of puzzle 04: the program, its gradients in several ways, and what a check passes."""

import subprocess
import sys

import numpy as np
import pytest

from utils.benchmarks import gradient_check as benchmark
from utils.puzzles import gradient_check as puzzle
from utils.puzzles.gradient_check import program

SIZES = [(0, 5, 30), (1, 1, 7), (2, 3, 1), (3, 8, 12)]  # seed, units, timesteps


@pytest.fixture(params=SIZES, ids=lambda size: "seed {}, {} units, {} steps".format(*size))
def case(request):
    """p, inputs, targets and a state to start from that is not zeros."""
    seed, units, timesteps = request.param
    rng = np.random.default_rng(seed)
    h, c = rng.standard_normal((2, units))
    return puzzle.parameters(seed, units), *puzzle.sine(timesteps), h, c


def analytic(p, inputs, targets, h=None, c=None):
    """The gradient by the program itself."""
    h, c = puzzle.start(p) if h is None else (h, c)
    outputs, _, _, caches = puzzle.forward(inputs, h, c, p)
    return puzzle.backward(outputs, targets, caches, p)


def bits(p):
    return {name: values.tobytes() for name, values in p.items()}


def median_error(timesteps=60, **settings):
    """The median norm error of the check with its bug, over 20 seeds."""
    inputs, targets = puzzle.sine(timesteps)
    errors = []
    for seed in range(20):
        p = puzzle.parameters(seed, **settings)
        state = puzzle.final_state(p, inputs)
        a, n = puzzle.gradients(p, inputs, targets), puzzle.numerical(p, inputs, targets, *state)
        errors.append(puzzle.norm_error(a, n))
    return np.median(errors)


# The program


def test_importing_the_room_loads_numpy_and_nothing_heavy():
    program = (
        "import sys; from utils.puzzles import gradient_check as puzzle\n"
        "p = puzzle.parameters(0); puzzle.numerical(p, *puzzle.sine()), puzzle.play({})\n"
        "repr(puzzle.table(puzzle.backward)), repr(puzzle.FAULTS), puzzle.passes(seeds=1)\n"
        "heavy = {'tensorflow', 'keras', 'ipywidgets', 'matplotlib', 'IPython', 'scipy'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_every_public_name_is_there_once():
    assert len(set(puzzle.__all__)) == len(puzzle.__all__)
    assert all(hasattr(puzzle, name) for name in puzzle.__all__)


def test_five_units_have_146_parameters():
    p = puzzle.parameters(0)
    assert sum(values.size for values in p.values()) == 146
    assert p["Wf"].shape == (6, 5) and p["Wy"].shape == (5, 1)
    assert sum(values.size for values in puzzle.parameters(0, units=3).values()) == 4 * 3 * 5 + 4


def test_the_seed_decides_the_weights_and_leaves_the_global_dice_alone():
    before = np.random.get_state()[1].copy()
    assert bits(puzzle.parameters(4)) == bits(puzzle.parameters(4)) != bits(puzzle.parameters(5))
    assert np.array_equal(before, np.random.get_state()[1])


def test_the_forget_bias_is_in_bf_alone():
    usual, wanted = puzzle.parameters(0), puzzle.parameters(0, forget_bias=3)
    assert (wanted["bf"] == 3).all()
    assert all(np.array_equal(usual[name], wanted[name]) for name in usual if name != "bf")


def test_a_step_is_an_lstm(case):
    """Against an LSTM that is written another way: one matrix, one gate after the other."""
    p, inputs, _, h, c = case
    outputs, last_h, last_c, caches = puzzle.forward(inputs, h, c, p)
    W = np.hstack([p["W" + gate] for gate in "ifco"])
    b = np.hstack([p["b" + gate] for gate in "ifco"])
    for x, y in zip(inputs[:, 0], outputs, strict=True):
        i, f, g, o = np.split(x * W[0] + h @ W[1:] + b, 4)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        assert np.allclose(y, h @ p["Wy"] + p["by"], rtol=1e-12, atol=1e-14)
    assert np.allclose(last_h, h) and np.allclose(last_c, c) and len(caches) == len(inputs)


def test_no_function_but_train_changes_its_arguments(case):
    p, inputs, targets, h, c = case
    given = {"inputs": inputs, "targets": targets, "h": h, "c": c} | p
    before = bits(given)
    analytic(p, inputs, targets, h, c)
    puzzle.gradients(p, inputs, targets, h, c)
    puzzle.numerical_many(p, inputs, targets, h, c, [1e-3, 1e-4])
    puzzle.numerical_in_a_loop(p, inputs, targets, h, c)
    puzzle.complex_step(p, inputs, targets, h, c)
    puzzle.complex_step_in_a_loop(p, inputs, targets, h, c)
    puzzle.states(p, inputs, h, c)
    puzzle.check_grad(puzzle.backward, inputs, targets, p)
    assert bits(given) == before


def test_the_question_rolls_its_targets_the_wrong_way():
    inputs, targets = puzzle.pairs(np.arange(4.0))
    assert np.array_equal(inputs[:, 0], [0, 1, 2, 3])
    assert np.array_equal(targets[:, 0], [3, 0, 1, 2])
    inputs, targets = puzzle.next_pairs(np.arange(4.0))
    assert np.array_equal(np.hstack([inputs, targets]), [[0, 1], [1, 2], [2, 3]])


def test_the_sine_shows_that_it_is_wrapped():
    inputs, targets = puzzle.sine()
    assert inputs.shape == targets.shape == (60, 1)
    assert np.array_equal(targets[1:], inputs[:-1]) and targets[0] == inputs[-1]
    assert abs(targets[0] - inputs[0]) > 0.3  # no whole number of periods


def test_training_lowers_the_loss_by_its_own_gradients():
    p, (inputs, targets) = puzzle.parameters(0), puzzle.sine()
    first = puzzle.copied(p)
    losses = puzzle.train(p, inputs, targets, rounds=40)
    assert losses.shape == (40,) and losses[-1] < 0.1 * losses[0]
    grads = puzzle.gradients(first, inputs, targets)
    once = puzzle.copied(first)
    puzzle.train(once, inputs, targets, rounds=1, learning_rate=0.1)
    assert all(np.allclose(once[k], first[k] - 0.1 * grads[k]) for k in first)
    assert not np.allclose(p["Wf"], first["Wf"]), "train changes p"


def test_a_trained_model_is_left_with_the_wrapped_step():
    wrapped = puzzle.wrapped_share(rounds=150)
    assert 0.3 < wrapped.share < 0.9
    assert f"{wrapped.share:.0%}" in repr(wrapped)
    assert wrapped.errors[0] > 5 * np.delete(wrapped.errors, 0).max()


# The gradients, each by ways that share no code


def test_fused_passes_are_the_program(case):
    p, inputs, targets, h, c = case
    outputs, last_h, last_c, _ = puzzle.forward(inputs, h, c, p)
    hs, cs = puzzle.states(p, inputs, h, c)
    assert np.array_equal(hs[0], h) and np.array_equal(cs[0], c)
    assert np.allclose(hs[1:] @ p["Wy"] + p["by"], outputs, rtol=1e-13, atol=1e-14)
    assert np.allclose(hs[-1], last_h, rtol=1e-13) and np.allclose(cs[-1], last_c, rtol=1e-13)
    for state in [(), (h, c)]:
        expected, found = (way(p, inputs, targets, *state) for way in (analytic, puzzle.gradients))
        assert puzzle.norm_error(expected, found) < 1e-14


def test_the_final_state_is_that_of_a_run_from_zeros(case):
    p, inputs, *_ = case
    _, h, c, _ = puzzle.forward(inputs, *puzzle.start(p), p)
    assert np.allclose(puzzle.final_state(p, inputs), (h, c), rtol=1e-12, atol=1e-15)


def test_the_complex_step_is_the_analytic_gradient_to_round_off(case):
    p, inputs, targets, h, c = case
    for state in [(), (h, c)]:
        exact = analytic(p, inputs, targets, *state)
        for way in (puzzle.complex_step, puzzle.complex_step_in_a_loop):
            found = way(p, inputs, targets, *state)
            assert puzzle.norm_error(exact, found) < 1e-13
            assert {k: v.shape for k, v in found.items()} == {k: v.shape for k, v in p.items()}
            assert {v.dtype for v in found.values()} == {np.dtype(float)}


@pytest.mark.parametrize(
    "dtype, delta, limit", [(np.float64, 1e-4, 1e-10), (np.float32, 1e-2, 1e-3)]
)
def test_all_at_once_is_the_loop_to_round_off(case, dtype, delta, limit):
    _, inputs, targets, h, c = case
    p = {name: values.astype(dtype) for name, values in case[0].items()}
    for state in [(), (h, c)]:
        found, expected = (
            way(p, inputs, targets, *state, delta=delta)
            for way in (puzzle.numerical, puzzle.numerical_in_a_loop)
        )
        assert puzzle.norm_error(found, expected) < limit
        assert all(found[k].shape == p[k].shape and found[k].dtype == dtype for k in p)


def test_central_differences_err_by_the_square_of_a_large_delta():
    """The bound on round-off above does not see a factor; this one does."""
    p, (inputs, targets) = puzzle.parameters(0), puzzle.sine()
    exact, deltas = puzzle.gradients(p, inputs, targets), [4e-3, 2e-3, 1e-3]
    many = puzzle.numerical_many(p, inputs, targets, deltas=deltas)
    errors = [puzzle.norm_error(exact, {k: v[i] for k, v in many.items()}) for i in range(3)]
    assert np.allclose(np.divide(errors[:-1], errors[1:]), 4, rtol=0.02)


@pytest.mark.parametrize("sums, product", [(1, 10**9), (300, 10**9), (10**6, 50), (10**6, 10**9)])
def test_the_size_of_the_batch_changes_nothing(monkeypatch, sums, product):
    p, (inputs, targets) = puzzle.parameters(1, units=2), puzzle.sine(9)
    deltas = [1e-2, 1e-3, 1e-4, 1e-5]
    expected = [puzzle.numerical(p, inputs, targets, delta=delta) for delta in deltas]
    monkeypatch.setattr("utils.puzzles.gradient_check.finite_differences.SUMS", sums)
    monkeypatch.setattr("utils.puzzles.gradient_check.finite_differences.ONE_THREAD", product)
    many = puzzle.numerical_many(p, inputs, targets, deltas=deltas)
    for k, one in enumerate(expected):
        assert puzzle.norm_error(one, {name: values[k] for name, values in many.items()}) < 1e-10


def test_another_loss_has_other_differences():
    p, (inputs, targets) = puzzle.parameters(0, units=2), puzzle.sine(6)
    usual = puzzle.numerical_in_a_loop(p, inputs, targets)
    mean = puzzle.numerical_in_a_loop(
        p, inputs, targets, loss=lambda outputs, targets: np.mean((outputs - targets) ** 2)
    )
    assert all(np.allclose(usual[k], 6 * mean[k], rtol=1e-5, atol=1e-8) for k in p)


def test_half_a_state_is_refused_in_a_sentence():
    p, (inputs, targets) = puzzle.parameters(0), puzzle.sine(3)
    for way in (puzzle.gradients, puzzle.numerical, puzzle.complex_step):
        with pytest.raises(ValueError, match="The state has two halves"):
            way(p, inputs, targets, h=np.zeros(5))
    with pytest.raises(ValueError, match="The state has two halves"):
        puzzle.states(p, inputs, c=np.zeros(5))


def test_tensorflow_agrees_to_round_off():
    p, (inputs, targets) = puzzle.parameters(0), puzzle.sine(20)
    exact = puzzle.backward(*_run(p, inputs, targets), p)
    assert puzzle.norm_error(exact, puzzle.with_tensorflow(p, inputs, targets)) < 1e-13
    report = puzzle.cross_check(p, inputs, targets)
    errors = {name: float(error) for name, error in report.rows}
    assert errors["GradientTape"] < 1e-13 and errors["complex step"] < 1e-13
    assert all(error < 1e-7 for error in errors.values()) and len(errors) == 4
    assert "GradientTape" in repr(report) and "<th" in report._repr_html_()


def _run(p, inputs, targets):
    outputs, _, _, caches = puzzle.forward(inputs, *puzzle.start(p), p)
    return outputs, targets, caches


# The errors


def test_relative_errors_are_0_where_both_are_0_and_1_where_one_is():
    a = {"w": np.array([0.0, 0.0, 1.0, 2.0, -1.0, np.nan])}
    n = {"w": np.array([0.0, 1.0, 0.0, 2.0, 1.0, 1.0])}
    errors = puzzle.relative_errors(a, n)["w"]
    assert np.array_equal(errors, [0, 1, 1, 0, 1, np.nan], equal_nan=True)
    assert puzzle.share_failing(a, n, 1e-7) == 4 / 6, "NaN fails"


def test_the_norm_error_is_over_all_parameters():
    a, n = (
        {"v": np.array([3.0]), "w": np.zeros((1, 2))},
        {"v": np.zeros(1), "w": np.array([[4.0, 0]])},
    )
    assert puzzle.norm_error(a, n) == 5 / 7
    assert puzzle.norm_error(a, a) == 0 == puzzle.norm_error({"w": np.zeros(2)}, {"w": np.zeros(2)})
    assert np.isnan(puzzle.norm_error({"w": np.array([np.nan])}, {"w": np.ones(1)}))


# The question's check


@pytest.mark.parametrize("seed", range(3))
def test_the_questions_check_fails_the_right_gradients(seed):
    p, (inputs, targets) = puzzle.parameters(seed), puzzle.sine()
    before = bits(p)
    assert puzzle.check_grad(puzzle.backward, inputs, targets, p) is False
    assert puzzle.check_grad(puzzle.backward, inputs, targets, p, 1e-4, 1e-3) is False
    assert bits(p) == before


def test_its_numerical_side_is_the_gradient_from_the_final_state(case):
    p, inputs, targets, *_ = case
    state = puzzle.final_state(p, inputs)
    n = puzzle.numerical_in_a_loop(p, inputs, targets, *state)
    assert puzzle.norm_error(n, analytic(p, inputs, targets, *state)) < 1e-8
    if len(inputs) > 1:
        assert puzzle.norm_error(n, analytic(p, inputs, targets)) > 1e-4


def test_the_questions_check_passes_a_gradient_from_the_final_state():
    """So it is the state that it fails for, and it can pass."""
    p, (inputs, targets) = puzzle.parameters(0, units=3), puzzle.sine(20)

    def elsewhere(outputs, targets, caches, p):
        return analytic(p, inputs, targets, *puzzle.final_state(p, inputs))

    assert puzzle.check_grad(elsewhere, inputs, targets, p, delta=1e-4, tolerance=1e-4) is True


def test_an_error_that_is_not_numerical_ignores_delta():
    p, (inputs, targets) = puzzle.parameters(0), puzzle.sine()
    exact, state = puzzle.gradients(p, inputs, targets), puzzle.final_state(p, inputs)
    deltas = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7]
    many = puzzle.numerical_many(p, inputs, targets, *state, deltas)
    errors = [puzzle.norm_error(exact, {k: v[i] for k, v in many.items()}) for i in range(5)]
    assert np.ptp(errors) < 1e-4 * errors[0] and errors[0] > 1e-3


def test_the_longer_the_memory_the_more_the_wrong_start_matters():
    by_bias = [median_error(forget_bias=bias) for bias in (-3, 0, 1, 5)]
    assert by_bias == sorted(by_bias) and by_bias[0] < 0.01 and by_bias[-1] > 0.2
    by_length = [median_error(timesteps) for timesteps in (5, 60, 400)]
    assert by_length == sorted(by_length, reverse=True)
    assert 0.05 < by_length[0] < 0.2 and 0.005 < by_length[1] < 0.05 and by_length[2] < 0.01


def test_float32_wants_a_larger_delta_than_float64():
    best = {}
    inputs, targets = puzzle.sine()
    deltas = 10.0 ** np.arange(-8, 0)
    for dtype in (np.float64, np.float32):
        p = puzzle.parameters(0, dtype=dtype)
        exact = puzzle.gradients(p, inputs, targets)
        many = puzzle.numerical_many(p, inputs, targets, deltas=deltas)
        errors = [puzzle.norm_error(exact, {k: v[i] for k, v in many.items()}) for i in range(8)]
        best[dtype] = deltas[np.argmin(errors)], min(errors), errors[3]
    assert np.isclose(best[np.float64][0], 1e-5) and best[np.float64][1] < 1e-9
    assert np.isclose(best[np.float32][0], 1e-2) and 1e-6 < best[np.float32][1] < 1e-3
    assert best[np.float32][2] > 5e-3, "at 1e-5 float32 is no better than the bug"


# What an assert passes


def test_the_mended_assert_usually_fails_and_another_holds():
    question = puzzle.passes()
    assert 0 < question.once < 15 and question.in_a_row <= question.once / 2
    assert len(question.worst) == 20 and {len(draws) for draws in question.worst} == {5}
    holds = puzzle.passes(delta=1e-4, tolerance=1e-5, denominator="|a| + |n|")
    assert holds.once == holds.in_a_row == 20
    buggy = puzzle.passes(seeds=3, mended=False, tolerance=1e-3)
    assert buggy.once == buggy.in_a_row == 0


def test_passes_counts_what_the_loop_finds():
    found = puzzle.passes(seeds=[3], timesteps=12, tolerance=1e-9)
    inputs, targets = puzzle.sine(12)
    for k, worst in enumerate(found.worst[0]):
        p = puzzle.parameters([3, k] if k else 3)
        a, n = analytic(p, inputs, targets), puzzle.numerical(p, inputs, targets)
        assert np.isclose(worst, max((abs(a[b] - n[b]) / abs(a[b] + n[b])).max() for b in p))
    assert found.once == (found.worst[0][0] <= 1e-9)


def test_passes_says_what_it_counted():
    text = repr(puzzle.passes(1e-4, 1e-5, "|a| + |n|", seeds=2))
    assert text.startswith("delta 1e-04, tolerance 1e-05, |a| + |n|: passes for 2 of 2 seeds")
    assert "not mended" in repr(puzzle.passes(seeds=1, mended=False))


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"denominator": "a"}, "There is no denominator 'a'; expected"),
        ({"delta": 0}, "delta is 0 and tolerance"),
        ({"tolerance": -1}, "expected two numbers above 0"),
        ({"seeds": 0}, "There are no seeds"),
    ],
)
def test_passes_refuses_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        puzzle.passes(**wrong)


def test_what_was_restored_reads_well():
    assert "np.dot(" in repr(puzzle.RESTORED) and "<code" in puzzle.RESTORED._repr_html_()
    assert max(map(len, repr(puzzle.RESTORED).splitlines())) <= 100
    assert program.DELTA == 1e-5 and program.TOLERANCE == 1e-7, "as the question has them"


def test_the_benchmark_compares_ways_that_agree(monkeypatch):
    for name, value in {"UNITS": (2, 9), "TIMESTEPS": 4, "SHORTEST": 0}.items():
        monkeypatch.setattr(benchmark, name, value)
    said = []
    benchmark.report(turns=2, say=lambda line, flush: said.append(line))
    rows = [line for line in said if line.startswith("      ") and line.split()[-1] != "analytic"]
    assert len(rows) == 7 + 5, "no loops over the parameters of a large model"
    assert all(float(row.split()[-1]) < 1e-8 for row in rows)
    assert "2 units, 4 timesteps, 35 parameters" in said[0] and "2 turns" in said[0]
