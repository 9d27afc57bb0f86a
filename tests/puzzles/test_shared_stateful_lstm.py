"""The room of puzzle 05: the question's model, its leak in NumPy, and what is seen of it."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from utils.puzzles import shared_stateful_lstm as puzzle
from utils.puzzles.shared_stateful_lstm import reference
from utils.training.recurrent import lstm_in_numpy

LEAKING = {
    puzzle.question_model: (2, 1, 0),
    puzzle.in_a_loop: (0, 1, 2),
    puzzle.time_distributed: (0, 1, 2),
}
BUILDERS = [*LEAKING, *(repair.build for repair in puzzle.REPAIRS.values())]


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def ready(build, batch=2, streams=3, timesteps=None, features=4, units=3, seed=0):
    """A model with weights from the seed."""
    model = build(batch, streams, timesteps, features, units)
    puzzle.give_weights(model, puzzle.initial_weights(seed, features, units))
    return model


# The room


def test_importing_the_room_and_its_reference_loads_no_tensorflow():
    program = (
        "import sys; from utils.puzzles import shared_stateful_lstm as p\n"
        "p.chained(p.initial_weights(0), [[[[0.0] * 4]]]); p.CHANGES\n"
        "sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2]).returncode
        == 0
    )


def test_every_public_name_is_there_and_stays_what_it_is():
    before = {name: getattr(puzzle, name) for name in puzzle.__all__}
    puzzle.split_cell()  # imports a module of the room
    assert {name: getattr(puzzle, name) for name in puzzle.__all__} == before
    modules = {path.stem for path in Path(puzzle.__file__).parent.glob("*.py")}
    assert not modules & set(puzzle.__all__)  # a submodule would take the name's place
    assert set(puzzle.__all__) <= set(dir(puzzle))
    with pytest.raises(AttributeError, match="Room 05 has no name 'fould'"):
        assert puzzle.fould


# The reference


def by_hand(weights, x, state):
    """One LSTM over x [timesteps, features], written out gate by gate."""
    kernel, recurrent, bias = (np.asarray(w, float) for w in weights)
    h, c = state
    outputs = []
    for x_t in x:
        i, f, g, o = np.split(x_t @ kernel + h @ recurrent + bias, 4)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        outputs.append(h)
    return np.array(outputs), (h, c)


def test_alone_each_stream_goes_its_own_way():
    weights, x = puzzle.initial_weights(3, 4, 5), numbers(2, 3, 7, 4)
    outputs = puzzle.alone(weights, x)
    assert outputs.shape == (2, 3, 7, 5)
    for row in range(2):
        for stream in range(3):
            expected, _ = by_hand(weights, x[row, stream], np.zeros((2, 5)))
            np.testing.assert_allclose(outputs[row, stream], expected, atol=1e-6)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("cuts", [(), (3,), (1, 6)])
def test_chained_one_state_goes_through_all_streams_chunk_by_chunk(order, cuts):
    weights, x = puzzle.initial_weights(3, 4, 5), numbers(2, 3, 7, 4)
    outputs = puzzle.chained(weights, x, order, cuts)
    ends = [0, *cuts, 7]
    for row in range(2):
        state = np.zeros((2, 5))
        for begin, end in pairwise(ends):
            for stream in order:
                expected, state = by_hand(weights, x[row, stream, begin:end], state)
                np.testing.assert_allclose(outputs[row, stream, begin:end], expected, atol=1e-6)


@pytest.mark.parametrize("answer", [puzzle.alone, puzzle.chained])
def test_a_state_goes_on_and_further_axes_may_lead(answer):
    weights, x = puzzle.initial_weights(0), numbers(2, 3, 8, 4)
    first, state = answer(weights, x[:, :, :5], return_state=True)
    second = answer(weights, x[:, :, 5:], state=state)
    again = puzzle.alone(weights, x) if answer is puzzle.alone else answer(weights, x, cuts=(5,))
    np.testing.assert_allclose(np.concatenate([first, second], axis=2), again, atol=1e-6)
    many = numbers(4, 2, 3, 8, 4)
    for one, outputs in zip(many, answer(weights, many), strict=True):
        np.testing.assert_allclose(outputs, answer(weights, one), atol=1e-6)


@pytest.mark.parametrize("answer", [puzzle.alone, puzzle.chained])
def test_numbers_are_as_exact_as_the_weights(answer):
    weights, x = puzzle.initial_weights(0), numbers(1, 2, 5, 4)
    exact = answer([w.astype(float) for w in weights], x)
    assert exact.dtype == float and answer(weights, x).dtype == np.float32
    expected, _ = by_hand(weights, x[0, 0].astype(float), np.zeros((2, 3)))
    np.testing.assert_allclose(exact[0, 0], expected, atol=1e-14)


def test_what_is_heard_holds_every_place_once():
    streams, steps = puzzle.heard((2, 0, 1), 5, cuts=(2,))
    assert sorted(zip(streams, steps, strict=True)) == [(s, t) for s in range(3) for t in range(5)]
    assert streams.tolist() == [2, 2, 0, 0, 1, 1] + [2] * 3 + [0] * 3 + [1] * 3
    assert steps.tolist() == [0, 1] * 3 + [2, 3, 4] * 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda w: puzzle.alone(w, numbers(3, 5, 4)), r"expected \[batch, streams, timesteps, 4"),
        (lambda w: puzzle.chained(w, numbers(1, 3, 5, 2)), r"has the shape \(1, 3, 5, 2\)"),
        (lambda w: puzzle.alone(w, numbers(1, 3, 0, 4)), "none of them 0"),
        (lambda w: puzzle.chained(w, numbers(1, 3, 5, 4), (0, 1)), "each of the streams 0 to 2"),
        (lambda w: puzzle.chained(w, numbers(1, 3, 5, 4), (1, 2, 3)), "each of the streams 0 to 2"),
        (lambda w: puzzle.chained(w, numbers(1, 3, 5, 4), cuts=(5,)), "no chunk is empty"),
        (lambda w: puzzle.chunks(numbers(1, 3, 5, 4), [3, 2]), "rising numbers between 0 and 5"),
        (lambda w: puzzle.chunks(numbers(1, 3), [1]), r"expected \[batch, streams, timesteps"),
    ],
)
def test_shapes_orders_and_cuts_that_are_none_are_sentences(call, words):
    with pytest.raises(ValueError, match=words):
        call(puzzle.initial_weights(0))


def test_the_first_weights_are_those_of_a_seed():
    kernel, recurrent, bias = puzzle.initial_weights(0, 4, 3)
    assert kernel.shape == (4, 12) and recurrent.shape == (3, 12) and bias.shape == (12,)
    assert sum(w.size for w in (kernel, recurrent, bias)) == 96
    assert np.array_equal(kernel, puzzle.initial_weights(0, 4, 3)[0])
    assert not np.array_equal(kernel, puzzle.initial_weights(1, 4, 3)[0])


# The models that leak


@pytest.mark.parametrize(("build", "expected"), LEAKING.items())
def test_the_whole_is_one_long_sequence_of_the_streams(build, expected):
    """Read off an independent chain, not from `order`."""
    model, x = ready(build), numbers(2, 3, 10, 4)
    assert model.count_params() == 96
    weights, state, long = puzzle.weights_of(model), None, []
    for stream in expected:
        hidden, state = lstm_in_numpy(*weights, np.moveaxis(x[:, stream], 1, 0), state)
        long.append(np.moveaxis(hidden, 0, 1))
    outputs = puzzle.from_reset(model, x)
    for stream, hidden in zip(expected, long, strict=True):
        np.testing.assert_allclose(outputs[:, stream], hidden, atol=1e-6)
    assert puzzle.order(model, x) == expected
    cut = puzzle.from_reset(model, *puzzle.chunks(x, [3, 4]))
    np.testing.assert_allclose(cut, puzzle.chained(weights, x, expected, (3, 4)), atol=1e-6)


@pytest.mark.parametrize("streams", [1, 2, 5])
def test_the_order_of_the_questions_graph_is_reversed_for_any_number_of_streams(streams):
    model = ready(puzzle.question_model, 1, streams, 6, 2, 4)
    assert puzzle.order(model, numbers(1, streams, 6, 2)) == tuple(range(streams))[::-1]


def test_an_input_that_fits_every_order_tells_none():
    """On zeros from zeros this LSTM says 0, whoever runs first."""
    assert puzzle.order(ready(puzzle.question_model), np.zeros((2, 3, 6, 4), np.float32)) is None


@pytest.mark.parametrize("run", ["predict", "predict_on_batch"])
def test_predict_leaks_in_the_same_order(run):
    model, x = ready(puzzle.question_model), numbers(2, 3, 6, 4)
    model.compile(jit_compile=False)
    settings = {"verbose": 0, "batch_size": 2} if run == "predict" else {}
    outputs = getattr(model, run)(x, **settings)
    expected = puzzle.chained(puzzle.weights_of(model), x, (2, 1, 0))
    np.testing.assert_allclose(outputs, expected, atol=1e-6)


def test_the_last_streams_first_half_is_exactly_right_and_no_other_part_is():
    """The question's sizes. The sheet has 10.34, .61 and 9.73; the weights there are not ours."""
    found = puzzle.halves(ready(puzzle.question_model, 1), numbers(1, 3, 50, 4))
    assert found.by_stream[0, 2] == 0
    assert np.delete(found.by_stream.ravel(), 2).min() > 0.1
    assert found.full == pytest.approx(found.first + found.second)
    table = repr(found).splitlines()
    assert table[0].startswith("50 timesteps at once against two halves")
    assert table[4].split()[:3] == ["first", "half", f"{found.first:.3g}"] and table[4].endswith(
        "0"
    )
    assert found._repr_html_().count('<th scope="row"') == 3


def test_fading_memory_hides_the_leak_at_the_last_step():
    """The sheet: .16 at 4 timesteps, 2e-7 at 100."""
    weights = puzzle.initial_weights(0)

    def at_the_last_step(timesteps):
        x = numbers(1, 3, timesteps, 4)
        return np.abs(puzzle.chained(weights, x) - puzzle.alone(weights, x))[:, :, -1].max()

    assert at_the_last_step(4) > 0.01 > 1e-5 > at_the_last_step(100)


def test_an_odd_number_of_timesteps_is_halved_as_well_and_one_is_refused():
    model = ready(puzzle.fold)
    assert puzzle.halves(model, numbers(2, 3, 5, 4)).full == 0
    with pytest.raises(ValueError, match="no chunk is empty"):
        puzzle.halves(model, numbers(2, 3, 1, 4))


# Running


@pytest.mark.parametrize("build", BUILDERS)
def test_reset_forgets_everything_and_nothing_is_forgotten_without(build):
    model, x = ready(build), numbers(2, 3, 5, 4)
    puzzle.reset(model)
    first, second = np.asarray(model(x)), np.asarray(model(x))
    assert np.abs(first - second).max() > 1e-3
    assert np.array_equal(puzzle.from_reset(model, x), first)
    assert np.array_equal(model(x), first)  # it was left reset


def test_reset_reaches_the_model_itself_and_layers_inside_of_layers():
    import keras

    was_reset = []

    class Inner(keras.layers.Layer):
        def reset_state(self):
            was_reset.append("inner")

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.block = keras.Sequential([keras.layers.Flatten(), Inner()])

        def reset_state(self):
            was_reset.append("model")

    puzzle.reset(Own())
    assert sorted(was_reset) == ["inner", "model"]


@pytest.mark.parametrize("build", BUILDERS)
def test_weights_go_in_and_come_out_and_the_state_stays(build):
    model, x = ready(build, seed=1), numbers(2, 3, 5, 4)
    weights = puzzle.initial_weights(1)
    for found, given in zip(puzzle.weights_of(model), weights, strict=True):
        assert np.array_equal(found, given)
    puzzle.reset(model)
    model(x)
    puzzle.give_weights(model, weights)
    carried = np.asarray(model(x))
    assert np.abs(carried - puzzle.from_reset(model, x)).max() > 1e-3


def test_a_model_with_other_weights_is_refused_in_a_sentence():
    from keras import Input, Model, layers

    x = Input((5, 2))
    with pytest.raises(ValueError, match="trains 5 arrays; expected the three of one LSTM"):
        puzzle.weights_of(Model(x, layers.Dense(1)(layers.LSTM(3)(x))))


# What had to change for today's Keras


def test_what_was_written_then_no_longer_runs(tmp_path):
    import keras

    with pytest.raises(ValueError):
        keras.Input(shape=(3, None, 4), batch_shape=(1, 3, None, 4))
    assert not hasattr(keras.backend, "expand_dims") and hasattr(keras.ops, "expand_dims")
    model = puzzle.question_model()
    assert not hasattr(model, "reset_states") and not hasattr(model, "reset_state")
    assert hasattr(model.layers[1], "reset_state")
    x = keras.Input((3,))
    keras.Model(x, keras.layers.Lambda(lambda y: y + 1)(x)).save(tmp_path / "lambda.keras")
    with pytest.raises(ValueError, match=r"[Ll]ambda"):
        keras.saving.load_model(tmp_path / "lambda.keras")
    assert keras.saving.load_model(tmp_path / "lambda.keras", safe_mode=False)
    assert len(puzzle.CHANGES.rows) == 3 and "reset(model)" in repr(puzzle.CHANGES)


def test_states_are_no_variables_of_the_model():
    model = puzzle.question_model()
    lstm = next(layer for layer in model.layers if layer.name.startswith("lstm"))
    kept = {id(variable) for variable in model.variables}
    assert len(lstm.states) == 2 and not any(id(state) in kept for state in lstm.states)


def test_spans_of_no_cuts_are_the_whole():
    assert reference.spans(5, ()) == [(0, 5)] and reference.spans(5, [2]) == [(0, 2), (2, 5)]
