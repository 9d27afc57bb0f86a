"""Masks that get lost on the way, and padding that counts."""

import keras
import tensorflow as tf
from keras import layers, ops

from tests.zoo.data import labels, numbers, padded, tokens
from tests.zoo.specimen import all_in, found_by

LOST, COUNTS = "mask lost", "padding counts in the loss"


@found_by("masks", LOST, "keras-team/keras#15194")
def a_reshape_between_the_embedding_and_the_lstm():
    """Words of two tokens each: the mask does not get through the Reshape."""
    inputs = keras.Input((6,), dtype="int32")
    x = layers.Embedding(7, 3, mask_zero=True)(inputs)
    x = layers.Reshape((6, 3))(x)
    x = layers.LSTM(4)(x)
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy")
    return model, padded(tokens(8, 6)), labels(8, 1)


@found_by("masks", LOST, "ageron/handson-ml2#369")
def the_mean_of_the_embeddings_with_the_padding_in_it():
    model = keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            layers.Embedding(7, 4, mask_zero=True),
            layers.Lambda(lambda x: ops.mean(x, axis=1)),
            layers.Dense(6, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model, padded(tokens(8, 6)), labels(8, 1)


@found_by("masks", LOST, "keras-team/keras-hub#138")
def an_embedding_of_tokens_and_places_that_hands_on_no_mask():
    class TokenAndPlace(layers.Layer):
        def __init__(self, steps, vocabulary, units):
            super().__init__()
            self.steps = steps
            self.tokens = layers.Embedding(vocabulary, units, mask_zero=True)
            self.places = layers.Embedding(steps, units)

        def call(self, x):
            return self.tokens(x) + self.places(ops.arange(self.steps))

    inputs = keras.Input((6,), dtype="int32")
    x = TokenAndPlace(6, 7, 4)(inputs)
    x = layers.GRU(4)(x)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, padded(tokens(8, 6)), labels(8, classes=3)


@found_by("masks", LOST, "tensorflow/tensorflow#49262")
def a_convolution_between_the_masking_and_the_lstm():
    model = keras.Sequential(
        [
            keras.Input((6, 2)),
            layers.Masking(),
            layers.Conv1D(4, 3, padding="same", activation="relu"),
            layers.LSTM(4),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, padded(numbers(8, 6, 2)), numbers(8, 1)


@found_by("masks", LOST, "keras-team/keras#10895")
def embeddings_flattened_with_the_padding():
    inputs = keras.Input((5,), dtype="int32")
    x = layers.Embedding(7, 3, mask_zero=True)(inputs)
    x = layers.Flatten()(x)
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("rmsprop", "binary_crossentropy")
    return model, padded(tokens(8, 5)), labels(8, 1)


@found_by("masks", LOST, "keras-team/keras#2612")
def an_own_attention_that_attends_to_the_padding():
    class Attend(layers.Layer):
        def __init__(self):
            super().__init__()
            self.supports_masking = True  # so that nobody warns
            self.score = layers.Dense(1)

        def call(self, x):
            return ops.sum(ops.softmax(self.score(x), axis=1) * x, axis=1)

        def compute_mask(self, x, mask=None):
            return None

    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.embed = layers.Embedding(7, 4, mask_zero=True)
            self.attend, self.head = Attend(), layers.Dense(2, activation="softmax")

        def call(self, x):
            return self.head(self.attend(self.embed(x)))

    model = Classifier()
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, padded(tokens(8, 6)), labels(8)


@found_by("masks", LOST, "keras-team/keras#16248")
def an_encoder_whose_attention_gets_a_sum_without_its_mask():
    """`+` hands on no mask; layers.Add would."""
    inputs = keras.Input((6,), dtype="int32")
    x = layers.Embedding(7, 4, mask_zero=True)(inputs)
    x = x + 0.1 * ops.reshape(ops.arange(24, dtype="float32"), (1, 6, 4))
    x = layers.LayerNormalization()(x + layers.MultiHeadAttention(2, 2)(x, x))
    x = layers.GlobalAveragePooling1D()(x)
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy")
    return model, padded(tokens(8, 6)), labels(8, 1)


@found_by("masks", LOST, "CyberZHG/keras-bert#34")
def an_average_over_real_steps_divided_by_all():
    """What is padded counts as zeros, so that longer padding makes the mean smaller."""

    class MaskedMean(layers.Layer):
        def __init__(self):
            super().__init__()
            self.supports_masking = True

        def call(self, x, mask=None):
            return ops.mean(x * ops.cast(mask, x.dtype)[..., None], axis=1)

        def compute_mask(self, x, mask=None):
            return None

    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(7, 4, mask_zero=True),
            MaskedMean(),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, padded(tokens(8, 6)), numbers(8, 1)


# Padding in the loss


class Tagger(keras.Sequential):
    """A tag for each real step; in the padding stand targets of zero."""

    def __init__(self, *top):
        super().__init__(
            [
                keras.Input((6, 2)),
                layers.Masking(),
                layers.LSTM(4, return_sequences=True),
                layers.Dense(1),
                *top,
            ]
        )


def tags():
    """Batches of rows that are padded with 0, x and y alike."""
    x = padded(numbers(8, 6, 2))
    return x, padded(numbers(8, 6, 1, seed=1))


@found_by("masks", COUNTS, "keras-team/keras#8342")
def a_loss_of_ones_own_that_takes_the_mean_over_everything():
    """Keras masks what a loss gives for each step; this one gives a single number."""
    model = Tagger()
    model.compile("adam", lambda y, p: ops.mean(ops.square(y - p)))
    return model, *tags()


@found_by("masks", COUNTS, "tensorflow/tensorflow#39146")
def a_last_layer_that_drops_the_mask_before_the_loss():
    model = Tagger(layers.Lambda(lambda x: 2.0 * x))
    model.compile("adam", "mse")
    return model, *tags()


@found_by("masks", COUNTS, "keras-team/keras#4594")
def a_train_step_of_ones_own_that_forgets_the_mask():
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.embed = layers.Embedding(7, 4, mask_zero=True)
            self.rnn = layers.GRU(4, return_sequences=True)
            self.head = layers.Dense(3, activation="softmax")
            self.losses_of_epoch = keras.metrics.Mean("loss")

        def call(self, x):
            return self.head(self.rnn(self.embed(x)))

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                p = self(x, training=True)
                each = keras.losses.sparse_categorical_crossentropy(y, p)
                loss = tf.reduce_mean(each)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            self.losses_of_epoch.update_state(loss)
            return {"loss": self.losses_of_epoch.result()}

        @property
        def metrics(self):
            return [self.losses_of_epoch]

    model = Own()
    model.compile("adam")
    return model, padded(tokens(8, 6)), padded(labels(8, 6, classes=3))


@found_by("masks", "padding not masked", "keras-team/keras#361", asked=True)
def padding_at_the_end_and_nobody_told():
    model = keras.Sequential(
        [keras.Input((6, 2)), layers.LSTM(4), layers.Dense(2, activation="softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, padded(numbers(8, 6, 2)), labels(8)


FAULTY = all_in(globals())
