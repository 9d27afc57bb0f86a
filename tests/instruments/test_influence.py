"""The instrument finds what is there, says what it saw, and leaves the model as it was."""

import base64
import subprocess
import sys

import numpy as np
import pytest

from utils import influence
from utils.instruments import Influence

RNG = np.random.default_rng(0)
X = RNG.normal(size=8)


def mean_of_three(x):
    return np.array([x[max(0, t - 1) : t + 2].mean() for t in range(len(x))])


@pytest.mark.parametrize(
    ("model", "expected", "words"),
    [
        (np.cumsum, lambda i, j: j >= i, "its own output and every later one."),
        (lambda x: x**2, lambda i, j: i == j, "its own output and no other."),
        (lambda x: x + x.sum(), lambda i, j: i == i, "Every input moves every output."),
        (lambda x: 0 * x, lambda i, j: i != i, "No input moves any output."),
        (lambda x: np.cumsum(x[::-1])[::-1], lambda i, j: j <= i, "every earlier one."),
        (mean_of_three, lambda i, j: abs(i - j) <= 1, "t−1 to t+1. It hears the future."),
        (lambda x: np.roll(x, 1) * (np.arange(8) > 0), lambda i, j: j == i + 1, "only input t−1."),
        (
            lambda x: np.repeat(x.reshape(2, 4).sum(axis=1), 4),
            lambda i, j: i // 4 == j // 4,
            "every output within its block of 4.",
        ),
        (
            lambda x: x.reshape(4, 2).cumsum(axis=0).ravel(),
            lambda i, j: (j >= i) & ((j - i) % 2 == 0),
            "every 2nd one after it.",
        ),
        (lambda x: x[::-1], lambda i, j: i + j == 7, "Input 0 moves output 7."),
        (
            lambda x: np.where(np.arange(8) == 5, x[2], 0),
            lambda i, j: (i == 2) & (j == 5),
            "Nothing moves when inputs 0, 1, 3, 4, 5, 6, 7 are poked.",
        ),
    ],
)
def test_what_moves_is_found_and_put_in_words(model, expected, words):
    result = influence(model, X)
    assert np.array_equal(result.moved, expected(*np.indices((8, 8))))
    assert words in result.sentence
    assert result.deterministic
    assert result.moves(3) == np.flatnonzero(result.moved[3]).tolist()
    assert result.hears(3) == np.flatnonzero(result.moved[:, 3]).tolist()


@pytest.mark.parametrize(
    ("model", "x"),
    [
        (np.square, np.array([1.0, -1, 1, -1])),  # a change of sign is not seen
        (lambda x: (x - 0.5) ** 2, np.array([0.0, 1, 1, 0])),  # nor is a flip of a bit
        (lambda x: np.maximum(x, 0), np.array([-3.0, -2, 0.1, 4])),  # dead below zero
        (lambda x: x, np.zeros(4)),  # zeroing would change nothing
        (lambda x: 1e-6 * x, X[:4]),
        (lambda x: 1e9 + x, X[:4]),
        (lambda x: np.eye(5)[x], np.array([0, 2, 4, 4])),  # codes: no other may be tried
        (lambda x: np.eye(4)[x], np.array([3, 3, 0, 3])),
        (lambda x: x + 0, np.zeros(4, np.uint8)),
        (np.logical_not, np.array([True, False, True, True])),
        (lambda x: np.round(x), np.array([0.0, 3, 1, 2])),
        (lambda x: x[:, 0] - x[:, 1], RNG.normal(size=(4, 2))),  # features poked together
        (lambda x: np.exp(1j * x), X[:4]),
        (lambda x: x.astype(np.float16), X[:4].astype(np.float32)),
    ],
)
def test_a_poke_is_felt_by_models_of_all_kinds(model, x):
    assert np.array_equal(influence(model, x).moved, np.eye(4, dtype=bool))


def test_all_at_once_is_the_same_as_one_by_one(monkeypatch):
    x, weights = RNG.normal(size=(4, 3, 2)).astype(np.float32), RNG.normal(size=(2, 2))

    def model(x):  # [..., 4, 3, 2]: rows are apart, time runs along the first of the axes
        return np.tanh(np.cumsum(x, axis=-3) @ weights)

    slow = influence(model, x)
    for numbers_at_once in (2**22, 100, 1):
        monkeypatch.setattr("utils.instruments.calling.NUMBERS_AT_ONCE", numbers_at_once)
        quick = influence(model, x, vectorized=True)
        np.testing.assert_allclose(quick.matrix, slow.matrix, atol=1e-6)
        assert np.array_equal(quick.moved, slow.moved)


def test_positions_count_along_the_axes_that_are_named():
    x = RNG.normal(size=(2, 5, 3))  # [batch, timesteps, features]

    def model(x):
        return np.cumsum(x, axis=1)

    assert influence(model, x).matrix.shape == (10, 10)
    by_time = influence(model, x, inputs=1, outputs=1)
    assert np.array_equal(by_time.moved, np.triu(np.ones((5, 5), bool)))
    by_row = influence(model, x, inputs=0, outputs=0)
    assert np.array_equal(by_row.moved, np.eye(2, dtype=bool))
    assert np.array_equal(influence(model, x, inputs=-1, outputs=-1).moved, np.eye(3, dtype=bool))


def test_lists_tuples_and_dicts_of_arrays():
    a, b = np.ones(2), np.arange(2.0)
    pair = influence(lambda x: [x[0] + x[1], x[1]], [a, b])
    expected = [[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1]]
    assert pair.moved.astype(int).tolist() == expected
    assert np.array_equal(influence(lambda x: (x[0] + x[1], x[1]), (a, b)).moved, pair.moved)
    named = influence(lambda x: {"s": x["a"] + x["b"], "b": x["b"]}, {"a": a, "b": b})
    assert np.array_equal(named.moved, pair.moved)
    written_out = influence(np.cumsum, [1, 2, 4])
    assert np.array_equal(written_out.moved, np.triu(np.ones((3, 3), bool)))


def test_a_poke_and_a_tolerance_of_one_s_own():
    tried = []

    def poke(value):
        tried.append(float(value))
        return [1 - value, 0.5 + 0 * value]

    bits = np.array([0.0, 1.0, 1.0])
    result = influence(np.cumsum, bits, poke=poke)
    assert tried == [0, 1, 1] and result.matrix.max() == 1
    assert not influence(np.cumsum, bits, tolerance=1.5).moved.any()
    with pytest.raises(ValueError, match="a poke has to change the value"):
        influence(np.cumsum, bits, poke=lambda value: value)
    with pytest.raises(ValueError, match=r"shape \(3,\) in place of \(\)"):
        influence(np.cumsum, bits, poke=lambda value: np.zeros(3))


def test_the_input_is_left_alone_even_by_a_model_that_writes_to_it():
    x = X.copy()
    result = influence(lambda x: np.add(x, 1, out=x), x)
    assert np.array_equal(x, X) and np.array_equal(result.moved, np.eye(8, dtype=bool))


def test_noise_is_told_and_not_taken_for_influence():
    rng = np.random.default_rng(1)
    result = influence(lambda x: np.cumsum(100 * x) + rng.normal(size=8), X, max_pokes=100)
    assert not result.deterministic
    assert "answers differently to the same input" in result.sentence
    assert not np.tril(result.moved, -1).any()


def test_too_many_inputs_are_sampled_and_it_says_so():
    result = influence(np.cumsum, RNG.normal(size=100), max_pokes=40)
    assert result.poked.sum() == 10 and result.poked[[0, 99]].all()
    assert "Only 10 of 100 inputs were poked" in result.sentence
    with pytest.raises(ValueError, match="Input 1 was not poked"):
        result.moves(1)
    result.plot()


@pytest.mark.parametrize(
    ("model", "x", "error", "words"),
    [
        (3, X, TypeError, "model is int; expected something to call"),
        (np.cumsum, np.array([]), ValueError, "x is empty"),
        (np.cumsum, [], ValueError, "x is empty"),
        (np.cumsum, np.array([1, np.nan]), ValueError, "x holds NaN or infinity"),
        (np.cumsum, np.array(["a"]), TypeError, "x holds <U1 values"),
        (lambda x: x * np.inf, X, ValueError, "for x as it is holds NaN or infinity"),
        (lambda x: None, X, TypeError, "answer holds object values"),
        (lambda x: x[:0], X, ValueError, "answer is empty"),
        (lambda x: [], X, ValueError, "answer is empty"),
        (lambda x: [[1.0, 2.0], [3.0]], X, ValueError, "Expected an array of numbers"),
        (lambda x: x[x < X.max()], X, ValueError, "shape of the model's answer"),
        (lambda x: {}[1], X, RuntimeError, "raised KeyError for x as it is: 1"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_sentence(model, x, error, words):
    with pytest.raises(error, match=words):
        influence(model, x)


def test_a_model_that_raises_says_at_which_poke():
    def model(x):
        if x[2] != X[2]:
            raise OSError("no such unit")
        return x

    with pytest.raises(RuntimeError, match="OSError when input 2 was poked: no such unit") as seen:
        influence(model, X)
    assert isinstance(seen.value.__cause__, OSError)


def test_copies_at_once_have_to_come_back_as_copies():
    with pytest.raises(ValueError, match="vectorized=True the first axis has to be"):
        influence(lambda x: np.cumsum(x), X, vectorized=True)
    with pytest.raises(ValueError, match=r"no axis \(3,\) in an array of shape \(8,\)"):
        influence(np.cumsum, X, inputs=3)


def test_a_matrix_that_would_not_fit_is_refused(monkeypatch):
    room = sys.modules[Influence.__module__]  # the package gives its name to the function
    monkeypatch.setattr(room, "LARGEST_MATRIX", 63)
    with pytest.raises(ValueError, match="8 inputs and 8 outputs make too large a matrix"):
        influence(np.cumsum, X)


def test_an_output_that_becomes_infinite_has_moved():
    result = influence(lambda x: np.where(x > 3, np.inf, x), np.array([0.0, 1.5, 2.95]))
    assert np.array_equal(result.moved, np.eye(3, dtype=bool))
    assert result.matrix[2, 2] == np.inf
    result.plot()


def test_the_picture_is_a_figure_of_its_own_with_its_sentence_as_text():
    from matplotlib import pyplot
    from matplotlib.figure import Figure

    result = influence(np.cumsum, X)
    figure = result.plot()
    assert isinstance(figure, Figure) and pyplot.get_fignums() == []
    (axes,) = figure.axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("output", "poked input")
    bundle = result._repr_mimebundle_()
    assert bundle["text/plain"] == result.sentence
    assert f'alt="Influence map. {result.sentence}"' in bundle["text/html"]
    png = base64.b64decode(bundle["text/html"].split("base64,")[1].split('"')[0])
    assert png.startswith(b"\x89PNG")
    own = Figure().add_subplot()
    assert result.plot(own) is own.figure


def test_a_picture_without_any_change_can_be_drawn():
    Influence(np.zeros((1, 1)), 0.0).plot()
    Influence(np.array([[np.inf, 1.0]]), 0.0).plot()


# How much is a movement?


def heads(x):
    return {"count": np.float32([1e7]) + 0 * x[:1], "rate": x * np.float32(0.01)}


def moving_average(x):
    sums = np.cumsum(np.concatenate([[0, 0, 0], x]), dtype=x.dtype)
    return (sums[3:] - sums[:-3]) / 3  # by way of sums, so that all of them share rounding errors


def through_fourier(x):
    return np.fft.irfft(np.fft.rfft(x, 256) * np.fft.rfft(np.ones(3), 256), 256)[: len(x)]


def test_a_large_output_does_not_hide_a_small_one():
    x = X.astype(np.float32)
    assert np.array_equal(influence(heads, x).moved, np.eye(8, 9, k=1, dtype=bool))
    for x in (X, np.arange(8.0)):
        small = influence(lambda x: np.r_[1e6 + 0 * x[:1], x[1:] * 1e-9], x)
        assert np.array_equal(small.moved, np.diag(np.arange(8) > 0))
        assert np.array_equal(
            influence(lambda x: np.r_[x[:1] * 1e6, x[1:] * 1e-9], x).moved, np.eye(8, dtype=bool)
        )


@pytest.mark.parametrize("model", [moving_average, through_fourier])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "x", [15 + RNG.normal(size=200), RNG.normal(size=200), np.zeros(60), RNG.integers(0, 2, 200)]
)
def test_rounding_errors_that_outputs_share_are_no_influence(model, dtype, x):
    lag = np.subtract(*np.indices((len(x), len(x))))
    found = influence(model, x.astype(dtype)).moved
    assert np.array_equal(found, (lag <= 0) & (lag >= -2))


def test_a_product_of_another_size_is_no_influence():
    weights = RNG.normal(size=(50, 300)).astype(np.float32)
    x = RNG.normal(size=(9, 50)).astype(np.float32)
    found = influence(lambda x: np.tanh(x @ weights) @ weights.T, x, vectorized=True)
    assert np.array_equal(found.moved, np.eye(9, dtype=bool))


@pytest.mark.parametrize(
    ("model", "x"),
    [
        (lambda x: 2**60 + (x > 0), np.array([-1.0, 1, -1, 1])),
        (lambda x: np.uint64(2**63) + (x > 0).astype(np.uint64), np.array([-1.0, 1, -1, 1])),
        (lambda x: np.array([10**17]) + x, np.arange(4)),
        (lambda x: -(2**62) + x, np.array([2**60, 2**60 + 1, 0, 5])),
    ],
)
def test_whole_numbers_are_compared_exactly(model, x):
    assert np.array_equal(influence(model, x).moved, np.eye(4, dtype=bool))


@pytest.mark.parametrize("x", [np.zeros(4), np.ones(4), np.full(4, 0.3), np.ones(4, int)])
def test_a_constant_input_is_poked_across_a_threshold(x):
    assert np.array_equal(influence(lambda x: x > 0.5, x).moved, np.eye(4, dtype=bool))


def test_a_model_that_takes_certain_numbers_only_is_fine():
    def model(bits):
        return np.array([{0.0: 1.5, 1.0: 1e-9}[bit] for bit in bits.tolist()])

    bits = np.array([0.0, 1, 1])
    found = influence(model, bits, poke=lambda bit: 1 - bit)
    assert np.array_equal(found.moved, np.eye(3, dtype=bool))


@pytest.mark.parametrize("late", [0, 30])
def test_a_model_that_drifts_gets_no_verdict_without_a_doubt(late):
    calls = []

    def model(x):
        calls.append(1)
        return x + max(0, len(calls) - late)

    result = influence(model, X[:4])
    assert not result.deterministic and "carry a state?" in result.sentence
    assert result.sentence.startswith("As far as the noise lets one see, ")
    assert not result.moved[~np.eye(4, dtype=bool)].any()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"tolerance": np.nan}, "tolerance is nan; expected a number of at least 0"),
        ({"tolerance": -1}, "tolerance is -1"),
        ({"tolerance": "small"}, "tolerance is 'small'"),
        ({"inputs": "time"}, "inputs is 'time'; expected the number of an axis"),
        ({"outputs": 0.5}, "outputs is 0.5; expected the number of an axis"),
        ({"inputs": (0, 0)}, "expected each axis once"),
        ({"max_pokes": 0}, "max_pokes is 0; expected a whole number of at least 1"),
        ({"poke": 1}, "poke is 1; expected a function"),
        ({"poke": lambda value: None}, "poke returned None; expected numbers"),
        ({"poke": lambda value: value + 0.5}, r"its \[0.5\] is the same as int64"),
        ({"poke": lambda value: 2**70}, "expected numbers"),
    ],
)
def test_an_argument_that_makes_no_sense_gets_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        influence(np.cumsum, np.arange(3), **arguments)


@pytest.mark.parametrize(("n", "numbered"), [(1, [0]), (16, range(16))])
def test_each_row_and_column_has_its_number_while_it_can_be_read(n, numbered):
    (axes,) = influence(np.cumsum, np.arange(float(n))).plot().axes
    assert [*axes.get_xticks()] == [*axes.get_yticks()] == [*numbered]
    (axes,) = influence(np.cumsum, np.arange(17.0)).plot().axes
    assert len(axes.get_xticks()) < 17


# Keras


def state_of(model):
    layers = model._flatten_layers()
    return [
        np.asarray(v).copy()
        for layer in layers
        for v in [*layer.variables, *(getattr(layer, "states", None) or [])]
    ]


def same(one, other):
    return len(one) == len(other) and all(map(np.array_equal, one, other))


@pytest.fixture
def stateful():
    import keras

    model = keras.Sequential(
        [
            keras.Input(batch_shape=(2, 4, 1)),
            keras.layers.LSTM(3, return_sequences=True, stateful=True, seed=0),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.5, seed=0),
        ]
    )
    model(RNG.normal(size=(2, 4, 1)))  # so that there is a state to spoil
    return model


def test_a_stateful_keras_model_starts_each_time_from_the_same_state(stateful):
    before = state_of(stateful)
    assert any(np.abs(value).max() > 0 for value in stateful.layers[0].states)
    result = influence(stateful, RNG.normal(size=(2, 4, 1)))
    expected = np.kron(np.eye(2), np.triu(np.ones((4, 4)))).astype(bool)
    assert result.deterministic and np.array_equal(result.moved, expected)
    assert "every later one within its block of 4." in result.sentence
    assert same(before, state_of(stateful))


def test_a_keras_model_is_left_as_it_was_when_interrupted(stateful, monkeypatch):
    before, calls = state_of(stateful), []

    def interrupted(*args, **kwargs):
        calls.append(1)
        if len(calls) > 4:
            raise KeyboardInterrupt
        return plain(*args, **kwargs)

    plain = stateful.layers[-1].call
    monkeypatch.setattr(stateful.layers[-1], "call", interrupted)
    monkeypatch.setattr("keras.backend.backend", lambda: "plain Python")
    with pytest.raises(KeyboardInterrupt):
        influence(stateful, RNG.normal(size=(2, 4, 1)))
    assert same(before, state_of(stateful))


def test_dropout_that_keras_turns_off_is_no_noise_and_its_seed_stays():
    import keras

    entry = keras.Input((4, 3))
    dropped = keras.layers.Dropout(0.5, seed=1)(entry, training=True)
    model = keras.Model(entry, dropped)
    before = state_of(model)
    result = influence(model, RNG.normal(size=(1, 4, 3)))
    assert result.deterministic and np.array_equal(result.moved, np.eye(4, dtype=bool))
    assert same(before, state_of(model))


@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights")
@pytest.mark.parametrize("fit", [False, True])
@pytest.mark.parametrize("kind", ["Dense", "LSTM", "BatchNormalization", "Dropout", "stateful"])
def test_a_compiled_and_a_fitted_model_are_like_any_other(kind, fit):
    import keras

    layers = {
        "Dense": lambda: keras.layers.Dense(3),
        "LSTM": lambda: keras.layers.LSTM(3, return_sequences=True),
        "BatchNormalization": keras.layers.BatchNormalization,
        "Dropout": lambda: keras.layers.Dropout(0.5),
        "stateful": lambda: keras.layers.LSTM(3, return_sequences=True, stateful=True),
    }
    model = keras.Sequential([keras.Input(batch_shape=(2, 4, 3)), layers[kind]()])
    model.compile("sgd", "mse", metrics=["mae"])
    x = RNG.normal(size=(2, 4, 3))
    if fit:
        model.fit(x, np.zeros((2, 4, 3)), batch_size=2, verbose=0)
    before = state_of(model)
    result = influence(model, x)
    row = np.eye(4) if kind not in ("LSTM", "stateful") else np.triu(np.ones((4, 4)))
    assert result.deterministic and np.array_equal(result.moved, np.kron(np.eye(2), row) > 0)
    assert same(before, state_of(model))


@pytest.mark.filterwarnings("ignore:.build... was called on layer")  # Keras's, about the spare one
def test_a_subclass_with_any_attributes_is_left_as_it_was():
    import keras
    import tensorflow as tf

    class Counting(keras.Model):
        def __init__(self):
            super().__init__()
            self.table = {1: "a", "b": 2, "seen": [0]}
            self.calls, self.buffer, self.seen = 0, [], set()
            self.total, self.last = tf.Variable(0.0), np.zeros(2)
            self.dense, self.spare = keras.layers.Dense(3), keras.layers.Dense(3)

        def call(self, x):
            self.calls += 1
            self.buffer.append(x)
            self.seen.add(self.calls)
            self.table["seen"].append(1)
            self.table[self.calls] = "new"
            self.total.assign_add(1.0)
            self.last += 1
            self.late = self.calls
            counted = self.calls + len(self.buffer) + float(self.last[0])
            return self.dense(x) + self.total + counted

    model = Counting()
    x = np.ones((2, 3), np.float32)
    model(x)

    def held():
        plain = model.calls, list(model.buffer), set(model.seen), model.late, model.last.tolist()
        return *plain, float(model.total), {**model.table, "seen": [*model.table["seen"]]}

    before = held()
    model(x)
    assert str(held()) != str(before)
    before = held()
    result = influence(model, x)
    assert result.deterministic and np.array_equal(result.moved, np.eye(2, dtype=bool))
    assert str(held()) == str(before)


def test_two_heads_of_different_size_and_of_low_precision():
    import keras

    entry = keras.Input((4, 3))
    large, small = keras.layers.Dense(2)(entry) + 1e7, keras.layers.Dense(2)(entry)
    x = RNG.normal(size=(1, 4, 3))
    found = influence(keras.Model(entry, [large, small]), x)
    assert np.array_equal(found.moved, np.eye(4, 8, k=4, dtype=bool))
    for dtype in ("bfloat16", "mixed_bfloat16", "mixed_float16"):
        start = {"recurrent_initializer": "glorot_uniform"}  # Keras can't draw the other in halves
        recurrent = keras.layers.LSTM(8, return_sequences=True, dtype=dtype, **start)
        model = keras.Sequential([keras.Input((4, 3)), recurrent])
        for found in (influence(model, x), influence(model, x[0], vectorized=True)):
            assert np.array_equal(found.moved, np.triu(np.ones((4, 4), bool)))


def test_no_false_alarm_in_healthy_models():
    import keras

    layers, causal = keras.layers, np.triu(np.ones((6, 6), bool))

    def attention(dtype):
        entry = keras.Input((6, 4), dtype=dtype)
        attend = layers.MultiHeadAttention(2, 4, dtype=dtype)
        return keras.Model(entry, attend(entry, entry, use_causal_mask=True))

    for dtype in ("float32", "float64"):

        def chain(*made, dtype=dtype):
            return keras.Sequential([keras.Input((6, 4), dtype=dtype), *made])

        expected = [
            (chain(layers.Dense(300, "gelu", dtype=dtype), layers.Dense(3)), np.eye(6) > 0),
            (chain(layers.LayerNormalization(dtype=dtype), layers.Dense(3)), np.eye(6) > 0),
            (
                chain(layers.Conv1D(32, 3, padding="causal", dtype=dtype)),
                causal & ~np.triu(causal, 3),
            ),
            (attention(dtype), causal),
        ]
        for model, moved in expected:
            x = RNG.normal(size=(2, 6, 4)).astype(dtype)
            assert np.array_equal(influence(model, x).moved, np.kron(np.eye(2), moved) > 0)
            assert np.array_equal(influence(model, x[0], vectorized=True).moved, moved)


def test_a_model_that_draws_even_so_is_shown_over_many_draws():
    import keras

    class AlwaysDropping(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.drop = keras.layers.Dropout(0.5, seed=1)

        def call(self, x):
            return self.drop(x, training=True)

    model = keras.Sequential([keras.Input((6,)), AlwaysDropping()])
    before = state_of(model)
    result = influence(model, RNG.normal(size=(1, 6)), inputs=1, outputs=1)
    assert np.array_equal(result.moved, np.eye(6, dtype=bool))
    assert not result.deterministic
    assert "draws random numbers even with training=False" in result.sentence
    few = influence(model, RNG.normal(size=(1, 6)), inputs=1, outputs=1, max_pokes=20)
    assert "because max_pokes is 20 and each input takes several, in each of 16" in few.sentence
    assert same(before, state_of(model))


def test_draws_that_do_not_matter_are_not_told():
    import keras

    layer = keras.layers.GRU(
        3, dropout=0.3, return_sequences=True
    )  # draws a mask, leaves it unused
    model = keras.Sequential([keras.Input((4, 2)), layer])
    before = state_of(model)
    result = influence(model, RNG.normal(size=(1, 4, 2)))
    assert result.deterministic and np.array_equal(result.moved, np.triu(np.ones((4, 4), bool)))
    assert same(before, state_of(model))


def test_an_unbuilt_model_is_built_for_copies_if_it_takes_copies():
    import keras

    unbuilt = keras.Sequential([keras.layers.LSTM(3, return_sequences=True)])
    found = influence(unbuilt, RNG.normal(size=(4, 2)), vectorized=True)
    assert np.array_equal(found.moved, np.triu(np.ones((4, 4), bool)))


def test_noise_that_python_makes_in_a_keras_model_is_seen():
    import keras

    class Noisy(keras.layers.Layer):
        def call(self, x):
            return x + float(RNG.normal())

    assert not influence(Noisy(), RNG.normal(size=(4, 3))).deterministic


def test_a_list_fed_and_an_unbuilt_model_are_fine():
    import keras

    from utils.puzzles import time_major_lists as puzzle

    listed = influence(lambda x: puzzle.ListRNN(units=3)(x)[0], [np.ones((2, 1))] * 3)
    expected = np.kron(np.triu(np.ones((3, 3))), np.eye(2)).astype(bool)
    assert np.array_equal(listed.moved, expected)
    unbuilt = keras.Sequential([keras.layers.LSTM(3, return_sequences=True, stateful=True, seed=0)])
    result = influence(unbuilt, RNG.normal(size=(1, 3, 1)))
    assert result.deterministic and result.moved[0].all()
    assert all(np.all(np.asarray(s) == 0) for s in unbuilt.layers[0].states)


def test_keras_words_about_a_wrong_shape_are_handed_on():
    import keras

    model = keras.Sequential([keras.Input((4, 3)), keras.layers.Dense(2)])
    with pytest.raises(RuntimeError, match="raised ValueError for x as it is") as raised:
        influence(model, np.ones((2, 5)))
    assert "\x1b" not in str(raised.value)


def test_a_plain_callable_needs_no_keras():
    program = (
        "import sys, numpy as np; from utils import influence\n"
        "assert influence(np.cumsum, np.ones(3)).moves(1) == [1, 2]\n"
        "assert not {'keras', 'tensorflow'} & set(sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
