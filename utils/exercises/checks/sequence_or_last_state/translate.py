"""03.translate: the raw TensorFlow model in Keras. Judged on the outputs for equal weights."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import guarded
from utils.exercises.checks.sequence_or_last_state.misreadings import misread
from utils.exercises.checks.sequence_or_last_state.models import (
    OTHER_INPUT,
    UNSTEADY,
    refuse_other_shape,
    refuse_unsteady,
)
from utils.exercises.checks.sequence_or_last_state.raw_model import states
from utils.exercises.exercise import Exercise, not_yet, right
from utils.exercises.models import NOT_A_MODEL, asked, built
from utils.exercises.questions import first_wrong, number, some_sizes, verdicts


def judge_translate(translate):
    """Right if the model computes the raw model's function with the weights that it was given."""
    found = verdicts(_compared, translate, QUESTIONS, again=2, enough=2)
    question, finding = first_wrong(found)
    if finding is None:
        return right(models=len(QUESTIONS))
    in_part = some_sizes(found, _in_short)
    if in_part is None and finding.message == "values":
        return _diagnosed(translate, question, finding)
    return in_part or finding


TRANSLATE = Exercise(
    id="03.translate",
    task=(
        "Hand in `translate(kernel, bias, W, b)`, which returns a Keras model, [N, timesteps, 1] "
        "-> [N, timesteps], that holds these weights and computes the same function as "
        "`native(x, kernel, bias, W, b)`, for any units and timesteps."
    ),
    judge=judge_translate,
    messages={
        "not_a_model": NOT_A_MODEL,
        "unsteady_model": UNSTEADY,
        "other_input": OTHER_INPUT,
        "per_step": (
            "At {at} your model returns shape {got}: an output at each step, made from the state "
            "at that step. The raw model returns {wanted}, all of it from the state after the last "
            "step, so its first output has heard the whole sequence and yours one sample. That is "
            "the difference which this lesson is about. Look at which states leave your LSTM."
        ),
        "every_step": (
            "At {at} your model returns shape {got}: {timesteps} outputs from each of the "
            "{timesteps} states. The raw model makes its {timesteps} outputs once, from one state. "
            "Look at which states leave your LSTM, and at which of them the raw model uses."
        ),
        "extra_axis": (
            "At {at} the numbers are right, and the shape is {got} where the raw model returns "
            "{wanted}. A last axis of 1 is no decoration: subtracted from targets [N, timesteps] "
            "it either raises or is stretched over them in silence. Look at the axes of your "
            "model's output."
        ),
        "shape": (
            "At {at} your model returns shape {got} for {rows} sequences, and the raw model "
            "{wanted}. With other axes there is nothing to compare. Look at what each axis of your "
            "output counts, and at the shapes of `W` and `b`."
        ),
        "nothing_used": (
            "With other weights handed in, your model gives the same outputs: at {at}, output {t} "
            "of sequence {n} is {given} both times, where the raw model says {truth}. You have "
            "built the architecture, and Keras has drawn weights of its own for it. The same "
            "architecture is a family of functions; the weights make it one of them. Look at where "
            "`kernel`, `bias`, `W` and `b` go."
        ),
        "recurrence_unused": (
            "Whatever `kernel` and `bias` hold, your model's outputs stay the same; those of the "
            "raw model don't. The last layer fits: the outputs are made with `W` and `b`, of other "
            "states. Look at the weights of your recurrent layer after your function has run."
        ),
        "head": (
            "The recurrent part fits: at {at} your outputs are a linear map of the raw model's "
            "last state. But it is another map than `W` and `b` make: output {t} of sequence {n} "
            "is {given}, and the raw model's is {truth}. Look at the last layer's weights, and at "
            "what comes after it."
        ),
        "gate_order": (
            "Your model computes what the raw one would with its gates exchanged: {exchanged}. "
            "Both keep four gates side by side in one matrix, and any order of them fits the "
            "shape, so nothing complains. Look at how `native` splits its gates, and at the order "
            "that Keras' LSTM expects."
        ),
        "gates_in_part": (
            "You brought the gates into another order, and {part} kept the old one. At {at} "
            "output {t} of sequence {n} is {given}, and the raw model's is {truth}. A gate is "
            "computed from three things: the input, the state and the bias. Look at whether all "
            "three went the same way."
        ),
        "forget_bias": (
            "The gates are where they belong, but the forget gate stands at another point: at {at} "
            "your outputs are those that the raw model would have with {amount} in place of 1 "
            "added to it. Your model forgets at another rate, and the difference grows with the "
            "sequence. Look at the line of `native` that makes the new cell state, and at what is "
            "in `bias`."
        ),
        "other_gate": (
            "The gates' matrices are where they belong, but what the raw model adds to its forget "
            "gate is added to {gate} in yours: at {at}, output {t} of sequence {n} is {given}, and "
            "the raw model's is {truth}. Look at which quarter of the bias you change, and in "
            "which order the quarters stand at that moment."
        ),
        "rows_exchanged": (
            "You took the kernel's last row for the input's weights. In the raw model x stands "
            "before h in the concatenation, so its first row belongs to x and the rest to h. The "
            "shapes fit either way. Look at how you cut `kernel` into two."
        ),
        "no_bias": (
            "Your model computes what the raw one would without `bias`. At {at} output {t} of "
            "sequence {n} is {given}, and the raw model's is {truth}. Look at what your recurrent "
            "layer holds as its bias after your function has run."
        ),
        "activation": (
            "The weights are where they belong, but {where} is {kind} in your model, and the raw "
            "one has another function there. At {at} output {t} of sequence {n} is {given}, and "
            "the raw model's is {truth}. Look at the arguments of your recurrent layer."
        ),
        "other_state": (
            "The weights are where they belong, but the outputs are made of {state}, and the raw "
            "model uses h after the last step. At {at} output {t} of sequence {n} is {given} where "
            "the raw model says {truth}. Look at what reaches your last layer."
        ),
        "states": (
            "The last layer fits: at {at} your outputs are made with `W` and `b`. But the state "
            "that they are made of is not the raw model's: output {t} of sequence {n} is {given}, "
            "and the raw model's is {truth}. Look at your recurrent layer: its weights one by one, "
            "its activations, and which state leaves it."
        ),
        "values": (
            "At {at} the shape is right, but output {t} of sequence {n} is {given}, and the raw "
            "model's is {truth}; the largest difference is {gap}. Neither the states nor the last "
            "layer fit. Follow one sequence of two steps by hand, and look at the states first."
        ),
        "precision": (
            "Your model computes the raw one's function, but only to {gap}, which float32 keeps "
            "far better. Small differences grow in a recurrence, and in training. Look for a type "
            "that holds fewer digits, or for a rounding."
        ),
        "no_weights": (
            "The outputs are right, but your model holds {held} of the {needed} numbers as its "
            "weights; the others are constants inside it. `fit` could not train them, and a saved "
            "model would not have them. Look at `model.weights`."
        ),
        "some_sizes": (
            "At {good} your model is right, and not at {bad}: {finding}. The sliders of this "
            "lesson go through many sizes. Look for a number in your function that should come "
            "from the shape of `W`."
        ),
    },
    hints=(
        "Write down the shapes of the raw model's four arrays and those of "
        "`keras.layers.LSTM(units).get_weights()`. Which belongs to which?",
        "Keras keeps the input's rows and the state's rows apart: two arrays, where the raw model "
        "has one. And both have four blocks of columns, one for each gate. Does `native` name them "
        "in the order in which Keras does?",
        "Keras' blocks are input, forget, cell, output. The raw model also adds something to one "
        "gate before its sigmoid; Keras adds nothing when it runs, so it must be in the bias. Then "
        "ask which state the raw model's `W` meets.",
        "Split kernel and bias in four, put them together as i, f, c, o, with 1 added to f's bias; "
        "row 0 of the kernel is for x. `LSTM(units)` returns the last state, `Dense(timesteps)` "
        "holds W and b. The whole answer is in `solutions/03_sequence_or_last_state.ipynb`.",
    ),
    hints_for={
        "per_step": "The raw model multiplies `h` once, after its loop has ended. What does "
        "`return_sequences` decide?",
        "every_step": "The raw model multiplies `h` once, after its loop has ended. What does "
        "`return_sequences` decide?",
        "extra_axis": "What does `Dense(timesteps)` on a state [N, units] return? Does anything "
        "need to be added to that?",
        "nothing_used": "`layer.set_weights([...])` takes arrays in the order of "
        "`layer.get_weights()`; print their shapes.",
        "recurrence_unused": "`layer.set_weights([...])` takes arrays in the order of "
        "`layer.get_weights()`; print their shapes.",
        "gate_order": "`native` splits into i, c, f, o. Look into the help of "
        "`keras.layers.LSTMCell`, or find out by poking one block at a time.",
        "gates_in_part": "There are three arrays with four blocks each: for x, for h, and the "
        "bias. Do the same with all of them.",
        "forget_bias": "`sigmoid(f + 1)` is `sigmoid(x @ … + h @ … + bias_f + 1)`. Where can a "
        "constant that is always added be kept? (`unit_forget_bias` only matters for weights that "
        "Keras draws itself.)",
        "other_gate": "Add it while the gate still has its name.",
        "rows_exchanged": "`[x_t, h] @ kernel`: the first column of the left side meets the first "
        "row of the right side.",
        "head": "`Dense` computes `h @ kernel + bias` and nothing else. Which arrays are these?",
        "activation": "The raw model uses sigmoid for three gates and tanh twice. Those are Keras' "
        "defaults.",
        "raised": "Print the shape of each array that you hand to a layer, beside the shapes in "
        "`layer.get_weights()`.",
    },
    explanation=(
        "{models} raw models of different sizes, and yours gives the same outputs to float32. So "
        "the question's two models were never the same: the raw one is `LSTM(units)` and "
        "`Dense(timesteps)`, all outputs from the last state, and no framework is at fault. On the "
        "way four conventions had to be found that no shape tells: the order of the gates, the 1 "
        "that is added to the forget gate, which rows of the kernel belong to x, and which state "
        "the last layer meets. Equal outputs for equal weights are the one test that finds them "
        "all."
    ),
    seconds=10.0,
    expects="a function `translate(kernel, bias, W, b)`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Question:
    """The sizes of a raw model."""

    units: int
    timesteps: int

    def words(self):
        return f"units {self.units}, timesteps {self.timesteps}"

    def weights(self, seed=0):
        """kernel, bias, W, b as float32; no block of them is like another."""
        rng = np.random.default_rng([self.units, self.timesteps, seed])
        units, timesteps = self.units, self.timesteps
        shapes = (1 + units, 4 * units), (4 * units,), (units, timesteps), (timesteps,)
        sizes = (0.8, 0.6, 1.0, 1.0)
        drawn = [rng.normal(0, size, shape) for size, shape in zip(sizes, shapes, strict=True)]
        return [array.astype(np.float32) for array in drawn]

    def inputs(self):
        """More sequences than units + 1, so that a linear map of the states need not fit."""
        rng = np.random.default_rng(self.timesteps)
        return rng.normal(0, 1, (12, self.timesteps, 1)).astype(np.float32)


QUESTIONS = (_Question(3, 5), _Question(4, 4), _Question(1, 7))
CLOSE, COARSE = 3e-5, 2e-2  # of the largest output: float32 keeps the one, float16 the other


def _compared(translate, question):
    """The verdict on the model for one question's weights."""
    kernel, bias, W, b = weights = question.weights()
    x = question.inputs()
    model = built(translate, *weights)
    outputs = asked(model, x)
    every = states(x, kernel, bias) @ W + b  # [N, timesteps of the input, timesteps]
    wanted = every[:, -1]
    facts = {"units": question.units, "timesteps": question.timesteps, "rows": len(x)}
    facts |= {"got": str(outputs.shape), "wanted": str(wanted.shape), "at": question.words()}
    if outputs.shape != wanted.shape:
        return _misshapen(outputs, wanted, facts)
    refuse_unsteady(model, x, outputs)
    n, t = np.unravel_index(np.argmax(abs(outputs - wanted)), wanted.shape)
    facts |= {"n": n, "t": t, "given": number(outputs[n, t]), "truth": number(wanted[n, t])}
    facts["gap"] = number(abs(outputs - wanted).max(), 2)
    if same(outputs, wanted):
        refuse_other_shape(model, x, at=question.words())
        held, needed = _held(model), sum(array.size for array in weights)
        return right() if held >= needed else not_yet("no_weights", held=held, needed=needed)
    if same(outputs, wanted, COARSE):
        return not_yet("precision", **facts)
    return not_yet("values", **facts)


def _diagnosed(translate, question, finding):
    """The verdict that says what the model computes in place of the raw one's function."""
    model = built(translate, *question.weights())
    outputs = asked(model, question.inputs())
    unused = _unused(translate, question)
    if unused:
        return not_yet(unused, **finding.facts)
    message, facts = misread(outputs, question.inputs(), question.weights())
    return not_yet(message, **finding.facts, **facts)


def _misshapen(outputs, wanted, facts):
    rows, timesteps = wanted.shape
    if outputs.size == wanted.size and same(outputs.reshape(wanted.shape), wanted):
        return not_yet("extra_axis", **facts)
    if outputs.shape == (rows, timesteps, 1):
        return not_yet("per_step", **facts)
    if outputs.shape == (rows, timesteps, timesteps):
        return not_yet("every_step", **facts)
    return not_yet("shape", **facts)


def _unused(translate, question):
    """The message if the model stays the same when other weights are handed in, else None."""
    from keras.utils import set_random_seed

    def outputs_with(weights):
        set_random_seed(5)  # what Keras draws by itself is then the same again
        return asked(built(translate, *weights), question.inputs())

    own, other = question.weights(), question.weights(seed=1)
    now, with_other = outputs_with(own), outputs_with(other[:2] + own[2:])
    if not same(with_other, now):
        return None
    return "nothing_used" if same(outputs_with(other), now) else "recurrence_unused"


def _held(model):
    """How many numbers the model counts among its weights."""
    with guarded("the weights of the model that your function returned were counted"):
        return sum(int(np.prod(weight.shape)) for weight in model.weights)


def _in_short(verdict):
    """What was seen at one size, as a clause."""
    facts = verdict.facts
    if "truth" in facts:
        return f"output {facts['t']} is {facts['given']} where the raw model says {facts['truth']}"
    if "wanted" in facts:
        return f"the shape is {facts['got']} where {facts['wanted']} is wanted"
    if "announced" in facts:
        return f"it was built for inputs of shape {facts['announced']}"
    return "there it gives no outputs to compare"


def same(a, b, share=CLOSE):
    """Equal to the given share of the largest number."""
    return a.shape == b.shape and abs(a - b).max() <= share * abs(b).max()
