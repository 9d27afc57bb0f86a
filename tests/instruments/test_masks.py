"""Masks that reach everything are never accused; those that get lost are found, and where."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

from utils.instruments.masks import masks, wording
from utils.instruments.report import FAULT, QUESTION

L, K = keras.layers, keras.ops
RNG = np.random.default_rng(0)
ROWS, STEPS = 10, 6
LENGTHS = np.array([6, 3, 2, 5, 4, 1, 3, 6, 2, 4])
REAL = np.arange(STEPS) < LENGTHS[:, None]
IDS = np.where(REAL, RNG.integers(1, 9, (ROWS, STEPS)), 0)
FRONT = IDS[:, ::-1].copy()
VECTORS = np.where(REAL[..., None], RNG.normal(size=(ROWS, STEPS, 3)), 0).astype("float32")
FULL = np.maximum(IDS, 1)
TAGS = RNG.integers(0, 4, (ROWS, STEPS))
SERIES = RNG.normal(size=(ROWS, STEPS, 1)).astype("float32")


def words(*layers, steps=None, mask_zero=True):
    embedding = L.Embedding(10, 4, mask_zero=mask_zero, name="words")
    return keras.Sequential([keras.Input((steps,)), embedding, *layers])


def vectors(*layers, steps=None):
    return keras.Sequential([keras.Input((steps, 3)), L.Masking(name="masking"), *layers])


def rnn(units=3, **how):
    return L.SimpleRNN(units, **how)


def tagger():
    return rnn(return_sequences=True), L.Dense(4, activation="softmax")


def compiled(model, loss="mse", **how):
    model.compile(**{"optimizer": "sgd", "loss": loss, **how})
    return model


class KeepsMask(L.Layer):
    """Multiplies, and says that the mask stays."""

    def __init__(self, **how):
        super().__init__(**how)
        self.supports_masking = True

    def call(self, x):
        return 2.0 * x


class MaskedMean(L.Layer):
    def __init__(self, **how):
        super().__init__(**how)
        self.supports_masking = True

    def compute_mask(self, x, mask=None):
        return None

    def call(self, x, mask=None):
        real = K.cast(mask, x.dtype)[..., None]
        return K.sum(real * x, axis=1) / K.maximum(K.sum(real, axis=1), 1.0)


class HardMean(MaskedMean):
    """Gets the mask and does not look at it."""

    def call(self, x, mask=None):
        return K.mean(x, axis=1)


class OwnMask(L.Layer):
    """Makes a mask of its own: what is below -0.5 in the first feature does not count."""

    def call(self, x):
        return x

    def compute_mask(self, x, mask=None):
        return K.greater(x[..., 0], -0.5)


class ByHand(keras.Model):
    """Makes the mask in its own call, and hands it on by hand."""

    def __init__(self, honest=True):
        super().__init__()
        self.honest, self.embedding = honest, L.Embedding(10, 4)
        self.first, self.last = rnn(return_sequences=True), L.Dense(1)

    def call(self, ids):
        mask = K.not_equal(ids, 0)
        x = self.first(self.embedding(ids), mask=mask)
        real = K.cast(mask, x.dtype)[..., None] if self.honest else K.ones_like(x[..., :1])
        return self.last(K.sum(real * x, axis=1) / (K.sum(real, axis=1) + 1e-6))


class Positions(L.Layer):
    """Adds a position to each embedding, as a transformer does; keeps the mask or loses it."""

    def __init__(self, keeps):
        super().__init__()
        self.supports_masking = keeps

    def call(self, x):
        return x + K.cast(K.arange(K.shape(x)[1]), x.dtype)[None, :, None] / 10


def transformer(keeps=True):
    ids = keras.Input((None,), dtype="int32")
    x = Positions(keeps)(L.Embedding(10, 4, mask_zero=True)(ids))
    x = L.LayerNormalization()(L.Add()([x, L.MultiHeadAttention(2, 4)(x, x)]))
    return keras.Model(ids, L.Dense(1)(L.GlobalAveragePooling1D()(x)))


def half():
    how = {"dtype": "mixed_float16"}
    ids = keras.Input((None,), dtype="int32")
    x = L.Embedding(10, 4, mask_zero=True, **how)(ids)
    x = L.MultiHeadAttention(2, 4, **how)(x, x)
    return keras.Model(ids, L.Dense(1, **how)(L.GlobalAveragePooling1D(**how)(x)))


def two_inputs():
    ids, other = keras.Input((None,), dtype="int32"), keras.Input((2,))
    x = L.LSTM(3)(L.Embedding(10, 4, mask_zero=True)(ids))
    return keras.Model([ids, other], L.Dense(1)(L.Concatenate()([x, other])))


def concatenated():
    ids, more = keras.Input((None,), dtype="int32"), keras.Input((None, 3))
    both = L.Concatenate()([L.Embedding(10, 4, mask_zero=True)(ids), L.Masking()(more)])
    return keras.Model([ids, more], L.Dense(1)(rnn()(both)))


def around_the_mask():
    ids = keras.Input((None,), dtype="int32")
    x = L.Embedding(10, 4, mask_zero=True)(ids)
    unmasked = L.Lambda(lambda t: K.sum(t, axis=1))(x)
    return keras.Model(ids, L.Dense(1)(L.Concatenate()([rnn()(x), unmasked])))


def translation():
    source, so_far = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    _, state = L.GRU(3, return_state=True)(L.Embedding(10, 4, mask_zero=True)(source))
    x = L.GRU(3, return_sequences=True)(
        L.Embedding(10, 4, mask_zero=True)(so_far), initial_state=state
    )
    return compiled(
        keras.Model([source, so_far], L.Dense(4, activation="softmax")(x)),
        "sparse_categorical_crossentropy",
    )


def nested():
    inner = keras.Sequential([L.Embedding(10, 4, mask_zero=True), rnn(return_sequences=True)])
    return keras.Sequential([keras.Input((None,)), inner, L.GlobalAveragePooling1D(), L.Dense(1)])


def stateful():
    layers = [L.Embedding(10, 4, mask_zero=True), rnn(stateful=True), L.Dense(1)]
    return keras.Sequential([keras.Input(batch_shape=(ROWS, None)), *layers])


def noisy():
    noise = L.Lambda(lambda t: t + keras.random.normal(K.shape(t)[:1])[:, None])
    return words(rnn(), noise, L.Dense(1))


def masked_by_targets(y, p):
    real = K.cast(K.not_equal(y, 0), p.dtype)
    return K.sum(real * K.square(y - p)) / (K.sum(real) + 1e-6)


def with_zeros():
    return np.where(REAL[..., None], SERIES, 0)


def sequence_head(*layers, **how):
    return compiled(words(rnn(return_sequences=True), L.Dense(1), *layers), **how)


class OwnStep(keras.Model):
    """Its train_step has a loss of its own, which looks at the mask or does not."""

    def __init__(self, honest):
        super().__init__()
        self.honest, self.embedding = honest, L.Embedding(10, 4, mask_zero=True)
        self.inner, self.head = rnn(return_sequences=True), L.Dense(1)

    def call(self, ids):
        return self.head(self.inner(self.embedding(ids)))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            error = K.square(y - self(x))[..., 0]
            real = K.cast(K.not_equal(x, 0) if self.honest else K.ones_like(x), error.dtype)
            loss = K.sum(real * error) / K.sum(real)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


def weighted_data(model):
    weights = REAL.astype("float32")
    return model, tf.data.Dataset.from_tensor_slices((IDS, SERIES, weights)).batch(ROWS), None


def of_ids(*layers, **how):
    return words(*layers, L.Dense(1), **how), IDS, None


cross = "sparse_categorical_crossentropy"
HEALTHY = {
    "last state": lambda: of_ids(rnn()),
    "fixed length": lambda: of_ids(rnn(), steps=STEPS),
    "padding in front": lambda: (words(rnn(), L.Dense(1)), FRONT, None),
    "lstm": lambda: of_ids(L.LSTM(3)),
    "both ways": lambda: of_ids(L.Bidirectional(L.GRU(2))),
    "stacked": lambda: of_ids(rnn(return_sequences=True), rnn()),
    "vectors": lambda: (vectors(rnn(), L.Dense(1)), VECTORS, None),
    "average": lambda: of_ids(L.GlobalAveragePooling1D()),
    "each step": lambda: of_ids(L.TimeDistributed(L.Dense(3)), L.GlobalAveragePooling1D()),
    "last step of all": lambda: of_ids(rnn(return_sequences=True), L.Lambda(lambda t: t[:, -1])),
    "last step, fixed": lambda: of_ids(
        rnn(return_sequences=True), L.Lambda(lambda t: t[:, -1]), steps=STEPS
    ),
    "dropout": lambda: of_ids(L.Dropout(0.5), rnn(dropout=0.3)),
    "own layer keeps it": lambda: of_ids(KeepsMask(), rnn()),
    "own layer uses it": lambda: of_ids(MaskedMean()),
    "zeros that add nothing": lambda: (
        vectors(L.Dense(1, use_bias=False), L.Lambda(lambda t: K.sum(t, axis=1))),
        VECTORS,
        None,
    ),
    "own mask": lambda: (
        keras.Sequential([keras.Input((None, 3)), OwnMask(), rnn(), L.Dense(1)]),
        VECTORS - 0.2,
        None,
    ),
    "by hand": lambda: (ByHand(), IDS, None),
    "transformer": lambda: (transformer(), IDS, None),
    "half precision": lambda: (half(), IDS, None),
    "two inputs": lambda: (two_inputs(), [IDS, VECTORS[:, 0, :2]], None),
    "concatenated": lambda: (concatenated(), [IDS, VECTORS], None),
    "translation": lambda: (translation(), [IDS[:, :4], IDS], TAGS),
    "nested": lambda: (nested(), IDS, None),
    "stateful": lambda: (stateful(), IDS, None),
    "noise in predict": lambda: (noisy(), IDS, None),
    "tagger": lambda: (compiled(words(*tagger()), cross), IDS, TAGS),
    "not compiled": lambda: (words(*tagger()), IDS, TAGS),
    "loss masked by targets": lambda: (
        compiled(words(rnn(return_sequences=True), KeepsMask()), masked_by_targets),
        IDS,
        np.repeat(with_zeros(), 3, axis=2),
    ),
    "own step": lambda: (compiled(OwnStep(True)), IDS, SERIES),
    "weights in a data set": lambda: weighted_data(sequence_head(L.Lambda(lambda t: 1.0 * t))),
    "no mask, no padding": lambda: (words(rnn(), L.Dense(1), mask_zero=False), FULL, None),
    "no mask, but no matter": lambda: (
        words(L.GlobalMaxPooling1D(), L.Dense(1), mask_zero=False),
        IDS[LENGTHS < STEPS],
        None,
    ),
    "the margins of a picture": lambda: (
        keras.Sequential([keras.Input((STEPS, 3)), rnn(), L.Dense(1)]),
        np.where((np.arange(STEPS) > LENGTHS[:, None] // 2 - 2)[..., None], VECTORS, 0),
        None,
    ),
    "causal tagger": lambda: (words(*tagger(), mask_zero=False), IDS, TAGS),
}


def made(make):
    """The model and its data, without Keras' word on masks that it destroys."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        keras.utils.set_random_seed(0)
        return make()


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_models_are_not_accused(name):
    report = masks(*made(HEALTHY[name]), seconds=60)
    assert report.findings == (), report.sentence
    assert report.seen or "differently" in report.sentence


LOST, COUNTS, UNMASKED = "mask lost", "padding counts in the loss", "padding not masked"
FAULTY = {  # name -> model and data, finding, level, part of the sentence
    "lambda": (
        lambda: of_ids(L.Lambda(lambda t: 2.0 * t, name="twice"), rnn()),
        LOST,
        FAULT,
        "The mask ends at “twice”",
    ),
    "lambda, fixed": (
        lambda: of_ids(L.Lambda(lambda t: 2.0 * t), rnn(), steps=STEPS),
        LOST,
        FAULT,
        "Three more masked steps",
    ),
    "in front": (
        lambda: (words(L.Conv1D(3, 2, padding="causal"), rnn(), L.Dense(1)), FRONT, None),
        LOST,
        FAULT,
        "conv1d",
    ),
    "convolution": (
        lambda: (vectors(L.Conv1D(3, 3, padding="same"), rnn(), L.Dense(1)), VECTORS, None),
        LOST,
        FAULT,
        "conv1d",
    ),
    "reshape": (
        lambda: of_ids(L.Reshape((-1, 4), name="same"), rnn()),
        LOST,
        FAULT,
        "“same”",
    ),
    "mean of all steps": (
        lambda: of_ids(rnn(return_sequences=True), L.Lambda(lambda t: K.mean(t, axis=1))),
        LOST,
        FAULT,
        "though a mask says",
    ),
    "pooling": (lambda: of_ids(L.GlobalMaxPooling1D(name="pool")), LOST, FAULT, "“pool”"),
    "not looked at": (lambda: of_ids(HardMean()), LOST, FAULT, "one of them does not look at it"),
    "by hand, half": (lambda: (ByHand(False), IDS, None), LOST, FAULT, ""),
    "transformer": (lambda: (transformer(False), IDS, None), LOST, FAULT, "positions"),
    "around the mask": (lambda: (around_the_mask(), IDS, None), LOST, FAULT, "lambda"),
    "flatten": (lambda: of_ids(L.Flatten(name="flat"), steps=STEPS), LOST, FAULT, "“flat”"),
    "flatten behind": (
        lambda: of_ids(rnn(return_sequences=True), L.Flatten(name="flat"), steps=STEPS),
        LOST,
        QUESTION,
        "“flat”",
    ),
    "zeros, flattened": (
        lambda: (vectors(L.Flatten(), L.Dense(1), steps=STEPS), VECTORS, None),
        LOST,
        QUESTION,
        "may do no harm",
    ),
    "loss": (
        lambda: (sequence_head(L.Lambda(lambda t: 1.0 * t)), IDS, SERIES),
        COUNTS,
        FAULT,
        "with other answers at masked steps only",
    ),
    "loss with weights to come": (
        lambda: (sequence_head(L.Lambda(lambda t: 1.0 * t), weighted_metrics=["mse"]), IDS, SERIES),
        COUNTS,
        QUESTION,
        "sample_weight",
    ),
    "loss of a step": (lambda: (compiled(OwnStep(False)), IDS, SERIES), COUNTS, FAULT, ""),
    "no mask": (
        lambda: of_ids(rnn(), mask_zero=False),
        UNMASKED,
        QUESTION,
        "Rows of x end in zeros (0 to 5 steps), and no layer masks them. Three more zeros move",
    ),
    "no mask in front": (
        lambda: (words(rnn(), L.Dense(1), mask_zero=False), FRONT, None),
        UNMASKED,
        QUESTION,
        "begin with zeros (",
    ),
    "vectors without": (
        lambda: (keras.Sequential([keras.Input((STEPS, 3)), rnn(), L.Dense(1)]), VECTORS, None),
        UNMASKED,
        QUESTION,
        "",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_faults_are_found_and_told(name):
    make, finding, level, part = FAULTY[name]
    report = masks(*made(make), seconds=60)
    assert report.findings == (finding,), report.sentence
    assert report.found[0].level == level
    assert part in report.sentence


def everything(model):
    """All that a model holds, as bytes."""
    model_parts = [np.asarray(v).tobytes() for v in model.variables]
    if model.compiled and model.optimizer is not None:
        model_parts += [np.asarray(v).tobytes() for v in model.optimizer.variables]
    calls = [sorted(vars(layer)) for layer in model._flatten_layers()]
    return model_parts, calls, model.built


@pytest.mark.parametrize("name", ["tagger", "own step", "stateful", "nested", "translation"])
def test_the_model_is_left_as_it_was(name):
    model, x, y = made(HEALTHY[name])
    if not model.built:
        model(x)
    np.random.seed(3)
    before, drawn = everything(model), np.random.get_state()[1].tolist()
    masks(model, x, y)
    assert everything(model) == before
    assert np.random.get_state()[1].tolist() == drawn


class Stops(L.Layer):
    """Is interrupted after so many calls, which no model can put back."""

    left = -1

    def call(self, x):
        Stops.left -= 1
        if not Stops.left:
            raise KeyboardInterrupt
        return x


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_an_interrupt_leaves_the_model_as_it_was(calls, monkeypatch):
    model = made(lambda: compiled(words(rnn(return_sequences=True), L.Dense(1), Stops())))
    before = everything(model)
    monkeypatch.setattr(Stops, "left", calls)
    with pytest.raises(KeyboardInterrupt):
        masks(model, IDS, SERIES)
    assert everything(model) == before


def test_what_could_not_be_seen_is_said():
    assert "masks no step of this x" in masks(words(rnn()), FULL).sentence
    assert masks(words(rnn()), FULL).verdict == "not looked at"
    assert "Every step of x is masked" in masks(words(rnn()), 0 * IDS).sentence
    fixed = words(L.Flatten(), L.Dense(1), steps=STEPS, mask_zero=False)
    assert "takes this length only" in masks(fixed, IDS).sentence
    hurried = masks(words(rnn(), L.Dense(1)), IDS, seconds=0)
    assert "was not looked at: the time was up" in hurried.sentence


def test_why_no_loss_was_looked_at_is_said():
    said = "No loss was looked at: "
    plain = words(rnn(), L.Dense(1))
    assert f"{said}there is no y." in masks(plain, IDS).not_seen
    assert f"{said}the model is not compiled." in masks(plain, IDS, SERIES).not_seen
    one_target = masks(compiled(plain), IDS, SERIES[:, 0])
    assert f"{said}y has no target for a masked step." in one_target.not_seen
    assert f"{said}the time was up." in masks(plain, IDS, SERIES[:, 0], seconds=0).not_seen
    broken = compiled(words(rnn(return_sequences=True), L.Dense(1)), lambda y, p: y + p + np.nan)
    assert f"{said}it is not finite." in masks(broken, IDS, SERIES).not_seen


def test_losses_have_three_digits_or_as_many_as_tell_them_apart():
    assert "The loss is 1.23, and 2.35 with" in wording.counts(1.2345678, 2.3456789)
    assert "The loss is 1.23457, and 1.23458 with" in wording.counts(1.234567, 1.234577)


def test_what_can_not_be_looked_at_gets_a_sentence():
    with pytest.raises(TypeError, match="expected a Keras model or layer"):
        masks(np.mean, IDS)
    with pytest.raises(ValueError, match="NaN"):
        masks(vectors(rnn()), np.full_like(VECTORS, np.nan))
    with pytest.raises(ValueError, match="empty"):
        masks(vectors(rnn()), VECTORS[:0])
    with pytest.raises(RuntimeError, match="The model raised Invalid"):
        masks(vectors(rnn()), VECTORS[..., :2])


def test_the_picture_shows_rows_and_how_far_they_move():
    report = masks(*made(FAULTY["lambda"][0]), seconds=60)
    left, right = report.plot().axes
    assert left.get_ylabel() == "row" and right.get_xlabel().startswith("how far")
    widths = [bar.get_width() for bar in right.patches]
    moved = report.numbers["moved by other values"] + report.numbers["moved by more padding"]
    assert np.allclose(widths, 100 * np.array(moved))
    assert moved[0] == 0  # the first row has no padding, whose values could be changed
    assert report._repr_mimebundle_()["text/html"].count("<img") == 1
