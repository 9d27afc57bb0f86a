"""Axes mistaken for one another: batch, time and features."""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.data import labels, later, numbers, tokens
from tests.zoo.specimen import all_in, found_by

MIXED = "samples hear each other"


class TimeMajor(keras.Model):
    """A cell goes by hand over [timesteps, batch, features]; `turn` brings x there, or not."""

    def __init__(self, turn, units=4):
        super().__init__()
        self.turn, self.units = turn, units
        self.cell, self.head = layers.GRUCell(units), layers.Dense(1)

    def call(self, x):
        steps = self.turn(x)  # [timesteps, batch, features]
        state = ops.zeros((ops.shape(x)[0], self.units))
        for step in range(x.shape[1]):
            _, (state,) = self.cell(steps[step], [state])
        return self.head(state)


@found_by("axes", MIXED, "Jingkang50/OpenPSG#56")
def reshape_where_transpose_was_meant():
    """It gives the right shape and cuts the rows into other rows."""

    def to_time_major(x):
        return ops.reshape(x, (x.shape[1], -1, x.shape[2]))

    model = TimeMajor(to_time_major)
    model.compile("adam", "mse")
    return model, numbers(6, 5, 2), numbers(6, 1)


@found_by("axes", MIXED, "pytorch/pytorch#1538")
def a_time_major_batch_for_a_layer_that_takes_the_batch_first():
    """As a PyTorch habit brings it: turned for the LSTM, and turned back for the loss."""
    inputs = keras.Input((5, 2))
    x = layers.Lambda(lambda x: ops.transpose(x, (1, 0, 2)))(inputs)
    x = layers.LSTM(4, return_sequences=True)(x)
    x = layers.Lambda(lambda x: ops.transpose(x, (1, 0, 2)))(x)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(6, 5, 2), numbers(6, 5, 1)


@found_by("axes", MIXED, "keras-team/keras#9419")
def a_batch_made_into_one_long_sequence():
    """[batch, features] -> [1, batch, features], because the LSTM wants three axes."""
    inputs = keras.Input((5,))
    x = layers.Lambda(lambda x: ops.expand_dims(x, 0))(inputs)
    x = layers.LSTM(4, return_sequences=True)(x)
    x = layers.Lambda(lambda x: ops.squeeze(x, 0))(x)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 5), numbers(8, 1)


@found_by("axes", MIXED, "huseinzol05/Stock-Prediction-Models#76")
def the_last_sample_taken_for_the_last_step():
    """outputs[-1] of [batch, timesteps, units]; it runs because there are as many of both."""

    class Forecaster(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.LSTM(4, return_sequences=True), layers.Dense(1)

        def call(self, x):
            outputs = self.rnn(x)
            return self.head(outputs[-1])

    model = Forecaster()
    model.compile("adam", "mse")
    return model, numbers(6, 6, 2), numbers(6, 1)


@found_by("axes", MIXED, "PetrochukM/PyTorch-NLP#2")
def attention_weights_that_sum_to_one_over_the_batch():
    class Attention(layers.Layer):
        def __init__(self):
            super().__init__()
            self.score = layers.Dense(1)

        def call(self, x):  # [batch, timesteps, units]
            weights = ops.softmax(self.score(ops.tanh(x)), axis=0)
            return ops.sum(weights * x, axis=1)

    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            layers.GRU(4, return_sequences=True),
            Attention(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(8, 5, 2), labels(8, classes=3)


@found_by("axes", MIXED, "alireza-nasiri/SoundCLR#4")
def embeddings_made_unit_vectors_along_the_batch():
    inputs = keras.Input((4, 3))
    x = layers.LSTM(6)(inputs)
    x = layers.Lambda(lambda x: ops.normalize(x, axis=0))(x)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model, numbers(8, 4, 3), labels(8, classes=3)


@found_by("axes", MIXED, "lsdefine/attention-is-all-you-need-keras#36")
def heads_put_before_the_batch_and_masks_after_it():
    """Each head's rows get the masks of other rows: repeat gives 0, 0, 1, 1, not 0, 1, 0, 1."""

    class TwoHeads(layers.Layer):
        def __init__(self):
            super().__init__()
            self.project = layers.Dense(6)

        def call(self, x, real):  # [batch, timesteps, 4], [batch, timesteps]
            steps = x.shape[1]
            q = ops.reshape(self.project(x), (-1, steps, 2, 3))
            q = ops.reshape(ops.transpose(q, (2, 0, 1, 3)), (-1, steps, 3))  # [2·batch, …]
            scores = ops.matmul(q, ops.transpose(q, (0, 2, 1)))
            real = ops.repeat(real, 2, axis=0)[:, None]
            heads = ops.matmul(ops.softmax(ops.where(real, scores, -1e9)), q)
            heads = ops.transpose(ops.reshape(heads, (2, -1, steps, 3)), (1, 2, 0, 3))
            return ops.reshape(heads, (-1, steps, 6))

    inputs = keras.Input((5,), dtype="int32")
    x = layers.Embedding(7, 4)(inputs)
    x = TwoHeads()(x, ops.not_equal(inputs, 0))
    x = layers.GlobalAveragePooling1D()(x)
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy")
    x = tokens(6, 5)
    x[1::2, -2:] = 0
    return model, x, labels(6, 1)


@found_by("axes", MIXED, "ajhalthor/Transformer-Neural-Network#1")
def samples_folded_into_time_and_unfolded_in_another_order():
    """[batch, sensors, timesteps, 1] -> a row a sensor; on the way back, sensors come first."""
    sensors, steps = 3, 4
    inputs = keras.Input((sensors, steps, 1))
    x = layers.Lambda(lambda x: ops.reshape(x, (-1, steps, 1)))(inputs)
    x = layers.GRU(4)(x)  # [batch·sensors, 4]
    x = layers.Lambda(
        lambda x: ops.reshape(
            ops.transpose(ops.reshape(x, (sensors, -1, 4)), (1, 0, 2)), (-1, sensors * 4)
        )
    )(x)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(6, sensors, steps, 1), numbers(6, 1)


@found_by("axes", "one timestep", "titu1994/LSTM-FCN#4")
def a_series_laid_along_the_features():
    """[samples, 1, length]: the LSTM is a Dense layer with gates."""
    model = keras.Sequential(
        [keras.Input((1, 8)), layers.LSTM(4), layers.Dense(2, activation="softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, numbers(8, 1, 8), labels(8)


@found_by("axes", "one timestep", "Renovamen/Speech-Emotion-Recognition#49")
def features_of_a_clip_given_to_two_recurrent_layers_as_one_step():
    inputs = keras.Input((12,))
    x = layers.Dense(6, activation="relu")(inputs)
    x = layers.Reshape((1, 6))(x)
    x = layers.GRU(4, return_sequences=True)(x)
    x = layers.Bidirectional(layers.GRU(3))(x)
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(8, 12), labels(8, classes=3)


@found_by("axes", "answers are constant", "keras-team/keras#500")
def softmax_over_a_single_unit():
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            layers.LSTM(4),
            layers.Dense(1, activation="softmax"),
        ]
    )
    model.compile("adam", "mse")
    return model, numbers(8, 5, 2), labels(8, 1).astype("float32")


@found_by("axes", "answers are constant", "keras-team/keras#3687")
def relu_on_an_output_that_is_negative_everywhere():
    """What is left after some epochs: each answer is 0, and no gradient leads out of it."""
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            layers.LSTM(4, return_sequences=True),
            layers.Dense(1, activation="relu", bias_initializer=keras.initializers.Constant(-5)),
        ]
    )
    model.compile("sgd", "mse")
    return model, numbers(8, 5, 2), abs(numbers(8, 5, 1, seed=3))


@found_by("axes", "feature unheard", "aws-samples/amazon-sagemaker-immersion-day#63")
def a_column_cut_off_that_is_a_feature():
    """The first column is the target in the file, and a feature in the array."""

    class Forecaster(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.GRU(4), layers.Dense(1)

        def call(self, rows):
            return self.head(self.rnn(rows[..., 1:]))

    model = Forecaster()
    model.compile("adam", "mse")
    return model, numbers(8, 5, 3), numbers(8, 1)


@found_by("axes", "does not hear what is asked", "philipperemy/keras-tcn#1")
def a_receptive_field_shorter_than_the_lag():
    """Two causal layers of width 2 hear three steps; asked is what was five steps ago."""
    model = keras.Sequential(
        [
            keras.Input((8, 1)),
            layers.Conv1D(4, 2, padding="causal", activation="relu"),
            layers.Conv1D(4, 2, padding="causal", activation="relu"),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    x = numbers(8, 8, 1)
    return model, x, later(x, 5)


@found_by("axes", "does not hear what is asked", "keras-team/keras#278")
def a_dense_layer_for_each_step_asked_for_the_step_before():
    inputs = keras.Input((6, 2))
    x = layers.TimeDistributed(layers.Dense(8, activation="relu"))(inputs)
    model = keras.Model(inputs, layers.TimeDistributed(layers.Dense(2))(x))
    model.compile("rmsprop", "mse")
    x = numbers(8, 6, 2)
    return model, x, later(x, 1)


# What is computed of the batch while predicting


@found_by("axes", MIXED, "keras-team/keras#3078")
def batch_statistics_in_predict():
    """With training=True within a functional model, predict would override it: Keras 3.15."""

    class Normalised(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.norm = layers.LSTM(4), layers.BatchNormalization()
            self.head = layers.Dense(1)

        def call(self, x):
            return self.head(self.norm(self.rnn(x), training=True))

    model = Normalised()
    model.compile("adam", "mse")
    return model, numbers(8, 4, 3), numbers(8, 1)


@found_by("axes", MIXED, "keunwoochoi/kapre#16")
def an_own_normalisation_by_the_batch_in_hand():
    class Normalise(layers.Layer):
        def call(self, x):
            mean, variance = ops.moments(x, axes=[0, 1], keepdims=True)
            return (x - mean) / ops.sqrt(variance + 1e-3)

    model = keras.Sequential(
        [keras.Input((5, 3)), Normalise(), layers.GRU(4), layers.Dense(1, activation="sigmoid")]
    )
    model.compile("adam", "binary_crossentropy")
    return model, numbers(8, 5, 3), labels(8, 1)


@found_by("axes", MIXED, "tensorflow/similarity#237")
def a_norm_over_everything_because_no_axis_was_given():
    class Embedder(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.SimpleRNN(5), layers.Dense(4)

        def call(self, x):
            z = self.head(self.rnn(x))
            return z / ops.norm(z)

    model = Embedder()
    model.compile("sgd", "mse")
    return model, numbers(8, 4, 2), numbers(8, 4)


@found_by("axes", MIXED, "keras-team/keras#4290")
def inputs_scaled_by_the_largest_of_the_batch():
    """Predictions change with batch_size, and get better the larger it is."""
    model = keras.Sequential(
        [
            keras.Input((6, 1)),
            layers.Lambda(lambda x: (x - ops.min(x)) / (ops.max(x) - ops.min(x))),
            layers.LSTM(4),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mae")
    return model, 20 + 5 * numbers(8, 6, 1), numbers(8, 1)


@found_by("axes", MIXED, "keras-team/keras#270")
def a_running_mean_that_is_kept_and_not_used():
    """In training it is brought up to date; in predict the batch's own mean goes on."""

    class Centre(layers.Layer):
        def build(self, shape):
            self.mean = self.add_weight(shape=(shape[-1],), initializer="zeros", trainable=False)

        def call(self, x, training=False):
            mean = ops.mean(x, axis=0)
            if training:
                self.mean.assign(0.9 * self.mean + 0.1 * mean)
            return x - mean

    model = keras.Sequential(
        [keras.Input((5,)), layers.Dense(6, activation="tanh"), Centre(), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    x = numbers(8, 5)
    return model, x, np.sum(x, axis=1, keepdims=True)


FAULTY = all_in(globals())
