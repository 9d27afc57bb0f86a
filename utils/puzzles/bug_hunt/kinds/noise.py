"""Faults of the noise: a Dropout that never acts, or that never stops."""

from ..drafts import FIT, FUNCTIONAL, SUBCLASSED, TRAIN_STEP, Fork, Step
from .kind import Kind


def plant_dropout_never_acts(draft, rng):
    """The train step calls the model without saying that it trains."""
    key = "dropout_never_acts"
    draft.symptom = "no_gap"
    drop = Step("layers.Dropout($DROP)", "drop")
    draft.constants["$DROP"] = 0.5
    way = "step" if draft.paired else rng.choice(["step", "flag", "call"])
    if way == "flag":  # fit hands `training` on only to a call that takes it
        draft.narrow(styles=[SUBCLASSED], steppings=[FIT])
        draft.flag = Fork(key, True, False)
        draft.after = [*draft.after, drop]
    elif way == "step":
        draft.narrow(steppings=[TRAIN_STEP])
        draft.training = Fork(key, ", training=True", rng.choice(["", ", training=False"]))
        draft.after = [*draft.after, drop]
    else:
        draft.narrow(steppings=[FIT])
        draft.narrow(styles=[FUNCTIONAL, SUBCLASSED])
        off = Step(drop.text, drop.name, call="training=False")
        draft.after = [*draft.after, Fork(key, drop, off)]
    draft.locked = True


def plant_dropout_in_predict(draft, rng):
    """A Dropout that is told to act always."""
    key = "dropout_in_predict"
    draft.symptom = "twice"
    draft.narrow(styles=[FUNCTIONAL, SUBCLASSED])
    draft.constants["$DROP"] = rng.choice([0.2, 0.3])
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
