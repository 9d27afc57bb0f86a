"""What looks suspicious and is right: it goes into the programs of the upper levels."""

from .drafts import FIT, TRAIN_STEP, Fork, Step

OWN_LOSS = '''
def $loss(y_true, y_pred):
    """The mean of the squared errors."""
    return ops.mean(ops.square(y_true - y_pred))
'''


def added(draft, rng, many):
    """Set `many` decoys into a draft, if so many fit."""
    able = [decoy for decoy in DECOYS if decoy.fits(draft)]
    rng.shuffle(able)
    for decoy in able[:many]:
        if decoy.fits(draft):  # still, after those before it
            decoy.add(draft, rng)


class BatchNorm:
    """Batch statistics in training, and only there."""

    def fits(draft):
        return not (draft.locked or draft.task.tokens or draft.rows)

    def add(draft, rng):
        draft.locked = True  # one is enough
        norm = Step("layers.BatchNormalization(momentum=0.9)", "norm")
        draft.entry.append(norm)


class BothDirections:
    """Two directions, where the whole sequence is there before it is asked about."""

    def fits(draft):
        cell = draft.core[0]
        plain = isinstance(cell, Step) and cell.text.startswith(("layers.LSTM(", "layers.GRU("))
        return plain and len(draft.core) == 1 and not (draft.task.causal or draft.rows)

    def add(draft, rng):
        cell = draft.core[0]
        draft.core[0] = Step(f"layers.Bidirectional({cell.text})", cell.name, cell.comment)


class FrozenEmbedding:
    """An embedding that is not trained; the layers behind it make do."""

    def fits(draft):
        return draft.task.tokens and "trainable" not in draft.entry[0].text

    def add(draft, rng):
        text = draft.entry[0].text.replace("mask_zero=True", "mask_zero=True, trainable=False")
        text = text.replace(", 8,", ", 16,")
        comment = rng.choice(["frozen", "random vectors will do", ""])
        draft.entry[0] = Step(text, "embedding", comment)


class SameShape:
    """A Reshape that changes nothing."""

    def fits(draft):
        return not (draft.task.tokens or draft.rows)

    def add(draft, rng):
        width = draft.task.shape[-1]
        comment = rng.choice(["(batch, time, features)", "make sure that it is 3-D", ""])
        draft.entry.insert(0, Step(f"layers.Reshape((-1, {width}))", "reshape", comment))


class EachStep:
    """A TimeDistributed around a Dense layer, which would do the same without."""

    def fits(draft):
        head, last = draft.head[0], draft.core[-1]
        if isinstance(last, Fork) and last.kind == "sequence_against_last":
            return False  # it wants a sequence in any case
        return draft.task.sequence and isinstance(head, Step) and head.text.startswith("layers.De")

    def add(draft, rng):
        draft.head[0] = Step(f"layers.TimeDistributed({draft.head[0].text})", "head")


class Fixed:
    """The rows in the same order in every epoch: they are independent."""

    def fits(draft):
        return not draft.fit and FIT in draft.steppings and not draft.rows

    def add(draft, rng):
        draft.fit = ", shuffle=False"


class OwnStep:
    """A train step of one's own that does what Keras' own does."""

    def fits(draft):
        return TRAIN_STEP in draft.steppings and len(draft.steppings) > 1

    def add(draft, rng):
        draft.narrow(steppings=[TRAIN_STEP])


class OwnLoss:
    """A loss of one's own that is right."""

    def fits(draft):
        return draft.loss == '"mse"' and not draft.step_loss and not draft.locked

    def add(draft, rng):
        draft.preamble.append(OWN_LOSS)
        draft.loss = "$loss"


class SomeNoise:
    """Noise on the input while it trains."""

    def fits(draft):
        return not (draft.locked or draft.task.tokens or draft.rows)

    def add(draft, rng):
        draft.locked = True
        draft.entry.append(Step("layers.GaussianNoise(0.02)", "noise"))


class Wider:
    """A Dense layer before the recurrent one, at each step."""

    def fits(draft):
        return not (draft.locked or draft.task.tokens or "$WIDE" in draft.constants)

    def add(draft, rng):
        draft.constants["$WIDE"] = 8
        way = rng.choice(["layers.Dense($WIDE)", "layers.TimeDistributed(layers.Dense($WIDE))"])
        draft.entry.append(Step(way, "wide"))


DECOYS = (
    BatchNorm,
    BothDirections,
    FrozenEmbedding,
    SameShape,
    EachStep,
    Fixed,
    OwnStep,
    OwnLoss,
    SomeNoise,
    Wider,
)
