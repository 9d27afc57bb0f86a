"""What looks suspicious and is right: it goes into the programs of the upper levels."""

from collections.abc import Callable
from dataclasses import dataclass

from .drafts import FIT, TRAIN_STEP, Fork, Step

OWN_LOSS = '''
def $loss(y_true, y_pred):
    """The mean of the squared errors."""
    return ops.mean(ops.square(y_true - y_pred))
'''


@dataclass(frozen=True)
class Decoy:
    """One such thing."""

    fits: Callable  # of a Draft: whether it may be added, so that the program stays right
    add: Callable  # of a Draft and a random.Random


def added(draft, rng, many):
    """Set `many` decoys into a draft, if so many fit."""
    able = [decoy for decoy in DECOYS if decoy.fits(draft)]
    rng.shuffle(able)
    for decoy in able[:many]:
        if decoy.fits(draft):  # still, after those before it
            decoy.add(draft, rng)


def _batch_norm_fits(draft):
    return not (draft.locked or draft.task.tokens or draft.rows)


def _batch_norm(draft, rng):
    """Batch statistics in training, and only there."""
    draft.locked = True  # one is enough
    norm = Step("layers.BatchNormalization(momentum=0.9)", "norm")
    draft.entry.append(norm)


def _both_directions_fits(draft):
    if draft.task.tokens and draft.task.sequence:
        return False  # two directions answer alike at padding, so that its loss is not low
    cell = draft.core[0]
    plain = isinstance(cell, Step) and cell.text.startswith(("layers.LSTM(", "layers.GRU("))
    return plain and len(draft.core) == 1 and not (draft.task.causal or draft.rows)


def _both_directions(draft, rng):
    """Two directions, where the whole sequence is there before it is asked about."""
    cell = draft.core[0]
    draft.core[0] = Step(f"layers.Bidirectional({cell.text})", cell.name, cell.comment)


def _frozen_embedding_fits(draft):
    return draft.task.name == "tokens" and "trainable" not in draft.entry[0].text


def _frozen_embedding(draft, rng):
    """An embedding that is not trained; the layers behind it make do."""
    frozen = 'mask_zero=True, embeddings_initializer="orthogonal", trainable=False'
    text = draft.entry[0].text.replace("mask_zero=True", frozen).replace(", 8,", ", 16,")
    comment = rng.choice(["frozen", "any different vectors will do", ""])
    draft.entry[0] = Step(text, "embedding", comment)


def _same_shape_fits(draft):
    return not (draft.task.tokens or draft.rows)


def _same_shape(draft, rng):
    """A Reshape that changes nothing."""
    width = draft.task.shape[-1]
    comment = rng.choice(["(batch, time, features)", "make sure that it is 3-D", ""])
    draft.entry.insert(0, Step(f"layers.Reshape((-1, {width}))", "reshape", comment))


def _each_step_fits(draft):
    head, last = draft.head[0], draft.core[-1]
    if isinstance(last, Fork) and last.kind == "sequence_against_last":
        return False  # it wants a sequence in any case
    return draft.task.sequence and isinstance(head, Step) and head.text.startswith("layers.De")


def _each_step(draft, rng):
    """A TimeDistributed around a Dense layer, which would do the same without."""
    draft.head[0] = Step(f"layers.TimeDistributed({draft.head[0].text})", "head")


def _fixed_fits(draft):
    return not draft.fit and FIT in draft.steppings and not draft.rows


def _fixed(draft, rng):
    """The rows in the same order in every epoch: they are independent."""
    draft.fit = ", shuffle=False"


def _own_step_fits(draft):
    return TRAIN_STEP in draft.steppings and len(draft.steppings) > 1


def _own_step(draft, rng):
    """A train step of one's own that does what Keras' own does."""
    draft.narrow(steppings=[TRAIN_STEP])


def _own_loss_fits(draft):
    return draft.loss == '"mse"' and not draft.step_loss and not draft.locked


def _own_loss(draft, rng):
    """A loss of one's own that is right."""
    draft.preamble.append(OWN_LOSS)
    draft.loss = "$loss"


def _some_noise_fits(draft):
    return not (draft.locked or draft.task.tokens or draft.rows)


def _some_noise(draft, rng):
    """Noise on the input while it trains."""
    draft.locked = True
    draft.entry.append(Step("layers.GaussianNoise(0.02)", "noise"))


def _wider_fits(draft):
    return not (draft.locked or draft.task.tokens or "$WIDE" in draft.constants)


def _wider(draft, rng):
    """A Dense layer before the recurrent one, at each step."""
    draft.constants["$WIDE"] = 8
    way = rng.choice(["layers.Dense($WIDE)", "layers.TimeDistributed(layers.Dense($WIDE))"])
    draft.entry.append(Step(way, "wide"))


DECOYS = (
    Decoy(_batch_norm_fits, _batch_norm),
    Decoy(_both_directions_fits, _both_directions),
    Decoy(_frozen_embedding_fits, _frozen_embedding),
    Decoy(_same_shape_fits, _same_shape),
    Decoy(_each_step_fits, _each_step),
    Decoy(_fixed_fits, _fixed),
    Decoy(_own_step_fits, _own_step),
    Decoy(_own_loss_fits, _own_loss),
    Decoy(_some_noise_fits, _some_noise),
    Decoy(_wider_fits, _wider),
)
