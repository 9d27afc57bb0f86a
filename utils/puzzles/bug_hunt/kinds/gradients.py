"""Faults of the gradient: parts that get none, the wrong one, or all the same."""

from ..drafts import FIT, TRAIN_STEP, Fork, Step, fork
from .kind import Kind

UNTRACKED = '''
class $Mix(layers.Layer):
    """The answer as a weighted sum of the units."""

    def build(self, shape):
        self.w = WEIGHTS

    def call(self, h):
        return ops.matmul(h, self.w)
'''

LOG_COSH = '''
@tf.custom_gradient
def log_cosh(error):
    """Like a square near 0 and like a size far from it; written so that it can't overflow."""
    value = tf.abs(error) + tf.math.softplus(-2 * tf.abs(error)) - np.log(2)

    def grad(dy):
        return dy * tf.tanh(error)

    return value, grad


def $loss(y_true, y_pred):
    return tf.reduce_mean(log_cosh(y_pred - y_true))
'''


def plant_no_gradient(draft, rng):
    """Something on the way has no gradient, or the train step leaves variables out."""
    key = "no_gradient"
    draft.symptom = "poor"
    if rng.random() < 0.4:
        draft.narrow(steppings=[TRAIN_STEP])
        wrong = rng.choice(
            ["$model.layers[-1].trainable_variables", "$model.trainable_variables[-2:]"]
        )
        draft.variables = Fork(key, "$model.trainable_variables", wrong)
    else:
        wrong = rng.choice(["ops.stop_gradient($h)", "ops.round($h * 4) / 4"])
        comment = rng.choice(["", "against exploding gradients", "for stability"])
        comment = "coarser codes generalise better" if "round" in wrong else comment
        draft.after = [Fork(key, (), Step(wrong, comment=comment)), *draft.after]
    draft.locked = True


def plant_untracked(draft, rng):
    """A matrix that the optimizer never hears of."""
    key = "untracked_weights"
    draft.symptom = "poor"
    right = 'self.add_weight(shape=(shape[-1], 1), initializer="zeros")'
    wrong = "tf.Variable(tf.zeros((shape[-1], 1)))"
    draft.preamble.append(
        Fork(key, UNTRACKED.replace("WEIGHTS", right), UNTRACKED.replace("WEIGHTS", wrong))
    )
    draft.head = [Step("$Mix()", "head")]
    draft.symptom = "constant"


def plant_twin_units(draft, rng):
    """All units begin alike and so stay alike."""
    key = "twin_units"
    draft.symptom = "poor"
    start = rng.choice(["keras.initializers.Constant(0.1)", "keras.initializers.Constant(0.05)"])
    first, head = draft.core[0], draft.head[0]
    cell = first.text.replace(
        "$UNITS", "$UNITS, kernel_initializer=$START, recurrent_initializer=$START", 1
    )
    dense = head.text.replace("Dense(1", "Dense(1, kernel_initializer=$START", 1)
    draft.core[0] = Step(cell, first.name)
    draft.head = [Step(dense, head.name)]
    draft.constants["$START"] = Fork(key, '"glorot_uniform"', start)


def plant_wrong_gradient(draft, rng):
    """The slope of a loss written by hand: not tanh, but the slope of that."""
    key = "wrong_gradient"
    draft.symptom = "worse"
    wrong = rng.choice(["(1 - tf.tanh(error) ** 2)", "(1 / tf.cosh(error) ** 2)"])
    draft.preamble.append(fork(key, LOG_COSH, "tf.tanh(error)", wrong))
    draft.loss = "$loss"
    draft.narrow(steppings=[FIT, TRAIN_STEP])


KINDS = (
    Kind(
        "no_gradient",
        "A part of the network gets no gradient, so that it is never trained.",
        "gradients",
        ("no gradient", "weights do not move"),
        ("neighbours",),
        plant_no_gradient,
    ),
    Kind(
        "untracked_weights",
        "Weights that move the answer are unknown to the model, so that fit never changes them.",
        "gradients",
        ("untracked variable",),
        ("recall", "running_mean", "two_sensors"),
        plant_untracked,
    ),
    Kind(
        "twin_units",
        "All units of a layer begin alike, and so they stay alike.",
        "gradients",
        ("units are twins",),
        ("recall", "neighbours"),
        plant_twin_units,
    ),
    Kind(
        "wrong_gradient",
        "A gradient that is written by hand is not that of what it belongs to.",
        "gradients",
        ("gradient is not the loss's",),
        ("total", "two_sensors", "recall"),
        plant_wrong_gradient,
    ),
)
