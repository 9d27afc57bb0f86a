"""Faults of the axes: who hears whom, among rows, timesteps and features."""

from dataclasses import replace

from ..drafts import FUNCTIONAL, SUBCLASSED, Fork, Step, fork
from .kind import Kind

LOOP = '''
class $Loop(layers.Layer):
    """Runs a cell over the time steps."""

    def __init__(self, cell):
        super().__init__()
        self.cell = cell

    def call(self, x):
        steps = ops.transpose(x, (1, 0, 2))  # [time, batch, features]
        states = self.cell.get_initial_state(batch_size=ops.shape(x)[0])
        outputs = []
        for t in range($T):
            output, states = self.cell(steps[t], states)
            outputs.append(output)
        return ops.stack(outputs, axis=1)  # [batch, time, units]
'''

ATTENTION = '''
class $Pooling(layers.Layer):
    """Attention over the time steps: a weight for each, and the weighted sum."""

    def __init__(self):
        super().__init__()
        self.score = layers.Dense(1)

    def call(self, h):
        weights = ops.softmax(self.score(h), axis=1)
        return ops.sum(weights * h, axis=1)
'''

STANDARDISED = '''
class $Scaler(layers.Layer):
    """Brings the features to mean 0 and deviation 1."""

    def call(self, h):
        mean = ops.mean(h, axis=-1, keepdims=True)
        std = ops.std(h, axis=-1, keepdims=True)
        return (h - mean) / (std + 1e-3)
'''


def plant_axes_reshaped(draft, rng):
    """Rows and timesteps change places by a reshape, which mixes them."""
    key = "axes_reshaped"
    right = "ops.transpose(x, (1, 0, 2))"
    wrong = rng.choice(["ops.reshape(x, ($T, -1, x.shape[-1]))", "ops.reshape(x, ($T, -1, $IN))"])
    draft.constants.setdefault("$UNITS", 16)
    width = draft.task.shape[-1]
    draft.preamble.append(fork(key, LOOP, right, wrong.replace("$IN", width)))
    cell = rng.choice(["LSTMCell", "GRUCell"])
    draft.core = [Step(f"$Loop(layers.{cell}($UNITS))", "rnn")]
    draft.symptom, draft.locked = "poor", True


def plant_time_as_batch(draft, rng):
    """The recurrent layer gets time first, as other libraries want it."""
    key = "time_as_batch"
    there = rng.choice(["time first", "the RNN reads step by step", "(time, batch, features)"])
    back = rng.choice(["and back", "batch first again", "(batch, time, units)"])
    swap = "ops.transpose($h, (1, 0, 2))"
    draft.core = [
        Fork(key, (), Step(swap, comment=there)),
        *draft.core,
        Fork(key, (), Step(swap, comment=back)),
    ]
    draft.symptom = "poor"


def plant_one_timestep(draft, rng):
    """Each step goes through a recurrent layer by itself, as a sequence of length 1."""
    key = "one_timestep"
    cell = draft.core[0].text
    if rng.random() < 0.5:
        width = draft.task.shape[-1]
        inner = cell.replace(", return_sequences=True", "")
        draft.core = [
            Fork(
                key,
                draft.core[0],
                (
                    Step(f"layers.Reshape(($T, 1, {width}))", "reshape"),
                    Step(f"layers.TimeDistributed({inner})", "rnn", "one answer per step"),
                ),
            )
        ]
        draft.locked = True
    else:
        text = '''
class $Loop(layers.Layer):
    """Applies a recurrent layer step by step and keeps all outputs."""

    def __init__(self):
        super().__init__()
        self.rnn = CELL

    def call(self, x):
        outputs = OUTPUTS
        return ops.concatenate(outputs, axis=1)
'''.replace("CELL", cell)
        wrong = text.replace("OUTPUTS", "[self.rnn(x[:, t : t + 1]) for t in range($T)]")
        right = text.replace("OUTPUTS", "self.rnn(x)").replace(
            "        return ops.concatenate(outputs, axis=1)\n", "        return outputs\n"
        )
        draft.preamble.append(Fork(key, right, wrong))
        draft.core = [Step("$Loop()", "rnn")]
    draft.symptom = "poor"


def plant_samples_hear_each_other(draft, rng):
    """A softmax or a statistic over the rows of the batch."""
    key = "samples_hear_each_other"
    draft.symptom = "alone"
    ways = ["scaler", "batchnorm"] + ([] if draft.task.sequence else ["attention"] * 2)
    way = rng.choice(ways)
    if way == "attention":
        draft.preamble.append(
            fork(key, ATTENTION, ", axis=1)\n        return", ", axis=0)\n        return")
        )
        last = draft.core[-1]
        sequences = last.text.replace("$UNITS)", "$UNITS, return_sequences=True)")
        draft.core[-1] = Step(sequences, last.name)
        draft.after = [Step("$Pooling()", "pool"), *draft.after]
    elif way == "scaler":
        wrong = STANDARDISED.replace("axis=-1", "axis=0")
        draft.preamble.append(Fork(key, STANDARDISED, wrong))
        draft.after = [Step("$Scaler()", "scale"), *draft.after]
    else:
        draft.narrow(styles=[SUBCLASSED])
        norm = "layers.BatchNormalization(momentum=0.9)"
        draft.after = [
            Fork(key, Step(norm, "norm"), Step(norm, "norm", call="training=True")),
            *draft.after,
        ]


def plant_backwards_not_turned(draft, rng):
    """A branch that reads from the end is joined as it comes, with its last step first."""
    key = "backwards_not_turned"
    draft.narrow(styles=[FUNCTIONAL, SUBCLASSED])
    cell = draft.core[0].text
    back = cell.replace("return_sequences=True", "return_sequences=True, go_backwards=True")
    turn = rng.choice(["ops.flip(backward, axis=1)", "backward[:, ::-1]"])
    draft.core = [
        Step(cell, "forward_rnn", target="forward"),
        Step(back, "backward_rnn", target="backward"),
        Fork(key, Step(turn, target="backward"), ()),
        Step("layers.Concatenate()", "join", source="[forward, backward]"),
    ]
    draft.symptom = "poor"


def plant_future_heard(draft, rng):
    """A forecaster whose convolution, or second direction, sees what it is to forecast."""
    key = "future_heard"
    draft.symptom = "future"
    width, way = rng.choice([3, 5]), rng.choice(["conv", "conv", "both", "attention"])
    if way == "attention":
        draft.narrow(styles=[FUNCTIONAL, SUBCLASSED])
        attention = Step("layers.MultiHeadAttention(2, 8)", "attention", source="$h, $h")
        causal = replace(attention, call="use_causal_mask=True")
        before = Step('layers.Conv1D($UNITS, 4, padding="causal", activation="relu")', "conv")
        draft.core = [before, Fork(key, causal, attention)]
    elif way == "conv":
        text = f'layers.Conv1D($UNITS, {width}, padding="causal", activation="relu")'
        first = fork(key, text, '"causal"', '"same"')
        step = Fork(key, Step(first.right, "conv"), Step(first.wrong, "conv"))
        draft.core = [step, *draft.core]
    else:
        cell = draft.core[0].text
        both = f"layers.Bidirectional({cell})"
        draft.core = [Fork(key, Step(cell, "rnn"), Step(both, "rnn"))]
    draft.locked = True


def plant_softmax_of_one(draft, rng):
    """A softmax over one unit, which is always 1."""
    key = "softmax_of_one"
    made = fork(key, draft.head[0].text, "sigmoid", "softmax")
    draft.head = [Fork(key, Step(made.right, "head"), Step(made.wrong, "head"))]
    draft.symptom = "constant"


def plant_feature_unheard(draft, rng):
    """A slice takes one of two features only."""
    key = "feature_unheard"
    wrong = rng.choice(["$h[:, :, :1]", "$h[..., 0:1]", "$h[:, :, 0:1]"])
    comment = rng.choice(["the readings", "", "without the time stamp"])
    draft.entry = [Fork(key, (), Step(wrong, comment=comment)), *draft.entry]
    draft.symptom = "poor"


SERIAL = ("recall", "neighbours", "running_mean")
KINDS = (
    Kind(
        "axes_reshaped",
        "A reshape stands where two axes should change places, so that rows and steps are mixed.",
        "axes",
        ("samples hear each other",),
        ("recall", "neighbours", "running_mean"),
        plant_axes_reshaped,
    ),
    Kind(
        "time_as_batch",
        "The recurrent layer gets time as its first axis, and so runs along the batch.",
        "axes",
        ("samples hear each other",),
        SERIAL,
        plant_time_as_batch,
    ),
    Kind(
        "one_timestep",
        "The recurrent layer gets sequences of a single step, so that it has nothing to remember.",
        "axes",
        ("one timestep",),
        SERIAL,
        plant_one_timestep,
    ),
    Kind(
        "samples_hear_each_other",
        "A softmax or a statistic runs over the rows of the batch.",
        "axes",
        ("samples hear each other",),
        ("sign_of_sum", "total", "first_sign", "running_mean"),
        plant_samples_hear_each_other,
    ),
    Kind(
        "backwards_not_turned",
        "The answers of a branch that reads backwards are used without being turned round.",
        "axes",
        ("runs backwards",),
        ("both_sides",),
        plant_backwards_not_turned,
    ),
    Kind(
        "future_heard",
        "The model hears later steps, which it will not have when it is used.",
        "axes",
        ("hears the future",),
        ("sines",),
        plant_future_heard,
        (("causal", True),),
    ),
    Kind(
        "softmax_of_one",
        "A softmax over one unit always answers 1.",
        "axes",
        ("answers are constant",),
        ("first_sign", "sign_of_sum", "neighbours", "tokens"),
        plant_softmax_of_one,
    ),
    Kind(
        "feature_unheard",
        "A part of the input never reaches the network.",
        "axes",
        ("feature unheard",),
        ("two_sensors",),
        plant_feature_unheard,
    ),
)
