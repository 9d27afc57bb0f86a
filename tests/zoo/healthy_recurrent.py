"""Healthy recurrent models and convolutions over time that look suspicious and are right."""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def bidirectional_classifier():
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((7, 3)),
            layers.Bidirectional(layers.LSTM(5)),
            layers.Dense(4, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = noise(8, 7, 3)
    return model, x, np.arange(8) % 4


def bidirectional_tagger():
    """Tags a word by what stands before and after it."""
    keras.utils.set_random_seed(2)
    rng = np.random.default_rng(2)
    words = keras.Input((6,), dtype="int32")
    h = layers.Embedding(12, 5)(words)
    h = layers.Bidirectional(layers.GRU(4, return_sequences=True))(h)
    model = keras.Model(words, layers.TimeDistributed(layers.Dense(3, activation="softmax"))(h))
    model.compile("rmsprop", "sparse_categorical_crossentropy")
    x = rng.integers(1, 12, (8, 6))
    return model, x, x % 3


class TimeMajorScan(keras.layers.Layer):
    """An Elman network that turns its input time-major, walks along it, and turns it back."""

    def __init__(self, units, **how):
        super().__init__(**how)
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), name="w")
        self.u = self.add_weight(shape=(self.units, self.units), initializer="orthogonal", name="u")

    def call(self, x):
        x = ops.transpose(x, (1, 0, 2))  # [T, B, F]
        h = ops.zeros((ops.shape(x)[1], self.units))
        states = []
        for t in range(x.shape[0]):
            h = ops.tanh(ops.matmul(x[t], self.w) + ops.matmul(h, self.u))
            states.append(h)
        return ops.transpose(ops.stack(states), (1, 0, 2))  # [B, T, units]


def time_major_by_transposes():
    keras.utils.set_random_seed(3)
    inputs = keras.Input((6, 2))
    model = keras.Model(inputs, layers.Dense(1)(TimeMajorScan(5)(inputs)))
    model.compile("adam", "mse")
    x = noise(8, 6, 2, seed=3)
    return model, x, np.cumsum(x, axis=1)[..., :1]


def permuted_features():
    """Sensors by time, [batch, features, timesteps], as MATLAB files have them."""
    keras.utils.set_random_seed(4)
    model = keras.Sequential(
        [keras.Input((3, 7)), layers.Permute((2, 1)), layers.LSTM(6), layers.Dense(1)]
    )
    model.compile("adam", "mae")
    x = noise(8, 3, 7, seed=4)
    return model, x, x.mean(axis=(1, 2))


def rows_of_an_image_as_steps():
    keras.utils.set_random_seed(5)
    model = keras.Sequential(
        [
            keras.Input((36,)),
            layers.Reshape((6, 6)),
            layers.SimpleRNN(6),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("sgd", "binary_crossentropy")
    x = noise(8, 36, seed=5)
    return model, x, (x.sum(axis=1, keepdims=True) > 0).astype("float32")


def windows_by_reshape():
    """Cuts one long row into windows of two steps, which Reshape does in the right order."""
    keras.utils.set_random_seed(6)
    model = keras.Sequential()
    model.add(keras.Input((8, 1)))
    model.add(layers.Reshape((4, 2)))
    model.add(layers.GRU(5, return_sequences=True))
    model.add(layers.Dense(2))
    model.add(layers.Reshape((8, 1)))
    model.compile("adam", "mse")
    x = noise(6, 8, 1, seed=6)
    return model, x, np.sin(x)


def turned_round():
    """A bidirectional layer by hand, and the branch that runs backwards is turned round."""
    keras.utils.set_random_seed(14)
    inputs = keras.Input((6, 2))
    forward = layers.GRU(4, return_sequences=True)(inputs)
    backward = layers.GRU(4, return_sequences=True, go_backwards=True)(inputs)
    backward = layers.Lambda(lambda h: ops.flip(h, axis=1))(backward)
    both = layers.Concatenate()([forward, backward])
    model = keras.Model(inputs, layers.Dense(1)(both))
    model.compile("adam", "mse")
    x = noise(8, 6, 2, seed=14)
    return model, x, x[:, ::-1].cumsum(axis=1)[:, ::-1, :1]


def backwards_to_the_last_state():
    keras.utils.set_random_seed(15)
    model = keras.Sequential([layers.LSTM(5, go_backwards=True), layers.Dense(2)])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    x = noise(8, 6, 3, seed=15)
    return model, x, (x[:, 0, 0] > 0).astype(int)


def padded_and_masked():
    keras.utils.set_random_seed(16)
    model = keras.Sequential(
        [
            keras.Input((7, 2)),
            layers.Masking(mask_value=-1.0),
            layers.LSTM(5, return_sequences=True),
            layers.LSTM(4),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    x = noise(8, 7, 2, seed=16)
    for row, length in enumerate([7, 3, 5, 2, 6, 4, 7, 3]):
        x[row, length:] = -1.0
    return model, x, noise(8, 1, seed=17)


def masked_words_both_ways():
    keras.utils.set_random_seed(17)
    rng = np.random.default_rng(17)
    words = keras.Input((8,), dtype="int64")
    h = layers.Embedding(15, 4, mask_zero=True)(words)
    h = layers.Bidirectional(layers.GRU(3))(h)
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(h))
    model.compile("adam", "binary_crossentropy")
    x = rng.integers(1, 15, (8, 8))
    for row, length in enumerate([8, 5, 3, 7, 2, 6, 4, 8]):
        x[row, length:] = 0
    return model, x, (x[:, :1] > 7).astype("float32")


def next_word():
    """A language model: the target is the input, one step on, which no output can hear."""
    keras.utils.set_random_seed(18)
    rng = np.random.default_rng(18)
    model = keras.Sequential(
        [
            layers.Embedding(11, 6),
            layers.LSTM(6, return_sequences=True),
            layers.Dense(11),
        ]
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    text = rng.integers(0, 11, (8, 8))
    return model, text[:, :-1], text[:, 1:]


def next_value():
    keras.utils.set_random_seed(19)
    model = keras.Sequential(
        [keras.Input((None, 1)), layers.GRU(6, return_sequences=True), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    walk = noise(8, 9, 1, seed=19).cumsum(axis=1)
    return model, walk[:, :-1], walk[:, 1:]


def delayed_copy():
    keras.utils.set_random_seed(20)
    model = keras.Sequential(
        [
            keras.Input((8, 1)),
            layers.LSTM(6, return_sequences=True),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    x = noise(8, 8, 1, seed=20)
    y = np.zeros_like(x)
    y[:, 2:] = x[:, :-2]
    return model, x, y


def dilated_causal_convolutions():
    keras.utils.set_random_seed(22)
    inputs = keras.Input((8, 2))
    h = inputs
    for rate in (1, 2, 4):
        skip = layers.Conv1D(4, 1)(h)
        h = layers.Conv1D(4, 2, padding="causal", dilation_rate=rate, activation="relu")(h)
        h = layers.LayerNormalization()(layers.Add()([h, skip]))
    model = keras.Model(inputs, layers.Conv1D(1, 1)(h))
    model.compile("adam", "mse")
    x = noise(8, 9, 2, seed=22)
    return model, x[:, :-1], x[:, 1:, :1]


def a_remainder_cut_by_strides():
    """Eight steps, windows of three, three apart: the last two are in no window."""
    keras.utils.set_random_seed(23)
    model = keras.Sequential(
        [
            keras.Input((8, 2)),
            layers.Conv1D(4, 3, strides=3, activation="tanh"),
            layers.GRU(4),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, noise(8, 8, 2, seed=23), noise(8, 1, seed=24)


def pooled_to_half():
    keras.utils.set_random_seed(24)
    model = keras.Sequential(
        [
            keras.Input((7, 3)),
            layers.Conv1D(5, 3, padding="same", activation="relu"),
            layers.MaxPooling1D(2),
            layers.Flatten(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", "categorical_crossentropy")
    return model, noise(8, 7, 3, seed=24), np.eye(3, dtype="float32")[np.arange(8) % 3]


def residual_with_layer_norm():
    keras.utils.set_random_seed(25)
    inputs = keras.Input((6, 4))
    h = inputs
    for _ in range(2):
        h = layers.LayerNormalization()(h + layers.LSTM(4, return_sequences=True)(h))
    model = keras.Model(inputs, layers.Dense(1)(layers.GlobalAveragePooling1D()(h)))
    model.compile(keras.optimizers.AdamW(1e-3), "huber")
    x = noise(8, 6, 4, seed=25)
    return model, x, x.mean(axis=(1, 2))[:, None]


def dropped_in_every_way():
    keras.utils.set_random_seed(26)
    model = keras.Sequential(
        [
            keras.Input((6, 4)),
            layers.SpatialDropout1D(0.3),
            layers.GaussianNoise(0.1),
            layers.LSTM(6, return_sequences=True, dropout=0.3, recurrent_dropout=0.3),
            layers.Dropout(0.4, noise_shape=(None, 1, 6)),
            layers.GRU(5),
            layers.Dropout(0.0),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, noise(8, 6, 4, seed=26), noise(8, 1, seed=27)


HEALTHY = (
    Specimen("a bidirectional classifier", bidirectional_classifier),
    Specimen("a bidirectional tagger", bidirectional_tagger),
    Specimen("time-major by transposes", time_major_by_transposes, intent={"causal": True}),
    Specimen("features by timesteps, permuted", permuted_features),
    Specimen("rows of an image as steps", rows_of_an_image_as_steps),
    Specimen("windows by Reshape", windows_by_reshape),
    Specimen("a backward branch, turned round", turned_round),
    Specimen("backwards to the last state", backwards_to_the_last_state),
    Specimen("padded and masked", padded_and_masked),
    Specimen("masked words, both ways", masked_words_both_ways),
    Specimen("the next word", next_word, intent={"causal": True}),
    Specimen("the next value of a walk", next_value),
    Specimen("a copy with a delay", delayed_copy, intent={"causal": True}),
    Specimen("dilated causal convolutions", dilated_causal_convolutions, intent={"causal": True}),
    Specimen("a remainder cut by strides", a_remainder_cut_by_strides),
    Specimen("pooled to half", pooled_to_half),
    Specimen("recurrent residual blocks", residual_with_layer_norm),
    Specimen("dropped in every way", dropped_in_every_way, intent={"quiet": True}),
)
