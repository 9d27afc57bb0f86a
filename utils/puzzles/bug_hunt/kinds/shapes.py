"""Faults of the shapes: what the answers are compared with."""

from ..drafts import FIT, TRAIN_STEP, Fork, Step
from .kind import Kind

LOSS = '''
class $Loss(keras.losses.Loss):
    """The mean of the squared errors."""

    def call(self, y_true, y_pred):
        return ops.mean(ops.square(ERROR))
'''
OWN = """
def $loss(y_true, y_pred):
    BODY
"""


def plant_sequence_against_last(draft, rng):
    """Every step is trained on the one target of its row, or the other way round."""
    key = "sequence_against_last"
    last = draft.core[-1]
    if draft.task.sequence:
        wrong = last.text.replace(", return_sequences=True", "")
        draft.symptom = "one_answer"
    else:
        wrong = last.text.replace("$UNITS", "$UNITS, return_sequences=True")
        draft.symptom = "many_answers"
    draft.core[-1] = Fork(key, last, Step(wrong, last.name))
    draft.narrow(steppings=[FIT])
    draft.loss = '"mse"'
    draft.locked = True


def plant_broadcast_loss(draft, rng):
    """Targets (N,) against answers (N, 1), in a loss or a train step of one's own."""
    key = "broadcast_loss"
    draft.symptom = "constant"
    if rng.random() < 0.5:
        draft.narrow(steppings=[TRAIN_STEP])
        right = rng.choice(["y[:, None] - y_pred", "y - y_pred[:, 0]"])
        loss = rng.choice(["ops.mean(ops.square({}))", "tf.reduce_mean(tf.square({}))"])
        draft.step_loss = Fork(key, loss.format(right), loss.format("y - y_pred"))
    else:
        draft.narrow(steppings=[FIT, TRAIN_STEP])
        draft.preamble.append(
            Fork(
                key,
                LOSS.replace("ERROR", "y_true[:, None] - y_pred"),
                LOSS.replace("ERROR", "y_true - y_pred"),
            )
        )
        draft.loss = "$Loss()"


def plant_targets_unpaired(draft, rng):
    """The mean is taken before the square."""
    key = "targets_unpaired"
    draft.symptom = "poor"
    draft.settings |= {"$BATCH": draft.task.constants["$N"], "$EPOCHS": 120, "$RATE": 0.02}
    draft.narrow(steppings=[FIT, TRAIN_STEP])
    right = "return ops.mean(ops.square(y_true - y_pred))"
    wrong = rng.choice(
        [
            "return ops.square(ops.mean(y_true - y_pred))",
            "return ops.mean(y_true - y_pred) ** 2",
        ]
    )
    draft.preamble.append(Fork(key, OWN.replace("BODY", right), OWN.replace("BODY", wrong)))
    draft.loss = "$loss"


KINDS = (
    Kind(
        "sequence_against_last",
        "One answer for a row is compared with a whole sequence, or the other way round.",
        "shapes",
        ("every step gets one target", "one answer for every step"),
        ("total", "running_mean", "recall"),
        plant_sequence_against_last,
    ),
    Kind(
        "broadcast_loss",
        "The shapes of targets and answers differ by an axis, and the loss compares every row "
        "with every other.",
        "shapes",
        ("silently broadcast",),
        ("total",),
        plant_broadcast_loss,
    ),
    Kind(
        "targets_unpaired",
        "The loss compares averages, so that no answer is compared with its own target.",
        "shapes",
        ("targets are not paired",),
        ("total", "two_sensors"),
        plant_targets_unpaired,
    ),
)
