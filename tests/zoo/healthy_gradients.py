"""Healthy models whose gradients look wrong: held fast, at zero, turned round, or shared."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def frozen_backbone():
    """Weights learned elsewhere, held fast, its BatchNorm in inference mode."""
    keras.utils.set_random_seed(64)
    backbone = keras.Sequential(
        [
            keras.Input((6, 6, 3)),
            layers.Conv2D(4, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.GlobalAveragePooling2D(),
        ],
        name="backbone",
    )
    backbone.trainable = False
    inputs = keras.Input((6, 6, 3))
    h = backbone(inputs, training=False)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, noise(8, 6, 6, 3, seed=67), np.arange(8) % 3


def frozen_word_vectors():
    keras.utils.set_random_seed(65)
    vectors = noise(12, 4, seed=68)
    model = keras.Sequential(
        [
            layers.Embedding(
                12, 4, embeddings_initializer=keras.initializers.Constant(vectors), trainable=False
            ),
            layers.LSTM(4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    x = np.random.default_rng(65).integers(0, 12, (8, 5))
    return model, x, (np.arange(8) % 2)[:, None]


class LoRA(layers.Layer):
    """A frozen kernel, and beside it a product of two small ones of which one starts at zero."""

    def __init__(self, units, rank=2, **how):
        super().__init__(**how)
        self.units, self.rank = units, rank

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), trainable=False, name="kernel")
        self.a = self.add_weight(shape=(shape[-1], self.rank), name="a")
        self.b = self.add_weight(shape=(self.rank, self.units), initializer="zeros", name="b")

    def call(self, x):
        return ops.matmul(x, self.kernel) + ops.matmul(ops.matmul(x, self.a), self.b)


def low_rank_beside_frozen():
    keras.utils.set_random_seed(66)
    model = keras.Sequential([keras.Input((5,)), LoRA(6), layers.ReLU(), layers.Dense(1)])
    model.compile("adam", "mse")
    return model, noise(8, 5, seed=69), noise(8, 1, seed=70)


class ReZero(layers.Layer):
    """A residual branch that is multiplied by a number which starts at zero."""

    def build(self, shape):
        self.branch = layers.Dense(shape[-1], activation="tanh")
        self.share = self.add_weight(shape=(), initializer="zeros", name="share")

    def call(self, x):
        return x + self.share * self.branch(x)


def branches_that_start_at_zero():
    keras.utils.set_random_seed(67)
    model = keras.Sequential([keras.Input((4,)), ReZero(), ReZero(), layers.Dense(1)])
    model.compile("adam", "mse")
    return model, noise(8, 4, seed=71), noise(8, 1, seed=72)


def a_head_that_starts_at_zero():
    """The first answers are all zero; the head learns first, and then what is beneath it."""
    keras.utils.set_random_seed(68)
    model = keras.Sequential(
        [
            keras.Input((6, 2)),
            layers.LSTM(5),
            layers.Dense(1, kernel_initializer="zeros"),
        ]
    )
    model.compile("adam", "mse")
    return model, noise(8, 6, 2, seed=73), noise(8, 1, seed=74)


class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 1e-3 * ops.minimum(ops.cast(step, "float32") / 10.0, 1.0)  # the first step is 0

    def get_config(self):
        return {}


def a_rate_that_starts_at_zero():
    keras.utils.set_random_seed(69)
    model = keras.Sequential([keras.Input((5, 2)), layers.GRU(5), layers.Dense(1)])
    model.compile(keras.optimizers.Adam(WarmUp()), "mse")
    return model, noise(8, 5, 2, seed=75), noise(8, 1, seed=76)


@tf.custom_gradient
def reversed_gradient(x):
    return tf.identity(x), lambda upstream: -upstream


def gradient_reversal():
    """The features shall not tell the domain: its gradient is turned round on purpose."""
    keras.utils.set_random_seed(70)
    inputs = keras.Input((5,))
    features = layers.Dense(6, activation="tanh")(inputs)
    kind = layers.Dense(1, activation="sigmoid", name="kind")(features)
    turned = layers.Lambda(reversed_gradient, output_shape=(6,))(features)
    domain = layers.Dense(1, activation="sigmoid", name="domain")(turned)
    model = keras.Model(inputs, [kind, domain])
    model.compile("sgd", ["binary_crossentropy", "binary_crossentropy"])
    half = (np.arange(8) % 2)[:, None]
    return model, noise(8, 5, seed=77), [half, half[::-1].copy()]


@tf.custom_gradient
def straight_through(x):
    return tf.sign(x), lambda upstream: upstream


def binary_code():
    keras.utils.set_random_seed(71)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            layers.Dense(5),
            layers.Lambda(straight_through, output_shape=(5,)),
            layers.Dense(6),
        ]
    )
    model.compile("adam", "mse")
    x = noise(8, 6, seed=78)
    return model, x, x


class Experts(layers.Layer):
    """A gate weighs three experts, each for each row."""

    def __init__(self, units, **how):
        super().__init__(**how)
        self.experts = [layers.Dense(units, activation="relu") for _ in range(3)]
        self.gate = layers.Dense(3, activation="softmax")

    def call(self, x):
        each = ops.stack([expert(x) for expert in self.experts], axis=1)
        return ops.sum(self.gate(x)[..., None] * each, axis=1)


def mixture_of_experts():
    keras.utils.set_random_seed(72)
    model = keras.Sequential([Experts(5), layers.Dense(1)])
    model.compile("adam", "mse")
    return model, noise(8, 4, seed=79), noise(8, 1, seed=80)


class Tied(keras.Model):
    """The table that reads the words also writes them."""

    def __init__(self):
        super().__init__()
        self.table = layers.Embedding(9, 5)
        self.rnn = layers.LSTM(5, return_sequences=True)

    def call(self, ids):
        h = self.rnn(self.table(ids))
        return ops.matmul(h, ops.transpose(self.table.embeddings))


def tied_weights():
    keras.utils.set_random_seed(73)
    model = Tied()
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    text = np.random.default_rng(73).integers(0, 9, (8, 6))
    return model, text[:, :-1], text[:, 1:]


HEALTHY = (
    Specimen("a frozen backbone", frozen_backbone),
    Specimen("frozen word vectors", frozen_word_vectors),
    Specimen("low rank beside a frozen kernel", low_rank_beside_frozen, finding="zero gradient"),
    Specimen("branches that start at zero", branches_that_start_at_zero, finding="zero gradient"),
    Specimen("a head that starts at zero", a_head_that_starts_at_zero, finding="zero gradient"),
    Specimen("a rate that starts at zero", a_rate_that_starts_at_zero),
    Specimen("gradient reversal", gradient_reversal, finding="gradient is a multiple"),
    Specimen("straight through a sign", binary_code),
    Specimen("a mixture of experts", mixture_of_experts),
    Specimen("tied weights", tied_weights, intent={"causal": True}),
)
