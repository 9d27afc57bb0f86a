"""Faults of the mask: padding that is read, or counted."""

from ..drafts import TRAIN_STEP, Fork, Step, fork
from .kind import Kind

GAIN = '''
class $Gain(layers.Layer):
    """A gain for each feature of the embedding."""

    def __init__(self):
        super().__init__()
        self.supports_masking = True

    def build(self, shape):
        self.gain = self.add_weight(shape=(shape[-1],), initializer="ones")

    def call(self, h):
        return h * self.gain
'''
NO_INIT = """    def __init__(self):
        super().__init__()
        self.supports_masking = True

"""
TOKEN_LOSS = '''
def $token_loss(x, y, y_pred):
    """The crossentropy of a token, on average."""
    each = keras.losses.binary_crossentropy(y, y_pred)  # [batch, time]
    real = ops.cast(x > 0, "float32")
    return ops.sum(each * real) / ops.sum(real)
'''


def plant_mask_lost(draft, rng):
    """Something between the embedding and the recurrent layer does not hand the mask on."""
    key = "mask_lost"
    draft.symptom = "padded"
    way = rng.choice(["gain", "tanh", "scale"])
    if way == "gain":
        draft.preamble.append(
            fork(
                key,
                GAIN,
                *rng.choice([(NO_INIT, ""), ("        self.supports_masking = True\n", "")]),
            )
        )
        draft.entry.append(Step("$Gain()", "gain"))
        return
    right, wrong = {
        "tanh": ('layers.Activation("tanh")', "ops.tanh($h)"),
        "scale": ("layers.Rescaling(4.0)", "$h * 4.0"),
    }[way]
    comment = rng.choice(
        ["", "keeps the embedding in range" if way == "tanh" else "small at first"]
    )
    draft.entry.append(Fork(key, Step(right, way, comment), Step(wrong, comment=comment)))


def plant_padding_in_loss(draft, rng):
    """The loss of a train step of one's own takes the mean over the padding, too."""
    key = "padding_in_loss"
    draft.symptom = "low_loss"
    draft.narrow(steppings=[TRAIN_STEP])
    right = TOKEN_LOSS
    wrong = TOKEN_LOSS.replace('    real = ops.cast(x > 0, "float32")\n', "").replace(
        "ops.sum(each * real) / ops.sum(real)",
        rng.choice(["ops.mean(each)", "tf.reduce_mean(each)"]),
    )
    draft.preamble.append(Fork(key, right, wrong))
    draft.step_loss = "$token_loss(x, y, y_pred)"
    draft.locked = True


KINDS = (
    Kind(
        "mask_lost",
        "The mask of the padding is lost on its way, so that the padding is read like data.",
        "masks",
        ("mask lost",),
        ("tokens",),
        plant_mask_lost,
    ),
    Kind(
        "padding_in_loss",
        "The padding counts in the loss.",
        "masks",
        ("padding counts in the loss",),
        ("token_tags",),
        plant_padding_in_loss,
    ),
)
