"""Targets that do not fit the answers, and are stretched without a word."""

import keras
import tensorflow as tf
from keras import layers, ops

from tests.zoo.data import labels, numbers
from tests.zoo.specimen import all_in, found_by

BROAD, UNPAIRED = "silently broadcast", "targets are not paired"
ONE_TARGET, ONE_ANSWER = "every step gets one target", "one answer for every step"


class MeanSquare(keras.losses.Loss):
    """As one writes it. A function given to `compile` would have its shapes brought together."""

    def call(self, y, p):
        return ops.mean(ops.square(y - p))


@found_by("shapes", BROAD, "tensorflow/tensorflow#28901")
def a_train_step_with_targets_of_one_axis():
    """[16] - [16, 1] is [16, 16]: each answer is drawn to the mean of all targets."""

    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden, self.head = layers.Dense(6, activation="relu"), layers.Dense(1)
            self.seen = keras.metrics.Mean("loss")

        def call(self, x):
            return self.head(self.hidden(x))

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            self.seen.update_state(loss)
            return {"loss": self.seen.result()}

        @property
        def metrics(self):
            return [self.seen]

    model = Own()
    model.compile("adam")
    return model, numbers(16, 3), numbers(16)


@found_by("shapes", BROAD, "tensorflow/tensorflow#37770")
def a_mean_square_of_ones_own():
    model = keras.Sequential([keras.Input((5, 2)), layers.LSTM(4), layers.Dense(1)])
    model.compile("adam", MeanSquare())
    return model, numbers(8, 5, 2), numbers(8)


@found_by("shapes", BROAD, "tensorflow/tensorflow#30040")
def a_loss_class_with_a_crossentropy_of_ones_own():
    class Weighted(keras.losses.Loss):
        """Errors on the rare class count four times."""

        def call(self, y, p):
            p = ops.clip(p, 1e-6, 1 - 1e-6)
            return -(4 * y * ops.log(p) + (1 - y) * ops.log(1 - p))

    inputs = keras.Input((4,))
    x = layers.Dense(6, activation="tanh")(inputs)
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", Weighted())
    return model, numbers(8, 4), labels(8).astype("float32")


@found_by("shapes", BROAD, "RLinf/RLinf#1568")
def values_of_one_axis_against_returns_of_two():
    class Critic(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.GRU(4), layers.Dense(1)

        def call(self, x):
            return ops.squeeze(self.head(self.rnn(x)), -1)

        def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
            return 0.5 * ops.mean((y - y_pred) ** 2)

    model = Critic()
    model.compile("adam")
    return model, numbers(8, 6, 3), numbers(8, 1)


@found_by("shapes", BROAD, "PacktPublishing/Deep-Reinforcement-Learning-Hands-On#33")
def the_second_of_two_heads():
    """The policy's loss is Keras' own and fits; the critic's is not, and does not."""
    inputs = keras.Input((4,))
    x = layers.Dense(6, activation="tanh")(inputs)
    policy = layers.Dense(3, activation="softmax", name="policy")(x)
    value = layers.Dense(1, name="value")(x)
    model = keras.Model(inputs, {"policy": policy, "value": value})
    model.compile("adam", {"policy": "sparse_categorical_crossentropy", "value": MeanSquare()})
    return model, numbers(8, 4), {"policy": labels(8, classes=3), "value": numbers(8)}


@found_by("shapes", (BROAD, UNPAIRED), "BY571/QR-DQN#1")
def quantiles_subtracted_along_a_wrong_axis():
    """[8, 1, 1] - [8, 3] is [8, 8, 3]; the shapes at the door look right."""

    def pinball(y, p):
        error = ops.expand_dims(y, 1) - p
        levels = ops.convert_to_tensor([0.1, 0.5, 0.9])
        return ops.mean(ops.maximum(levels * error, (levels - 1) * error))

    model = keras.Sequential([keras.Input((5, 1)), layers.GRU(4), layers.Dense(3)])
    model.compile("adam", pinball)
    return model, numbers(8, 5, 1), numbers(8, 1)


@found_by("shapes", BROAD, "thu-ml/tianshou#159")
def a_convolution_that_ends_in_a_single_step():
    """[8, 1, 1] against [8, 1], in a loss of one's own."""

    class Huber(keras.losses.Loss):
        def call(self, y, p):
            error = ops.abs(y - p)
            return ops.where(error < 1, 0.5 * error**2, error - 0.5)

    model = keras.Sequential(
        [
            keras.Input((6, 2)),
            layers.Conv1D(4, 3, activation="relu"),
            layers.Conv1D(1, 4),
        ]
    )
    model.compile("adam", Huber())
    return model, numbers(8, 6, 2), numbers(8, 1)


@found_by("shapes", BROAD, "elixir-nx/axon#662")
def numbers_of_classes_against_probabilities():
    """The class 2 is compared with each of three probabilities."""
    model = keras.Sequential(
        [keras.Input((5, 2)), layers.LSTM(4), layers.Dense(3, activation="softmax")]
    )
    model.compile("adam", "mse")
    return model, numbers(8, 5, 2), labels(8, 1, classes=3)


@found_by("shapes", (BROAD, UNPAIRED), "google-deepmind/acme#277")
def log_probabilities_times_advantages():
    """[8] times [8, 1] within the loss: each action is paid for by all."""

    def policy_gradient(y, p):
        action, advantage = ops.cast(y[:, 0], "int32"), y[:, 1:]
        chosen = ops.sum(ops.one_hot(action, 3) * ops.log(p), axis=-1)
        return -ops.mean(chosen * advantage)

    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(6, activation="tanh"),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile("adam", policy_gradient)
    y = numbers(8, 2)
    y[:, 0] = labels(8, classes=3)
    return model, numbers(8, 4), y


# A sequence against a single answer


@found_by("shapes", (ONE_TARGET, BROAD), "keras-team/keras#2571")
def the_last_layer_left_with_return_sequences():
    """Keras takes the last axis away and stretches the target over all steps."""
    model = keras.Sequential(
        [
            keras.Input((6, 2)),
            layers.LSTM(4, return_sequences=True),
            layers.LSTM(4, return_sequences=True),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, numbers(8, 6, 2), numbers(8, 1)


@found_by("shapes", ONE_TARGET, "andrewgcodes/xlstm#4", asked=True)
def a_loop_over_sequences_with_one_target_each():
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.GRU(4, return_sequences=True), layers.Dense(1)
            self.seen = keras.metrics.Mean("loss")

        def call(self, x):
            return self.head(self.rnn(x))

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                answers = self(x, training=True)[..., 0]  # [batch, timesteps]
                loss = tf.reduce_mean(tf.abs(answers - y))
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            self.seen.update_state(loss)
            return {"loss": self.seen.result()}

        @property
        def metrics(self):
            return [self.seen]

    model = Own()
    model.compile("adam")
    return model, numbers(8, 5, 2), numbers(8, 1)


@found_by("shapes", (ONE_ANSWER, BROAD), "keras-team/keras#14630")
def one_number_for_all_the_days_to_come():
    model = keras.Sequential(
        [
            keras.Input((6, 1)),
            layers.LSTM(4, return_sequences=True),
            layers.Dropout(0.5),
            layers.LSTM(4),
            layers.Dense(1),
        ]
    )
    model.compile("rmsprop", "mse")
    return model, numbers(8, 6, 1), numbers(8, 5, 1)


@found_by("shapes", (ONE_ANSWER, BROAD), "huseinzol05/Stock-Prediction-Models#1")
def the_last_state_against_a_whole_sequence():
    class Forecaster(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = layers.SimpleRNN(4), layers.Dense(1)

        def call(self, x):
            return self.head(self.rnn(x))

    model = Forecaster()
    model.compile("adam", "mae")
    x = numbers(8, 5, 1)
    return model, x, x[..., 0]


FAULTY = all_in(globals())
