"""Faults of the noise: a Dropout that never acts, or that never stops."""

from ..drafts import FIT, SUBCLASSED, TRAIN_STEP, Fork, Step
from .kind import Kind

# A flag of a layer's call counts in a subclassed model and in a layer of one's own; within a
# functional model fit and predict overrule it.
DROPPED = '''
class $Block(layers.Layer):
    """Dense units with Dropout behind them."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense($UNITS, activation="relu")
        self.drop = layers.Dropout($DROP)

    def call(self, h, training=None):
        return self.drop(self.dense(h), training=training)
'''


def plant_dropout_never_acts(draft, rng):
    """The model is trained without being told so, or the Dropout is told otherwise."""
    key = "dropout_never_acts"
    draft.symptom = "no_gap"
    drop = Step("layers.Dropout($DROP)", "drop")
    draft.constants["$DROP"] = 0.5
    way = "step" if draft.paired else rng.choice(["step", "flag", "call", "block"])
    if way == "block":
        draft.narrow(steppings=[FIT])
        wrong = DROPPED.replace("training=training", "training=False")
        draft.preamble.append(Fork(key, DROPPED, wrong))
        drop = Step("$Block()", "block")
    elif way == "flag":  # fit hands `training` on only to a call that takes it
        draft.narrow(styles=[SUBCLASSED], steppings=[FIT])
        draft.flag = Fork(key, True, False)
    elif way == "step":
        draft.narrow(steppings=[TRAIN_STEP])
        draft.training = Fork(key, ", training=True", rng.choice(["", ", training=False"]))
    else:
        draft.narrow(styles=[SUBCLASSED], steppings=[FIT])
        drop = Fork(key, drop, Step(drop.text, drop.name, call="training=False"))
    draft.after = [*draft.after, drop]
    draft.locked = True


def plant_dropout_in_predict(draft, rng):
    """A Dropout that is told to act always."""
    key = "dropout_in_predict"
    draft.symptom = "twice"
    draft.locked = True
    draft.constants["$DROP"] = rng.choice([0.2, 0.3])
    if rng.random() < 0.5:
        wrong = DROPPED.replace("training=training", "training=True")
        draft.preamble.append(Fork(key, DROPPED, wrong))
        draft.after = [*draft.after, Step("$Block()", "block")]
        return
    draft.narrow(styles=[SUBCLASSED])
    drop = Step("layers.Dropout($DROP)", "drop")
    comment = rng.choice(["", "we are going to train it", "active while training"])
    on = Step(drop.text, drop.name, comment, call="training=True")
    draft.after = [*draft.after, Fork(key, drop, on)]


KINDS = (
    Kind(
        "dropout_never_acts",
        "The Dropout never acts while the network is trained.",
        "noise",
        ("never acts in fit",),
        ("total", "running_mean", "two_sensors"),
        plant_dropout_never_acts,
    ),
    Kind(
        "dropout_in_predict",
        "The Dropout also acts when the trained network is asked.",
        "noise",
        ("acts in predict",),
        ("total", "running_mean", "recall", "sign_of_sum", "two_sensors", "neighbours"),
        plant_dropout_in_predict,
        (("quiet", True),),
    ),
)
