"""Healthy attention models: causal and padding masks, pooling, sets and graphs."""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def words(rows, steps, most, seed, lengths=()):
    """Random ids from 1 on, padded with 0 behind the lengths."""
    x = np.random.default_rng(seed).integers(1, most, (rows, steps))
    for row, length in enumerate(lengths):
        x[row, length:] = 0
    return x


class Block(layers.Layer):
    """A Transformer block as in the Keras guide."""

    def __init__(self, units, heads, causal=False, rate=0.1, **how):
        super().__init__(**how)
        self.attention = layers.MultiHeadAttention(heads, units // heads)
        self.dense = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(units)])
        self.first, self.second = layers.LayerNormalization(), layers.LayerNormalization()
        self.drop, self.causal = layers.Dropout(rate), causal
        self.supports_masking = True

    def call(self, x, training=False):
        heard = self.attention(x, x, use_causal_mask=self.causal)
        x = self.first(x + self.drop(heard, training=training))
        return self.second(x + self.drop(self.dense(x), training=training))


class WithPosition(layers.Layer):
    def __init__(self, steps, most, units, **how):
        super().__init__(**how)
        self.token = layers.Embedding(most, units, mask_zero=True)
        self.place = layers.Embedding(steps, units)

    def call(self, ids):
        return self.token(ids) + self.place(ops.arange(ids.shape[-1]))

    def compute_mask(self, ids, mask=None):
        return self.token.compute_mask(ids)


def small_gpt():
    keras.utils.set_random_seed(31)
    ids = keras.Input((6,), dtype="int32")
    h = layers.Embedding(10, 6)(ids) + layers.Embedding(6, 6)(ops.arange(6))
    h = Block(6, 2, causal=True)(h)
    model = keras.Model(ids, layers.Dense(10)(h))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    text = words(8, 7, 10, 31)
    return model, text[:, :-1], text[:, 1:]


def text_classifier():
    keras.utils.set_random_seed(32)
    ids = keras.Input((7,), dtype="int32")
    h = WithPosition(7, 14, 6)(ids)
    h = Block(6, 2)(h)
    h = layers.GlobalAveragePooling1D()(h)
    h = layers.Dropout(0.1)(h)
    model = keras.Model(ids, layers.Dense(2, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = words(8, 7, 14, 32, [7, 4, 5, 3, 6, 2, 7, 5])
    return model, x, x[:, 0] % 2


def encoder_decoder():
    """The decoder's mask is causal, and the encoder's padding is heard by nobody."""
    keras.utils.set_random_seed(33)
    source, target = keras.Input((6,), dtype="int32"), keras.Input((5,), dtype="int32")
    memory = Block(6, 2)(WithPosition(6, 12, 6)(source))
    queries = layers.Embedding(12, 6)(target)
    queries += layers.MultiHeadAttention(2, 3)(queries, queries, use_causal_mask=True)
    queries += layers.MultiHeadAttention(2, 3)(queries, memory)
    model = keras.Model([source, target], layers.Dense(12, activation="softmax")(queries))
    model.compile("adam", "sparse_categorical_crossentropy")
    x = words(8, 6, 12, 33, [6, 4, 5, 3, 6, 4, 5, 6])
    y = words(8, 6, 12, 34)
    return model, [x, y[:, :-1]], y[:, 1:]


class Pooling(layers.Layer):
    """Additive attention over the states of a recurrent layer, deaf to the padding."""

    def __init__(self, units, **how):
        super().__init__(**how)
        self.score = keras.Sequential([layers.Dense(units, activation="tanh"), layers.Dense(1)])
        self.supports_masking = True

    def call(self, h, mask=None):
        scores = self.score(h)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -1e9)
        return ops.sum(h * ops.softmax(scores, axis=1), axis=1)

    def compute_mask(self, h, mask=None):
        return None


def attention_over_states():
    keras.utils.set_random_seed(34)
    model = keras.Sequential(
        [
            layers.Embedding(12, 5, mask_zero=True),
            layers.GRU(5, return_sequences=True),
            Pooling(4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    x = words(8, 6, 12, 35, [6, 3, 4, 2, 6, 5, 3, 4])
    return model, x, (x[:, :1] > 5).astype(int)


def mean_of_real_words():
    """No layer makes a mask: the model computes its own from the ids."""
    keras.utils.set_random_seed(35)
    ids = keras.Input((6,), dtype="int32")
    real = ops.cast(ops.not_equal(ids, 0), "float32")[..., None]
    h = layers.Embedding(12, 5)(ids) * real
    mean = ops.sum(h, axis=1) / ops.maximum(ops.sum(real, axis=1), 1.0)
    model = keras.Model(ids, layers.Dense(1)(mean))
    model.compile("adam", "mse")
    return model, words(8, 6, 12, 36, [6, 3, 4, 2, 6, 5, 3, 4]), noise(8, 1, seed=36)


def luong():
    """Attends to the states of an encoder, and to none of another row."""
    keras.utils.set_random_seed(36)
    source, target = keras.Input((5, 2), name="past"), keras.Input((4, 2), name="known")
    states, last = layers.GRU(5, return_sequences=True, return_state=True)(source)
    asked = layers.GRU(5, return_sequences=True)(target, initial_state=last)
    heard = layers.Attention()([asked, states])
    model = keras.Model({"past": source, "known": target}, layers.Dense(1)(heard + asked))
    model.compile("adam", "mse")
    x = {"past": noise(8, 5, 2, seed=37), "known": noise(8, 4, 2, seed=38)}
    return model, x, noise(8, 4, 1, seed=39)


class DeepSet(keras.Model):
    """The order of the members is of no account."""

    def __init__(self):
        super().__init__()
        self.member = layers.Dense(6, activation="gelu")
        self.whole = keras.Sequential([layers.Dense(5, activation="gelu"), layers.Dense(1)])

    def call(self, members):
        return self.whole(ops.mean(self.member(members), axis=1))


def a_set():
    keras.utils.set_random_seed(37)
    model = DeepSet()
    model.compile("adam", "mse")
    x = noise(8, 5, 3, seed=40)
    return model, x, x.max(axis=(1, 2))[:, None]


def a_graph():
    """Each node hears its neighbours by a fixed matrix; rows of the batch are graphs."""
    keras.utils.set_random_seed(38)
    neighbours = np.eye(5) + np.roll(np.eye(5), 1, axis=0) + np.roll(np.eye(5), -1, axis=0)
    spread = (neighbours / neighbours.sum(axis=1)).astype("float32")
    nodes = keras.Input((5, 3))
    h = layers.Lambda(lambda h: ops.einsum("ij,bjf->bif", spread, h))(nodes)
    h = layers.Dense(4, activation="relu")(h)
    h = layers.Lambda(lambda h: ops.einsum("ij,bjf->bif", spread, h))(h)
    model = keras.Model(nodes, layers.Dense(2)(h))
    model.compile("adam", "mse")
    return model, noise(8, 5, 3, seed=41), noise(8, 5, 2, seed=42)


def learned_queries():
    """A token of its own collects what the patches say."""

    class Collects(layers.Layer):
        def build(self, shape):
            self.token = self.add_weight(shape=(1, 1, shape[-1]), name="token")
            self.attention = layers.MultiHeadAttention(2, 2)

        def call(self, patches):
            token = ops.broadcast_to(self.token, (ops.shape(patches)[0], 1, patches.shape[-1]))
            return self.attention(token, patches)[:, 0]

    keras.utils.set_random_seed(39)
    model = keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            layers.Conv2D(4, 2, strides=2),
            layers.Reshape((9, 4)),
            Collects(),
            layers.Dense(3),
        ]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model, noise(8, 6, 6, 1, seed=43), np.arange(8) % 3


HEALTHY = (
    Specimen("a small GPT", small_gpt, intent={"causal": True}),
    Specimen("a Transformer for padded text", text_classifier),
    Specimen("encoder and decoder with masks", encoder_decoder),
    Specimen("attention over masked states", attention_over_states),
    Specimen("the mean of the real words", mean_of_real_words),
    Specimen("Luong attention, inputs by name", luong),
    Specimen("a deep set", a_set),
    Specimen("a graph of fixed neighbours", a_graph),
    Specimen("a token that collects patches", learned_queries),
)
