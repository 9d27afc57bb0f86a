"""Healthy models without time: images, tables, several inputs; not compiled, not built, nested."""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def augmented_images():
    """Turned and mirrored in training, quiet afterwards."""
    keras.utils.set_random_seed(91)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Rescaling(1 / 255),
            layers.RandomFlip("horizontal"),
            layers.RandomTranslation(0.1, 0.1),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    pixels = np.random.default_rng(91).integers(0, 256, (8, 8, 8, 3)).astype("float32")
    return model, pixels, np.arange(8) % 3


def residual_images():
    keras.utils.set_random_seed(92)
    inputs = keras.Input((6, 6, 2))
    h = layers.Conv2D(4, 3, padding="same", use_bias=False)(inputs)
    h = layers.Activation("relu")(layers.BatchNormalization()(h))
    skip = h
    h = layers.SeparableConv2D(4, 3, padding="same", use_bias=False)(h)
    h = layers.BatchNormalization(gamma_initializer="zeros")(h)  # the block starts as identity
    h = layers.GlobalAveragePooling2D()(layers.add([h, skip]))
    model = keras.Model(inputs, layers.Dense(3)(h))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model, noise(8, 6, 6, 2, seed=92), np.arange(8) % 3


def convolutional_autoencoder():
    keras.utils.set_random_seed(93)
    encoder = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(3, 3, strides=2, padding="same"),
        ],
        name="encoder",
    )
    decoder = keras.Sequential(
        [
            keras.Input((2, 2, 3)),
            layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(1, 3, strides=2, padding="same"),
        ],
        name="decoder",
    )
    model = keras.Sequential([encoder, decoder])
    model.compile("adam", "mse")
    x = noise(6, 8, 8, 1, seed=93)
    return model, x, x


def denoising_autoencoder():
    keras.utils.set_random_seed(94)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            layers.GaussianNoise(0.3),
            layers.Dense(3, activation="tanh", activity_regularizer="l1"),
            layers.Dense(6),
        ]
    )
    model.compile("adam", "mae")
    x = noise(8, 6, seed=94)
    return model, x, x


def normalized_table():
    """Columns of very different size, brought to one by numbers learned from the data."""
    keras.utils.set_random_seed(95)
    x = noise(8, 4, seed=95) * np.float32([1, 50, 1e4, 1e-3]) + np.float32([0, 100, -5e4, 0.01])
    scale = layers.Normalization()
    scale.adapt(x)
    model = keras.Sequential([scale, layers.Dense(6, activation="selu"), layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    return model, x, (x[:, :1] > 0).astype("float32")


def a_table_of_several_kinds():
    keras.utils.set_random_seed(96)
    inputs = {
        "age": keras.Input((1,), name="age"),
        "town": keras.Input((), dtype="int32", name="town"),
        "visits": keras.Input((4, 2), name="visits"),
    }
    merged = layers.concatenate(
        [
            layers.Dense(2)(inputs["age"]),
            layers.Embedding(6, 3)(inputs["town"]),
            layers.GRU(3)(inputs["visits"]),
        ]
    )
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(merged))
    model.compile("adam", "binary_crossentropy")
    x = {
        "age": noise(8, 1, seed=96),
        "town": np.arange(8) % 6,
        "visits": noise(8, 4, 2, seed=97),
    }
    return model, x, (np.arange(8) % 2)[:, None].astype("float32")


def one_hot_towns():
    keras.utils.set_random_seed(97)
    model = keras.Sequential(
        [
            keras.Input((2,), dtype="int32"),
            layers.CategoryEncoding(5, output_mode="multi_hot"),
            layers.Dense(4, activation="relu"),
            layers.Dense(2, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    x = np.random.default_rng(97).integers(0, 5, (8, 2))
    return model, x, np.arange(8) % 2


def wide_and_deep():
    """Integers in a model that takes floats: a count is a number."""
    keras.utils.set_random_seed(98)
    wide, deep = keras.Input((3,)), keras.Input((4,))
    h = layers.Dense(5, activation="relu")(deep)
    model = keras.Model([wide, deep], layers.Dense(1)(layers.concatenate([wide, h])))
    model.compile("adam", "poisson")
    x = [np.random.default_rng(98).integers(0, 9, (8, 3)), noise(8, 4, seed=98)]
    return model, x, np.abs(noise(8, 1, seed=99))


def standardized_by_row():
    """A Lambda that scales each row by its own numbers, and none of its neighbours'."""
    keras.utils.set_random_seed(99)

    def by_row(x):
        mean = ops.mean(x, axis=1, keepdims=True)
        return (x - mean) / (ops.std(x, axis=1, keepdims=True) + 1e-6)

    model = keras.Sequential([keras.Input((6, 2)), layers.Lambda(by_row), layers.GRU(4)])
    model.add(layers.Dense(1))
    model.compile("adam", "mse")
    return model, noise(8, 6, 2, seed=100), noise(8, 1, seed=101)


class Nested(keras.Model):
    """Neither built nor compiled: models in a list in a model."""

    def __init__(self):
        super().__init__()
        self.members = [
            keras.Sequential([layers.Dense(5, activation="tanh"), layers.Dense(1)])
            for _ in range(3)
        ]

    def call(self, x):
        return ops.mean(ops.stack([member(x) for member in self.members]), axis=0)


def an_ensemble():
    keras.utils.set_random_seed(100)
    return Nested(), noise(8, 4, seed=102), noise(8, 1, seed=103)


def never_compiled():
    keras.utils.set_random_seed(101)
    model = keras.Sequential([layers.Dense(6, activation="relu"), layers.Dense(2)])
    return model, noise(8, 3, seed=104), None


def group_and_unit_norms():
    keras.utils.set_random_seed(102)
    inputs = keras.Input((5, 5, 4))
    h = layers.GroupNormalization(2)(layers.Conv2D(4, 3)(inputs))
    h = layers.UnitNormalization()(layers.Flatten()(h))
    model = keras.Model(inputs, layers.Dense(1, kernel_constraint="max_norm")(h))
    model.compile("nadam", "hinge")
    y = np.sign(noise(8, 1, seed=105))
    return model, noise(8, 5, 5, 4, seed=106), y


HEALTHY = (
    Specimen("augmented images", augmented_images, intent={"quiet": True}),
    Specimen("a residual block that starts as identity", residual_images, finding="zero gradient"),
    Specimen("a convolutional autoencoder", convolutional_autoencoder),
    Specimen("a denoising autoencoder", denoising_autoencoder),
    Specimen("a table brought to one size", normalized_table),
    Specimen("a table of several kinds", a_table_of_several_kinds),
    Specimen("towns as many-hot", one_hot_towns),
    Specimen("counts beside floats", wide_and_deep),
    Specimen("each row scaled by itself", standardized_by_row),
    Specimen("an ensemble, not built", an_ensemble),
    Specimen("never compiled", never_compiled),
    Specimen("norms within a row", group_and_unit_norms),
)
