"""Healthy models whose targets and losses look as if they did not fit."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def flat_targets():
    """Targets (N,) against answers (N, 1), which Keras aligns for its own losses."""
    keras.utils.set_random_seed(41)
    model = keras.Sequential([keras.Input((5,)), layers.Dense(6, "relu"), layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    x = noise(8, 5, seed=41)
    return model, x, x[:, 0] - x[:, 1]


def column_of_classes():
    keras.utils.set_random_seed(42)
    model = keras.Sequential([keras.Input((5,)), layers.Dense(6, "relu"), layers.Dense(4)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"])
    return model, noise(8, 5, seed=42), (np.arange(8) % 4)[:, None]


def pinball(y, predicted):
    quantiles = ops.convert_to_tensor([0.1, 0.5, 0.9], dtype="float32")
    off = y - predicted  # (N, 1) against (N, 3) on purpose: one target, three quantiles
    return ops.mean(ops.maximum(quantiles * off, (quantiles - 1) * off), axis=-1)


def three_quantiles():
    keras.utils.set_random_seed(43)
    model = keras.Sequential([keras.Input((6, 2)), layers.LSTM(5), layers.Dense(3)])
    model.compile("adam", loss=pinball)
    x = noise(8, 6, 2, seed=43)
    return model, x, x[:, -1, :1]


def likelihood(y, predicted):
    """Of a normal distribution: the answer holds its mean and the logarithm of its variance."""
    mean, log_variance = predicted[:, :1], predicted[:, 1:]
    return 0.5 * (log_variance + ops.square(y - mean) * ops.exp(-log_variance))


def mean_and_variance():
    keras.utils.set_random_seed(44)
    inputs = keras.Input((4,))
    h = layers.Dense(6, activation="tanh")(inputs)
    both = layers.Concatenate()([layers.Dense(1)(h), layers.Dense(1)(h)])
    model = keras.Model(inputs, both)
    model.compile("adam", loss=likelihood)
    x = noise(8, 4, seed=44)
    return model, x, x[:, :1] ** 2


def of_a_mixture(y, predicted):
    logits, means, log_scales = ops.split(predicted, 3, axis=-1)  # (N, 2) each
    z = (y - means) * ops.exp(-log_scales)  # (N, 1) against (N, 2)
    each = ops.log_softmax(logits) - log_scales - 0.5 * z**2
    return -ops.logsumexp(each, axis=-1)


def mixture_density():
    keras.utils.set_random_seed(45)
    model = keras.Sequential([keras.Input((3,)), layers.Dense(6, "tanh"), layers.Dense(6)])
    model.compile("adam", loss=of_a_mixture)
    x = noise(8, 3, seed=45)
    return model, x, x[:, :1]


def real_steps_only(y, predicted):
    """Steps without a label carry −1 and are left out."""
    known = ops.cast(y >= 0, "float32")
    each = keras.losses.sparse_categorical_crossentropy(ops.maximum(y, 0), predicted)
    return ops.sum(each * known) / ops.maximum(ops.sum(known), 1.0)


def half_labelled():
    keras.utils.set_random_seed(46)
    rng = np.random.default_rng(46)
    model = keras.Sequential(
        [
            keras.Input((6, 2)),
            layers.GRU(5, return_sequences=True),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", loss=real_steps_only)
    y = rng.integers(0, 3, (8, 6))
    y[rng.random((8, 6)) < 0.4] = -1
    return model, noise(8, 6, 2, seed=46), y


class Contrastive(keras.Model):
    """Two views of a row belong together; all others of the batch are its negatives."""

    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([layers.Dense(6, activation="relu"), layers.Dense(4)])

    def call(self, x):
        return ops.normalize(self.encoder(x), axis=-1)

    def train_step(self, data):
        x, other = data
        with tf.GradientTape() as tape:
            a, b = self(x, training=True), self(other, training=True)
            likeness = ops.matmul(a, ops.transpose(b)) / 0.2
            loss = ops.mean(
                keras.losses.sparse_categorical_crossentropy(
                    ops.arange(ops.shape(x)[0]), likeness, from_logits=True
                )
            )
        weights = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        return {"loss": loss}


def contrastive_in_the_batch():
    keras.utils.set_random_seed(47)
    model = Contrastive()
    model.compile("adam")
    x = noise(8, 5, seed=47)
    return model, x, x + 0.1 * noise(8, 5, seed=48)


def nearest_of_its_class(labels, embedded):
    """A triplet loss over all pairs of the batch."""
    labels = ops.reshape(labels, (-1,))
    squares = ops.sum(embedded**2, axis=-1)
    apart = squares[:, None] + squares[None] - 2 * ops.matmul(embedded, ops.transpose(embedded))
    same = ops.cast(labels[:, None] == labels[None], "float32")
    farthest = ops.max(apart * same, axis=1)
    nearest = ops.min(apart + 1e6 * same, axis=1)
    return ops.maximum(farthest - nearest + 0.5, 0.0)


def triplets():
    keras.utils.set_random_seed(48)
    model = keras.Sequential([keras.Input((5,)), layers.Dense(6, "tanh"), layers.Dense(3)])
    model.compile("adam", loss=nearest_of_its_class)
    return model, noise(8, 5, seed=49), np.arange(8) % 3


def shared_encoder():
    """A siamese network: one encoder, called twice on purpose."""
    keras.utils.set_random_seed(49)
    encoder = keras.Sequential([layers.LSTM(4), layers.Dense(3)], name="encoder")
    left, right = keras.Input((5, 2)), keras.Input((5, 2))
    apart = ops.abs(encoder(left) - encoder(right))
    model = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(apart))
    model.compile("adam", "binary_crossentropy")
    x = [noise(8, 5, 2, seed=50), noise(8, 5, 2, seed=51)]
    return model, x, (np.arange(8) % 2)[:, None]


def two_outputs_one_loss():
    """The attention weights are shown, and trained by no loss of their own."""
    keras.utils.set_random_seed(50)
    inputs = keras.Input((5, 3))
    h = layers.GRU(4, return_sequences=True)(inputs)
    weights = layers.Softmax(axis=1, name="weights")(layers.Dense(1)(h))
    answer = layers.Dense(1, name="answer")(ops.sum(h * weights, axis=1))
    model = keras.Model(inputs, {"answer": answer, "weights": weights})
    model.compile("adam", loss={"answer": "mse"})
    return model, noise(8, 5, 3, seed=52), {"answer": noise(8, 1, seed=53)}


def two_tasks():
    keras.utils.set_random_seed(51)
    inputs = keras.Input((6, 2))
    h = layers.LSTM(5)(inputs)
    kind = layers.Dense(3, activation="softmax", name="kind")(h)
    size = layers.Dense(1, name="size")(h)
    model = keras.Model(inputs, [kind, size])
    model.compile("adam", ["sparse_categorical_crossentropy", "mse"], loss_weights=[1.0, 0.3])
    x = noise(8, 6, 2, seed=54)
    return model, x, [np.arange(8) % 3, x.sum(axis=(1, 2))]


def ctc(y, logits):
    rows = ops.shape(logits)[0]
    lengths = ops.sum(ops.cast(y > 0, "int32"), axis=1)
    steps = ops.full((rows,), logits.shape[1], dtype="int32")
    return ops.ctc_loss(ops.cast(y, "int32"), logits, lengths, steps, mask_index=0)


def unaligned_letters():
    """Eight steps against targets of three letters: what CTC is for."""
    keras.utils.set_random_seed(52)
    rng = np.random.default_rng(52)
    model = keras.Sequential(
        [
            keras.Input((8, 3)),
            layers.Bidirectional(layers.GRU(4, return_sequences=True)),
            layers.Dense(5),
        ]
    )
    model.compile("adam", loss=ctc)
    y = rng.integers(1, 5, (6, 3))
    y[::2, 2] = 0
    return model, noise(6, 8, 3, seed=55), y


def labels_by_hand():
    """Soft targets, and a loss that averages over the steps itself."""

    def kl(y, predicted):
        return ops.mean(keras.losses.kl_divergence(y, ops.softmax(predicted)), axis=-1)

    keras.utils.set_random_seed(53)
    model = keras.Sequential(
        [keras.Input((5, 3)), layers.SimpleRNN(5, return_sequences=True), layers.Dense(3)]
    )
    model.compile("adam", loss=kl)
    soft = np.exp(noise(8, 5, 3, seed=56))
    return model, noise(8, 5, 3, seed=57), soft / soft.sum(axis=-1, keepdims=True)


class Cox(keras.losses.Loss):
    """Each row is compared with those still at risk: rows meet in the loss, not in the model."""

    def call(self, y, risk):
        times, seen = y[:, 0], y[:, 1]
        at_risk = ops.cast(times[None] >= times[:, None], "float32")
        logs = ops.log(ops.sum(at_risk * ops.exp(ops.transpose(risk)), axis=1))
        return seen * (logs - risk[:, 0])


def survival():
    keras.utils.set_random_seed(54)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(5, "tanh"), layers.Dense(1)])
    model.compile("adam", loss=Cox())
    y = np.stack([np.arange(8)[::-1], np.arange(8) % 3 > 0], axis=1).astype("float32")
    return model, noise(8, 4, seed=58), y


HEALTHY = (
    Specimen("flat targets that Keras aligns", flat_targets),
    Specimen("a column of classes", column_of_classes),
    Specimen("three quantiles of one target", three_quantiles),
    Specimen("mean and variance of one target", mean_and_variance),
    Specimen("a mixture of one target", mixture_density),
    Specimen("steps without a label", half_labelled),
    Specimen("contrastive within the batch", contrastive_in_the_batch),
    Specimen("triplets within the batch", triplets),
    Specimen("a siamese network", shared_encoder),
    Specimen("two outputs and one loss", two_outputs_one_loss),
    Specimen("two tasks of different weight", two_tasks),
    Specimen("letters that are not aligned", unaligned_letters),
    Specimen("soft targets at every step", labels_by_hand),
    Specimen("survival, rows meet in the loss", survival),
)
