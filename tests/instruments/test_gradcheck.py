"""Right gradients pass, wrong ones are found and named, and what can't be told is said to be so."""

import subprocess
import sys

import numpy as np
import pytest

from utils import gradcheck
from utils.puzzles import gradient_check as lstm

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(20, 4)), RNG.normal(size=(20, 2))
FIVE = RNG.normal(size=5)
CODES = np.array([0, 1, 1, 2, 1])


def parameters(dtype=float):
    rng = np.random.default_rng(1)
    shapes = {"W1": (4, 5), "b1": (5,), "W2": (5, 2), "b2": (2,)}
    return {name: rng.normal(size=shape).astype(dtype) for name, shape in shapes.items()}


def passes(p, relu=False):
    """A net of two layers -> hidden activations, errors."""
    x, y = X.astype(p["W1"].dtype), Y.astype(p["W1"].dtype)
    z = x @ p["W1"] + p["b1"]
    h = np.maximum(z, 0) if relu else np.tanh(z)
    return x, h, h @ p["W2"] + p["b2"] - y


def loss(p, relu=False):
    return (passes(p, relu)[2] ** 2).sum()


def gradients(p, relu=False):
    x, h, e = passes(p, relu)
    dz = 2 * e @ p["W2"].T * ((h > 0) if relu else 1 - h * h)
    return {"W1": x.T @ dz, "b1": dz.sum(axis=0), "W2": 2 * h.T @ e, "b2": 2 * e.sum(axis=0)}


def but(**changes):
    """The right gradients, but for those that a function makes of them."""
    return lambda p: {**gradients(p), **{n: f(gradients(p)[n]) for n, f in changes.items()}}


def scaled(factor):
    return lambda p: {name: factor * g for name, g in gradients(p).items()}


def in_single(function):
    """Computed in float32 and returned as a plain float, whatever comes in."""
    return lambda p: float(function(np.asarray(p, np.float32)))


def embedded(p):
    gradient = np.zeros_like(p)
    np.add.at(gradient, CODES, np.cos(p[CODES]))
    return gradient


def assigned(p):
    gradient = np.zeros_like(p)
    gradient[CODES] = np.cos(p[CODES])  # the last of equal codes only
    return gradient


def softmax(p):
    return np.exp(p) / np.exp(p).sum(axis=1, keepdims=True)


def sines(p):
    return np.sin(p).sum()


RIGHT = {  # name -> loss, gradients, parameters
    "net": (loss, gradients, parameters()),
    "net in float32": (loss, gradients, parameters("float32")),
    "relu": (lambda p: loss(p, True), lambda p: gradients(p, True), parameters()),
    "relu in float32": (
        lambda p: loss(p, True),
        lambda p: gradients(p, True),
        parameters("float32"),
    ),
    "one array": (sines, np.cos, FIVE),
    "one number": (lambda p: p**3, lambda p: 3 * p**2, np.array(2.0)),
    "numbers": (
        lambda p: p["w"] ** 3 + p["b"],
        lambda p: {"w": 3 * p["w"] ** 2, "b": 1},
        {"w": 2.0, "b": 0.5},
    ),
    "list of numbers": (lambda p: p @ p, lambda p: [2 * w for w in p], [1.0, 2.0, 3.0]),
    "nest": (
        lambda p: sines(p[0]["a"]) * p[1][0].sum(),
        lambda p: [{"a": np.cos(p[0]["a"]) * p[1][0].sum()}, (np.full(3, sines(p[0]["a"])),)],
        [{"a": FIVE}, (np.ones(3),)],
    ),
    "none of b": (
        lambda p: sines(p["a"]),
        lambda p: {"a": np.cos(p["a"]), "b": None},
        {"a": FIVE, "b": np.ones(2)},
    ),
    "an empty one": (
        lambda p: sines(p[0]),
        lambda p: [np.cos(p[0]), p[1]],
        [FIVE, np.ones((0, 2))],
    ),
    "[1, 1]": (lambda p: sines(p).reshape(1, 1), np.cos, FIVE),
    "hidden float32": (in_single(sines), np.cos, RNG.normal(size=40)),
    "float32 gradients": (sines, lambda p: np.cos(p).astype("float32"), FIVE),
    "linear": (np.sum, np.ones_like, np.arange(5.0)),
    "large offset": (lambda p: 1e9 + sines(p), np.cos, FIVE),
    "large": (lambda p: 1e200 * sines(p), lambda p: 1e200 * np.cos(p), FIVE),
    "small": (lambda p: 1e-30 * sines(p), lambda p: 1e-30 * np.cos(p), FIVE),
    "large parameters": (lambda p: sines(1e-6 * p), lambda p: 1e-6 * np.cos(1e-6 * p), 1e6 * FIVE),
    "small parameters": (lambda p: sines(1e6 * p), lambda p: 1e6 * np.cos(1e6 * p), 1e-6 * FIVE),
    "many waves": (lambda p: sines(1e3 * p), lambda p: 1e3 * np.cos(1e3 * p), FIVE),
    "near its end": (
        lambda p: np.log(p).sum(),
        lambda p: 1 / p,
        np.array([1e-6, 1.0, 2.0]),
    ),
    "embedding": (lambda p: sines(p[CODES]), embedded, RNG.normal(size=(4, 3))),
    "cross-entropy": (
        lambda p: -np.log(softmax(p)[range(5), CODES]).mean(),
        lambda p: (softmax(p) - np.eye(3)[CODES]) / 5,
        RNG.normal(size=(5, 3)),
    ),
    "maximum": (np.max, lambda p: (p == p.max()) * 1.0, FIVE),
    "raises elsewhere": (
        lambda p: sines(p) if np.all(np.abs(p - FIVE) < 0.01) else {}["p"],
        np.cos,
        FIVE,
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_gradients_agree(name):
    report = gradcheck(*RIGHT[name])
    assert report.verdict == "agree", report.sentence
    assert report.error <= report.bound < 1e-2
    assert "The gradients agree with differences of the loss" in report.sentence
    assert "nothing about data, targets" in report.sentence


WRONG = {  # name -> loss, gradients, parameters, the arrays that are off, words
    "one number": (loss, but(W1=lambda g: g + 1e-4 * np.eye(4, 5)), parameters(), "W1", "4 of 20"),
    "one of float32": (loss, but(b1=lambda g: g * 1.02), parameters("float32"), "b1", "0.98"),
    "no gradient": (loss, but(b1=np.zeros_like), parameters(), "b1", "is 0 throughout"),
    "None": (loss, but(b1=lambda g: None), parameters(), "b1", "returned None"),
    "not added up": (loss, but(b2=lambda g: g / 20), parameters(), "b2", "20 times as steep"),
    "clipped": (loss, but(W2=lambda g: np.clip(g, -5, 5)), parameters(), "W2", "W2"),
    "transposed": (
        lambda p: sines(p @ np.arange(4.0)),
        lambda p: np.outer(np.arange(4.0), np.cos(p @ np.arange(4.0))),
        RNG.normal(size=(4, 4)),
        "parameters",
        "the gradient is transposed",
    ),
    "penalty forgotten": (
        lambda p: loss(p) + 0.01 * (p["W1"] ** 2).sum(),
        gradients,
        parameters(),
        "W1",
        "“b1”, “W2” and “b2” agree",
    ),
    "two exchanged": (
        lambda p: np.arange(1, 6) @ np.sin(p),
        lambda p: (np.arange(1, 6) * np.cos(p))[[1, 0, 2, 3, 4]],
        FIVE,
        "parameters",
        "2 of 5",
    ),
    "embedding": (
        lambda p: sines(p[CODES]),
        assigned,
        RNG.normal(size=(4, 3)),
        "parameters",
        "ignores the step",
    ),
    "does not reach the loss": (
        lambda p: sines(p["a"]),
        lambda p: {"a": np.cos(p["a"]), "b": np.ones(2)},
        {"a": FIVE, "b": np.ones(2)},
        "b",
        "the loss does not change with it",
    ),
    "rounded on the way": (
        lambda p: (np.round(4 * p) / 4).sum(),
        np.ones_like,
        FIVE,
        "parameters",
        "ignores the step",
    ),
    "hidden float32": (
        in_single(sines),
        lambda p: np.cos(p) + 0.01,
        RNG.normal(size=40),
        "parameters",
        "parameters",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_gradients_are_found_and_named(name):
    *asked, off, words = WRONG[name]
    report = gradcheck(*asked)
    assert report.verdict == "disagree", report.sentence
    assert [block.name for block in report.blocks if block.wrong] == [off]
    assert words in report.sentence


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1 / 2, "multiplied by 2 to be"),
        (2, "multiplied by 1/2 to be"),
        (1 / 20, "multiplied by 20 to be"),
        (-1, "multiplied by −1 to be those of this loss. The sign is turned round."),
        (-1 / 60, "multiplied by −60 to be"),
        (1 / 1.7, "multiplied by 1.7 to be"),
    ],
)
def test_gradients_that_are_off_by_a_factor_are_told_it(factor, words):
    report = gradcheck(loss, scaled(factor), parameters())
    assert report.verdict == "disagree by a factor"
    assert report.factor == pytest.approx(1 / factor, rel=1e-6) and words in report.sentence
    single = gradcheck(loss, scaled(factor), parameters("float32"))
    assert single.verdict == "disagree by a factor"


def test_one_wrong_number_among_many_is_found_along_a_direction():
    p, wrong = RNG.normal(size=(100, 100)), np.zeros((100, 100))
    wrong[33, 44] = 0.01
    assert gradcheck(sines, np.cos, p, sample=20).verdict == "agree"
    report = gradcheck(sines, lambda p: np.cos(p) + wrong, p, sample=20)
    assert report.verdict == "disagree"
    assert "Of 10,000 numbers 20 were looked at one by one" in report.sentence
    assert "along a direction through all of it" in report.sentence


# Not functions


class Noisy:
    def __init__(self):
        self.rng = np.random.default_rng(3)

    def loss(self, p):
        return loss(p) + 1e-6 * self.rng.normal()

    def gradients(self, p):
        return {name: g + 0.1 * self.rng.normal(size=g.shape) for name, g in gradients(p).items()}


class Cached:
    """A forward pass that keeps what its backward pass needs."""

    def loss(self, p):
        self.p = {name: a.copy() for name, a in p.items()}
        return loss(p)

    def gradients(self, p):
        return gradients(self.p)


class Summing:
    """Gradients that are added up and never begun anew."""

    def __init__(self):
        self.sums = {name: np.zeros_like(a) for name, a in parameters().items()}

    def gradients(self, p):
        for name, g in gradients(p).items():
            self.sums[name] += g
        return self.sums


class Stateful:
    """A state that goes on from call to call, of the loss or of the gradients."""

    def __init__(self, of_loss):
        self.state, self.of_loss = 0.0, of_loss

    def loss(self, p):
        now = loss(p) + self.state
        self.state += 0.25 * self.of_loss
        return now

    def gradients(self, p):
        self.state += 0.5 * (not self.of_loss)
        return gradients(p)


NO_FUNCTIONS = {  # name -> loss, gradients, verdict, words
    "noise": (Noisy().loss, gradients, "loss is not a function", "Two calls in a row differ"),
    "state": (
        Stateful(True).loss,
        gradients,
        "loss is not a function",
        "Two calls in a row differ",
    ),
    "noisy gradients": (
        loss,
        Noisy().gradients,
        "gradients are not a function",
        "the same ones got others when it was called again",
    ),
    "added up": (
        loss,
        Summing().gradients,
        "gradients are not a function",
        "each call adds its result to that of the one before",
    ),
}


@pytest.mark.parametrize("name", NO_FUNCTIONS)
def test_what_is_no_function_is_told(name):
    function, its_gradients, verdict, words = NO_FUNCTIONS[name]
    report = gradcheck(function, its_gradients, parameters())
    assert report.verdict == verdict and words in report.sentence
    assert bool(report.blocks) is (verdict != "loss is not a function")


def test_the_values_of_a_loss_that_varies_are_told():
    p = parameters()
    report = gradcheck(Stateful(True).loss, gradients, p)
    assert [when for when, _ in report.answers.losses][:2] == ["at first", "when called again"]
    first, second = [value for _, value in report.answers.losses[:2]]
    assert first == loss(p) and second == first + 0.25
    assert f"was {first:.4g}"[:8] in report.sentence


def test_a_state_that_gradients_leave_behind_is_told():
    both = Stateful(False)
    report = gradcheck(both.loss, both.gradients, parameters())
    assert report.verdict == "loss is not a function"
    assert "gradients leaves something behind that the loss goes on from" in report.sentence


def test_caches_of_an_earlier_call_are_told():
    net = Cached()
    report = gradcheck(net.loss, net.gradients, parameters())
    assert report.verdict == "gradients are not a function"
    assert "after loss was called elsewhere" in report.sentence and "caches" in report.sentence

    def afresh(p):
        net.loss(p)
        return net.gradients(p)

    assert gradcheck(net.loss, afresh, parameters()).verdict == "agree"


# Parameters


def updating(p):
    found = gradients(p)
    for name in p:
        p[name] -= 0.01 * found[name]
    return found


def test_gradients_that_change_the_parameters_are_told_and_these_are_put_back():
    p, before = parameters(), parameters()
    report = gradcheck(loss, updating, p)
    assert report.verdict == "parameters are changed"
    assert "gradients changed the parameters" in report.sentence
    assert "The gradients agree" in report.sentence
    assert same_bits(p, before)
    report = gradcheck(lambda _: loss(p), lambda _: updating(p), p)  # its own, whatever it gets
    assert report.verdict == "parameters are changed" and same_bits(p, before)


def test_functions_that_look_at_the_arrays_themselves_are_checked_in_place():
    p, before = parameters(), parameters()
    report = gradcheck(lambda _: loss(p), lambda _: gradients(p), p)
    assert report.verdict == "agree" and report.answers.in_place
    assert "were changed in place and put back" in report.sentence
    assert same_bits(p, before)
    half = gradcheck(lambda q: loss({**q, "b1": p["b1"]}), gradients, p)  # one from outside
    assert half.verdict == "agree" and half.answers.in_place and same_bits(p, before)
    wrong = gradcheck(lambda _: loss(p), scaled(2), p)
    assert wrong.verdict == "disagree by a factor" and same_bits(p, before)


def test_an_interrupt_leaves_the_parameters_as_they_were():
    p, before, calls = parameters(), parameters(), []

    def interrupted(_):
        calls.append(1)
        if len(calls) > 100:
            raise KeyboardInterrupt
        return loss(p)

    with pytest.raises(KeyboardInterrupt):
        gradcheck(interrupted, lambda _: gradients(p), p)
    assert same_bits(p, before)


def test_variables_are_changed_in_place_and_put_back():
    import keras

    names, start = list(parameters()), parameters("float32")
    variables = [keras.Variable(start[name], name=name) for name in names]

    def now():
        return {v.name: v.numpy() for v in variables}

    report = gradcheck(lambda _: loss(now()), lambda _: list(gradients(now()).values()), variables)
    assert report.verdict == "agree" and report.answers.in_place, report.sentence
    assert [block.name for block in report.blocks] == names
    assert same_bits(now(), start)


def test_sparse_gradients_of_an_embedding_are_read():
    class Slices:  # as TensorFlow's IndexedSlices
        def __init__(self, p):
            self.indices, self.values = CODES, np.cos(p[CODES])

    report = gradcheck(lambda p: sines(p[CODES]), Slices, RNG.normal(size=(4, 3)))
    assert report.verdict == "agree"


def same_bits(one, other):
    return all(one[name].tobytes() == other[name].tobytes() for name in one)


# What can't be told

UNTOLD = {  # name -> loss, gradients, parameters, words
    "a kink": (
        lambda p: loss(p, True),
        lambda p: gradients(p, True),
        {**parameters(), "W1": np.zeros((4, 5)), "b1": np.zeros(5)},
        "The loss has a kink at",
    ),
    "a jump": (lambda p: np.sum(p >= 0) + p.sum(), np.ones_like, np.zeros(5), "The loss jumps"),
    "all zero": (lambda p: ((p - 1) ** 2).sum(), lambda p: 2 * p - 2, np.ones(4), "All gradients"),
    "half precision": (
        lambda p: float(sines(p.astype(np.float16))),
        np.cos,
        RNG.normal(size=40),
        "compute the loss in float64",
    ),
    "large offset": (lambda p: 1e15 + sines(p), np.cos, FIVE, "leave out what is constant"),
    "no number": (lambda p: np.nan, np.cos, FIVE, "The loss is nan at these parameters"),
    "at its end": (lambda p: np.sqrt(p).sum(), np.ones_like, np.zeros(3), "no finite values"),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_what_can_t_be_told_is_said_to_be_so(name):
    *asked, words = UNTOLD[name]
    report = gradcheck(*asked)
    assert report.verdict == "cannot tell" and words in report.sentence


def test_a_chaotic_loss_is_not_taken_for_a_wrong_gradient():
    def logistic(p):
        x, slope = float(p[0]), 1.0
        for _ in range(60):
            x, slope = 3.9 * x * (1 - x), slope * 3.9 * (1 - 2 * x)
        return x, np.array([slope])

    report = gradcheck(lambda p: logistic(p)[0], lambda p: logistic(p)[1], np.array([0.3]))
    assert report.verdict == "cannot tell" and "The loss is rough" in report.sentence


def test_waves_that_are_shorter_than_most_steps_are_not_taken_for_a_wrong_gradient():
    report = gradcheck(lambda p: sines(1e8 * p), lambda p: 1e8 * np.cos(1e8 * p), 1e-8 * FIVE)
    assert report.verdict in ("agree", "cannot tell"), report.sentence


def test_numbers_at_a_kink_are_left_out_and_told():
    report = gradcheck(
        lambda p: np.maximum(p, 0).sum(), lambda p: 1.0 * (p > 0), np.array([0.0, 1, -2, 3])
    )
    assert report.verdict == "agree"
    assert "1 of 4 numbers lie where the loss bends too sharply" in report.sentence


def test_gradients_that_are_too_small_to_be_told_are_named():
    def both(p):
        return sines(p["large"]) + 1e-7 * sines(p["small"])

    def right(p, factor=1.0):
        return {"large": np.cos(p["large"]), "small": factor * 1e-7 * np.cos(p["small"])}

    p = {"large": FIVE.astype("float32"), "small": FIVE.astype("float32")}
    report = gradcheck(both, right, p)
    assert report.verdict == "agree" and "“small” are too small to be told" in report.sentence
    wide = {name: a.astype(float) for name, a in p.items()}
    assert gradcheck(both, right, wide).verdict == "agree"
    assert gradcheck(both, lambda p: right(p, 2.0), wide).verdict == "disagree"


def test_a_loss_that_does_not_look_and_gradients_without_numbers():
    still = gradcheck(lambda p: 3.0, gradients, parameters())
    assert still.verdict == "loss does not move" and "The loss is 3 wherever" in still.sentence
    lost = gradcheck(loss, but(b1=lambda g: g * np.nan), parameters())
    assert lost.verdict == "gradients are not finite" and "“b1” hold NaN" in lost.sentence


def test_where_the_loss_raises_it_is_not_looked_at():
    report = gradcheck(*RIGHT["raises elsewhere"])
    assert "loss raised KeyError: 'p', and so on at" in report.sentence
    with pytest.raises(RuntimeError, match="loss raised KeyError: 'p'"):
        gradcheck(lambda p: {}["p"], np.cos, FIVE)


def test_the_curve_has_its_two_slopes():
    """The mean of many: in one of them round-off makes the second slope anything near −1."""
    places = [{n: a + shift for n, a in parameters().items()} for shift in np.linspace(0, 0.1, 20)]
    reports = [gradcheck(loss, gradients, p, sample=1) for p in places]
    steps = np.log10(reports[0].deltas)
    errors = np.mean([np.log10(report.errors) for report in reports], axis=0)
    fall = np.polyfit(steps[2:6], errors[2:6], 1)[0]  # truncation, from 0.01 on
    rise = np.polyfit(steps[-6:], errors[-6:], 1)[0]  # round-off
    assert fall == pytest.approx(2, abs=0.3) and rise == pytest.approx(-1, abs=0.3)
    assert -7.1 < steps[errors.argmin()] < -3.9


def test_own_steps_and_a_sample():
    steps = [1e-4, 1e-5, 1e-6]
    report = gradcheck(loss, gradients, parameters(), deltas=steps, sample=6)
    assert report.verdict == "agree" and report.deltas.tolist() == steps
    assert sum(len(block.numbers) for block in report.blocks) == 6
    assert gradcheck(loss, gradients, parameters(), deltas=(1e-5, 1e-4)).verdict == "agree"


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"loss": 3}, TypeError, "loss is int; expected a function"),
        ({"loss": lambda p: {}[1]}, RuntimeError, "loss raised KeyError: 1"),
        ({"gradients": lambda p: 1 / 0}, RuntimeError, "gradients raised ZeroDivisionError"),
        (
            {"loss": lambda p: p["W1"]},
            TypeError,
            r"loss returned shape \(4, 5\); expected one real",
        ),
        ({"loss": lambda p: None}, TypeError, "loss returned NoneType; expected one real"),
        ({"loss": lambda p: "1"}, TypeError, "loss returned str; expected one real"),
        ({"gradients": lambda p: [1]}, ValueError, r"returned list; expected a dict of \['W1'"),
        ({"gradients": lambda p: {"W1": 1}}, ValueError, r"returned \['W1'\]; expected a dict"),
        ({"gradients": but(b1=lambda g: g[:2])}, ValueError, r"\['b1'\] has the shape \(2,\)"),
        (
            {"gradients": but(b1=lambda g: "no")},
            TypeError,
            r"\['b1'\] holds str; expected an array",
        ),
        ({"parameters": {}}, ValueError, "parameters are empty"),
        ({"parameters": [np.arange(3)]}, TypeError, "holds int64 values; expected real floating"),
        ({"parameters": [FIVE * 1j]}, TypeError, "holds complex128 values; expected real floating"),
        ({"parameters": {"a": object()}}, TypeError, "“a” holds object values"),
        ({"parameters": None}, TypeError, "holds object values"),
        ({"parameters": [np.array([np.nan])]}, ValueError, "holds NaN or infinity"),
        ({"deltas": [1e-5]}, ValueError, "expected at least two different steps above 0"),
        ({"deltas": [1e-5, -1]}, ValueError, "expected at least two different steps above 0"),
        ({"deltas": "small"}, ValueError, "expected at least two different steps above 0"),
        ({"sample": 0}, ValueError, "sample is 0; expected a whole number"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_a_sentence(change, error, words):
    asked = {"loss": loss, "gradients": gradients, "parameters": parameters(), **change}
    with pytest.raises(error, match=words):
        gradcheck(**asked)


def test_the_report_is_a_table_a_picture_and_a_sentence():
    from matplotlib import pyplot
    from matplotlib.figure import Figure

    report = gradcheck(loss, gradients, parameters())
    bundle = report._repr_mimebundle_()
    assert repr(report) == bundle["text/plain"] and repr(report).endswith(report.sentence)
    assert "W1         (4, 5)  20 of 20" in repr(report)
    assert bundle["text/html"].count("<tr>") == 5 and "base64," in bundle["text/html"]
    assert isinstance(report.plot(), Figure) and pyplot.get_fignums() == []
    own = Figure().add_subplot()
    assert report.plot(own) is own.figure
    nothing = gradcheck(Stateful(True).loss, gradients, parameters())
    assert nothing.plot() is None and nothing.sentence in nothing._repr_mimebundle_()["text/plain"]


def test_it_needs_no_tensorflow():
    program = (
        "import sys, numpy as np; from utils import gradcheck\n"
        "assert gradcheck(lambda p: (p**2).sum(), lambda p: 2*p, np.ones(3)).verdict == 'agree'\n"
        "assert not {'keras', 'tensorflow', 'matplotlib'} & set(sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


# The program of lesson 04


def program(timesteps, backward=lstm.backward):
    """Loss, gradients and parameters of the question's LSTM, on a sine of so many timesteps."""
    inputs, targets = lstm.sine(timesteps)

    def run(p):
        return lstm.forward(inputs, *lstm.start(p), p)

    def its_gradients(p):
        outputs, _, _, caches = run(p)
        return backward(outputs, targets, caches, p)

    return lambda p: lstm.loss(run(p)[0], targets), its_gradients, lstm.parameters(0, units=3)


@pytest.mark.parametrize("timesteps", [1, 6])
def test_the_right_backward_pass_agrees(timesteps):
    report = gradcheck(*program(timesteps))
    assert report.verdict == "agree" and report.error < 1e-9


@pytest.mark.parametrize("fault", lstm.BACKWARD_FAULTS)
def test_every_fault_of_the_gallery_is_found_over_several_timesteps(fault):
    report = gradcheck(*program(4, lstm.faulty_backward(fault)), sample=20)
    assert report.verdict == "disagree", report.sentence


def test_at_one_timestep_a_fault_between_timesteps_can_not_be_seen():
    verdicts = {
        fault: gradcheck(*program(1, lstm.faulty_backward(fault)), sample=20).verdict
        for fault in lstm.BACKWARD_FAULTS
    }
    between = {"no_sum", "dh_dropped", "dc_dropped", "wrong_slice"}
    assert {fault for fault, verdict in verdicts.items() if verdict == "agree"} == between


def test_the_question_s_own_check_is_told_to_have_a_state():
    _, its_gradients, p = program(20)
    inputs, targets = lstm.sine(20)
    state = lstm.start(p)

    def going_on(p):
        nonlocal state
        outputs, *state, _ = lstm.forward(inputs, *state, p)
        return lstm.loss(outputs, targets)

    report = gradcheck(going_on, its_gradients, p)
    assert report.verdict == "loss is not a function"
    assert "it carries over a state" in report.sentence
