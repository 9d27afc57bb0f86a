"""Time heard from the wrong side: branches that run backwards, and a future that was to be hidden.

That a model is meant to be causal is declared, or seen from its targets: they are in its input.
"""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.data import labels, numbers, tokens
from tests.zoo.specimen import all_in, found_by

BACKWARDS, FUTURE = "runs backwards", "hears the future"


@found_by("axes", BACKWARDS, "keras-team/keras#1431")
def two_branches_joined_and_one_of_them_not_turned_round():
    inputs = keras.Input((6, 2))
    forward = layers.LSTM(4, return_sequences=True)(inputs)
    backward = layers.LSTM(4, return_sequences=True, go_backwards=True)(inputs)
    x = layers.Concatenate()([forward, backward])
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(8, 6, 2), labels(8, 6, classes=3)


@found_by("axes", BACKWARDS, "keras-team/keras#1674")
def a_tagger_that_reads_from_the_end_and_answers_in_that_order():
    """The labels would have to be reversed too; nobody says so."""
    model = keras.Sequential(
        [
            keras.Input((6,), dtype="int32"),
            layers.Embedding(7, 4),
            layers.GRU(5, return_sequences=True, go_backwards=True),
            layers.TimeDistributed(layers.Dense(3, activation="softmax")),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, tokens(8, 6), labels(8, 6, classes=3)


@found_by("axes", BACKWARDS, "keras-team/keras#3281")
def an_own_bidirectional_layer_that_turns_only_its_input():
    class BothWays(layers.Layer):
        def __init__(self, units):
            super().__init__()
            self.there = layers.SimpleRNN(units, return_sequences=True)
            self.back = layers.SimpleRNN(units, return_sequences=True)

        def call(self, x):
            return self.there(x) + self.back(ops.flip(x, axis=1))

    model = keras.Sequential([keras.Input((7, 2)), BothWays(4), layers.Dense(1)])
    model.compile("adam", "mse")
    return model, numbers(8, 7, 2), numbers(8, 7, 1)


@found_by("axes", BACKWARDS, "keras-team/keras#1703")
def a_stack_whose_first_layer_goes_backwards():
    class Stack(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = layers.GRU(4, return_sequences=True, go_backwards=True)
            self.second = layers.GRU(4, return_sequences=True)
            self.head = layers.Dense(2)

        def call(self, x):
            return self.head(self.second(self.first(x)))

    model = Stack()
    model.compile("rmsprop", "mse")
    return model, numbers(8, 5, 3), numbers(8, 5, 2)


@found_by("axes", BACKWARDS, "keras-team/keras#3448")
def windows_joined_with_a_backward_branch():
    """A convolution hears the neighbours; the branch beside it hears the other end."""
    inputs = keras.Input((8, 2))
    near = layers.Conv1D(4, 3, padding="same", activation="relu")(inputs)
    far = layers.LSTM(4, return_sequences=True, go_backwards=True)(inputs)
    model = keras.Model(inputs, layers.Dense(1)(layers.Concatenate()([near, far])))
    model.compile("adam", "mse")
    return model, numbers(8, 8, 2), numbers(8, 8, 1)


@found_by("axes", FUTURE, "peustr/wavenet#1", causal=True)
def a_wavenet_padded_on_both_sides():
    inputs = keras.Input((8, 1))
    x = layers.Conv1D(4, 2, padding="causal")(inputs)
    for dilation in (1, 2):
        gate = layers.Conv1D(4, 3, dilation_rate=dilation, padding="same", activation="sigmoid")(x)
        news = layers.Conv1D(4, 3, dilation_rate=dilation, padding="same", activation="tanh")(x)
        x = layers.Add()([x, layers.Multiply()([gate, news])])
    model = keras.Model(inputs, layers.Dense(4, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(6, 8, 1), labels(6, 8, classes=4)


@found_by("axes", FUTURE, "maxim5/time-series-machine-learning#12")
def a_convolution_asked_for_the_next_value_that_it_has_in_its_window():
    model = keras.Sequential(
        [
            keras.Input((7, 1)),
            layers.Conv1D(6, 3, padding="same", activation="relu"),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    series = numbers(8, 8, 1)
    return model, series[:, :-1], series[:, 1:]


@found_by("axes", FUTURE, "sherjilozair/char-rnn-tensorflow#64")
def a_bidirectional_language_model():
    """Its perplexity is splendid: the next character stands in its input."""
    model = keras.Sequential(
        [
            keras.Input((7,), dtype="int32"),
            layers.Embedding(7, 4),
            layers.Bidirectional(layers.GRU(4, return_sequences=True)),
            layers.Dense(7, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    text = tokens(8, 8)
    return model, text[:, :-1], text[:, 1:]


class Decoder(keras.Model):
    """One block of a transformer's decoder, with a mask of [timesteps, timesteps]."""

    def __init__(self, mask):
        super().__init__()
        self.mask, self.embed = mask, layers.Embedding(7, 4)
        self.attend, self.norm = layers.MultiHeadAttention(2, 2), layers.LayerNormalization()
        self.head = layers.Dense(7, activation="softmax")

    def call(self, x):
        x = self.embed(x)
        heard = self.attend(x, x, attention_mask=self.mask(x.shape[1]))
        return self.head(self.norm(x + heard))


@found_by("axes", FUTURE, "alex-matton/causal-transformer-decoder#1")
def a_decoder_without_a_mask():
    model = Decoder(lambda steps: None)
    model.compile("adam", "sparse_categorical_crossentropy")
    text = tokens(8, 7)
    return model, text[:, :-1], text[:, 1:]


@found_by("axes", FUTURE, "tensorflow/text#894", causal=True)
def a_mask_that_says_what_not_to_attend_to():
    """From a tutorial whose own layer reads it so; Keras' layer reads it the other way."""
    model = Decoder(lambda steps: 1 - np.tri(steps))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, tokens(8, 6), labels(8, 6, classes=7)


@found_by("axes", FUTURE, "jadore801120/attention-is-all-you-need-pytorch#19", causal=True)
def an_own_attention_with_the_other_triangle():
    class Attention(layers.Layer):
        def __init__(self, units):
            super().__init__()
            self.q, self.k, self.v = (layers.Dense(units) for _ in range(3))

        def call(self, x):
            scores = ops.matmul(self.q(x), ops.transpose(self.k(x), (0, 2, 1)))
            hidden = ops.tril(ops.ones_like(scores), k=-1)  # triu(k=1) was meant
            return ops.matmul(ops.softmax(scores - 1e9 * hidden), self.v(x))

    inputs = keras.Input((6, 3))
    model = keras.Model(inputs, layers.Dense(1)(layers.Add()([inputs, Attention(3)(inputs)])))
    model.compile("adam", "mse")
    return model, numbers(8, 6, 3), numbers(8, 6, 1)


@found_by("axes", FUTURE, "anicolson/DeepXi#18", causal=True)
def a_causal_network_normalised_over_the_whole_sequence():
    inputs = keras.Input((6, 3))
    x = layers.Conv1D(4, 3, padding="causal")(inputs)
    x = layers.LayerNormalization(axis=(1, 2))(x)
    x = layers.ReLU()(x)
    model = keras.Model(inputs, layers.Conv1D(1, 2, padding="causal")(x))
    model.compile("adam", "mse")
    return model, numbers(8, 6, 3), numbers(8, 6, 1)


@found_by("axes", FUTURE, "exercise-book-yq/Supercodec#4", causal=True)
def a_causal_block_beside_a_summary_of_everything():
    """Squeeze and excite: the mean over time tells each step how it goes on."""
    inputs = keras.Input((6, 3))
    x = layers.MultiHeadAttention(1, 3)(inputs, inputs, use_causal_mask=True)
    gate = layers.Dense(3, activation="sigmoid")(layers.GlobalAveragePooling1D()(x))
    x = layers.Multiply()([x, layers.Reshape((1, 3))(gate)])
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 6, 3), numbers(8, 6, 1)


FAULTY = all_in(globals())
