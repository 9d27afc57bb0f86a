"""Noise that never acts, acts where it should not, or is always the same."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from tests.zoo.data import labels, numbers, tokens
from tests.zoo.specimen import all_in, found_by

NEVER, LOUD, FROZEN, RATE = "never acts in fit", "acts in predict", "frozen noise", "off its rate"


class Regression(keras.Model):
    """GRU, Dropout, Dense."""

    def __init__(self, rate=0.5):
        super().__init__()
        self.rnn, self.drop = layers.GRU(6), layers.Dropout(rate)
        self.head = layers.Dense(1)

    def call(self, x, training=None):
        return self.head(self.drop(self.rnn(x), training=training))


@found_by("noise", NEVER, "yusugomori/deeplearning-keras-tf2-torch#2")
def a_train_step_that_does_not_say_that_it_trains():
    class Own(Regression):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                loss = self.compute_loss(x, y, self(x))
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            return {"loss": loss}

    model = Own()
    model.compile("adam", "mse")
    return model, numbers(8, 4, 2), numbers(8, 1)


@found_by("noise", NEVER, "tensorflow/tensorflow#36936")
def a_call_without_the_argument_over_lists_of_layers():
    class Mlp(keras.Model):
        def __init__(self):
            super().__init__()
            self.mean = [layers.Dense(6, activation="relu"), layers.Dropout(0.4), layers.Dense(1)]

        def call(self, x):
            for layer in self.mean:
                x = layer(x)
            return x

    model = Mlp()
    model.compile("adam", "mse")
    return model, numbers(8, 5), numbers(8, 1)


@found_by("noise", NEVER, "google-research/vision_transformer#19")
def a_block_that_is_told_for_good_that_it_does_not_train():
    class Block(layers.Layer):
        def __init__(self):
            super().__init__()
            self.attend, self.drop = layers.MultiHeadAttention(1, 4), layers.Dropout(0.3)

        def call(self, x):
            return x + self.drop(self.attend(x, x), training=False)

    inputs = keras.Input((5, 4))
    x = layers.GlobalAveragePooling1D()(Block()(inputs))
    model = keras.Model(inputs, layers.Dense(3, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(8, 5, 4), labels(8, classes=3)


@found_by("noise", NEVER, "tensorflow/tensorflow#32113")
def a_flag_for_training_given_when_the_model_is_made():
    class Flagged(keras.Model):
        def __init__(self, is_training=False):
            super().__init__()
            self.is_training = is_training
            self.rnn, self.drop, self.head = layers.LSTM(6), layers.Dropout(0.5), layers.Dense(1)

        def call(self, x):
            x = self.rnn(x)
            if self.is_training:
                x = self.drop(x)
            return self.head(x)

    model = Flagged()
    model.compile("adam", "mse")
    return model, numbers(8, 4, 2), numbers(8, 1)


@found_by("noise", NEVER, "keras-team/keras#9561")
def an_own_dropout_that_drops_the_argument():
    """It drops whole words, as it should, and its `call` takes no `training`."""

    class WordDropout(layers.Dropout):
        def call(self, x):
            return super().call(x)

    model = keras.Sequential(
        [
            keras.Input((5,), dtype="int32"),
            layers.Embedding(7, 6),
            WordDropout(0.4, noise_shape=(None, None, 1)),
            layers.LSTM(4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model, tokens(8, 5), labels(8, 1)


@found_by("noise", NEVER, "ageron/handson-ml2#486")
def gaussian_noise_called_past_its_call():
    """`layer.call(x)` goes around Keras, which knows what `fit` is doing."""

    class Denoiser(keras.Model):
        def __init__(self):
            super().__init__()
            self.noise, self.rnn = layers.GaussianNoise(0.5), layers.GRU(5, return_sequences=True)
            self.head = layers.Dense(2)

        def call(self, x):
            return self.head(self.rnn(self.noise.call(x)))

    model = Denoiser()
    model.compile("adam", "mse")
    x = numbers(8, 5, 2)
    return model, x, x


@found_by("noise", RATE, "google-research/electra#61")
def what_is_kept_and_what_is_dropped_mixed_up():
    class Dropout(layers.Layer):
        def __init__(self, rate):
            super().__init__()
            self.rate = rate
            self.seed_generator = keras.random.SeedGenerator(3)

        def call(self, x, training=False):
            if not training:
                return x
            return keras.random.dropout(x, 1 - self.rate, seed=self.seed_generator)

    model = keras.Sequential(
        [keras.Input((6,)), layers.Dense(32, activation="tanh"), Dropout(0.1), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return model, numbers(32, 6), numbers(32, 1)


@found_by("noise", "fixed noise", "keras-team/keras#10392", asked=True)
def one_seed_so_that_both_branches_drop_the_same():
    """They do; and in every step of training, too."""

    class SameDropout(layers.Layer):
        def __init__(self, rate, seed):
            super().__init__()
            self.rate, self.seed = rate, seed

        def call(self, x, training=False):
            return keras.random.dropout(x, self.rate, seed=self.seed) if training else x

    left, right = keras.Input((4,)), keras.Input((4,))
    encode = keras.Sequential([layers.Dense(8, activation="tanh"), SameDropout(0.5, seed=42)])
    distance = layers.Subtract()([encode(left), encode(right)])
    model = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(distance))
    model.compile("adam", "binary_crossentropy")
    return model, [numbers(8, 4), numbers(8, 4, seed=1)], labels(8, 1)


@found_by("noise", FROZEN, "tensorflow/tensorflow#36715", in_graph=True)
def noise_by_numpy_that_is_drawn_when_the_graph_is_made():
    class Noisy(layers.Layer):
        def call(self, x, training=False):
            if not training:
                return x
            return x + np.random.normal(scale=0.3, size=x.shape[1:]).astype("float32")

    inputs = keras.Input((5, 3))
    x = layers.GRU(4)(Noisy()(inputs))
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 5, 3), numbers(8, 1)


@found_by("noise", LOUD, "keras-team/keras#9412", quiet=True)
def dropout_that_goes_on_in_predict():
    """Taken over from an article about uncertainty, where it is meant."""

    class AlwaysDrops(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.drop, self.head = layers.LSTM(6), layers.Dropout(0.3), layers.Dense(1)

        def call(self, x):
            return self.head(self.drop(self.rnn(x), training=True))

    model = AlwaysDrops()
    model.compile("adam", "mse")
    return model, numbers(8, 5, 2), numbers(8, 1)


@found_by("noise", "quiet in predict", "TiagoCortinhal/SalsaNext#40", quiet=False)
def monte_carlo_dropout_that_predict_switches_off():
    """Keras 3.15: within a functional model, training=False of predict wins over True."""
    inputs = keras.Input((5, 2))
    x = layers.LSTM(6)(inputs)
    x = layers.Dropout(0.3)(x, training=True)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 5, 2), numbers(8, 1)


@found_by("noise", (LOUD, "predict varies"), "keunwoochoi/kapre#35", quiet=True)
def own_noise_that_does_not_ask_whether_it_trains():
    class AdditiveNoise(layers.Layer):
        def __init__(self, power):
            super().__init__()
            self.power = power
            self.seed_generator = keras.random.SeedGenerator(5)

        def call(self, x):
            return x + self.power * keras.random.normal(ops.shape(x), seed=self.seed_generator)

    model = keras.Sequential(
        [keras.Input((5, 2)), AdditiveNoise(0.1), layers.LSTM(4), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return model, numbers(8, 5, 2), numbers(8, 1)


FAULTY = all_in(globals())
