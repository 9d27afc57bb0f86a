"""Variables that no gradient reaches, or another than that of the loss."""

import keras
import tensorflow as tf
from keras import layers, ops

from tests.zoo.data import labels, numbers, tokens
from tests.zoo.specimen import all_in, found_by

NONE, STILL = "no gradient", "weights do not move"
WRONG, BROKEN = "gradient is not the loss's", "gradient is not finite"


@found_by("gradients", NONE, "keras-team/keras#11157")
def an_argmax_between_encoder_and_decoder():
    inputs = keras.Input((5,), dtype="int32")
    x = layers.Embedding(7, 4)(inputs)
    x = layers.GRU(4, return_sequences=True)(x)
    x = layers.Dense(7, activation="softmax")(x)
    x = layers.Lambda(lambda x: ops.argmax(x, axis=-1))(x)
    x = layers.Embedding(7, 4)(x)
    x = layers.GRU(4, return_sequences=True)(x)
    model = keras.Model(inputs, layers.Dense(7, activation="softmax")(x))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, tokens(6, 5), tokens(6, 5)


@found_by("gradients", NONE, "keras-team/keras#15716")
def numbers_rounded_up_within_the_network():
    model = keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(6),
            layers.PReLU(),
            layers.Lambda(tf.math.ceil),
            layers.Dense(1),
        ]
    )
    model.compile("sgd", "mse")
    return model, 3 * numbers(8, 5), numbers(8, 1)


class Halves(keras.Model):
    """An encoder, a decoder, and a train_step that shows the loss."""

    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = layers.Dense(4, activation="tanh"), layers.Dense(4)
        self.seen = keras.metrics.Mean("loss")

    def call(self, x):
        return self.decoder(self.encoder(x))

    def shown(self, loss):
        self.seen.update_state(loss)
        return {"loss": self.seen.result()}

    @property
    def metrics(self):
        return [self.seen]


@found_by("gradients", NONE, "tensorflow/tensorflow#31919")
def a_tensor_that_went_through_numpy():
    class Detour(Halves):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                hidden = self.encoder(x).numpy()
                loss = tf.reduce_mean((self.decoder(hidden) - y) ** 2)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
            return self.shown(loss)

    model = Detour()
    model.compile("adam", run_eagerly=True)
    return model, numbers(8, 4), numbers(8, 4)


@found_by("gradients", (STILL, NONE), "soumik12345/tf2_gans#14")
def a_train_step_that_trains_the_decoder_only():
    class Forgetful(Halves):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((self(x, training=True) - y) ** 2)
            variables = self.decoder.trainable_variables
            gradients = tape.gradient(loss, variables)
            self.optimizer.apply_gradients(zip(gradients, variables, strict=True))
            return self.shown(loss)

    model = Forgetful()
    model.compile("adam")
    return model, numbers(8, 4), numbers(8, 4)


@found_by("gradients", NONE, "tensorflow/tensorflow#38607")
def a_weight_of_a_wrapper_that_the_answer_does_not_use():
    """The rate is to be learnt; the Dropout within was made with its first value."""

    class Learnt(layers.Wrapper):
        def build(self, shape):
            super().build(shape)
            self.logit = self.add_weight(shape=(), initializer="zeros", name="logit")
            self.drop = layers.Dropout(0.5)

        def call(self, x, training=False):
            return self.layer(self.drop(x, training=training))

    model = keras.Sequential([keras.Input((5,)), Learnt(layers.Dense(6)), layers.Dense(1)])
    model.compile("adam", "mse")
    return model, numbers(8, 5), numbers(8, 1)


@found_by("gradients", NONE, "tensorflow/tensorflow#882")
def a_decoder_whose_embedding_is_cut_off():
    """Each step reads the token that the step before chose; the gradient is stopped there."""

    class Decoder(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder, self.cell = layers.Dense(4), layers.GRUCell(4)
            self.embed, self.head = layers.Embedding(5, 3), layers.Dense(5, activation="softmax")

        def call(self, x):
            state, token = self.encoder(x), ops.zeros_like(x[:, 0], dtype="int32")
            answers = []
            for _ in range(3):
                read = ops.stop_gradient(self.embed(token))
                _, (state,) = self.cell(read, [state])
                answers.append(self.head(state))
                token = ops.argmax(answers[-1], axis=-1)
            return ops.stack(answers, axis=1)

    model = Decoder()
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(6, 4), labels(6, 3, classes=5)


# Gradients that are not the loss's, or none at all


@found_by("gradients", WRONG, "tensorflow/tensorflow#34549")
def a_layer_that_hands_the_gradient_on_as_if_it_did_nothing():
    @tf.custom_gradient
    def squash(x):
        return x / (1 + tf.abs(x)), lambda upstream: upstream

    model = keras.Sequential(
        [keras.Input((4,)), layers.Dense(6), layers.Lambda(squash), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return model, 2 * numbers(8, 4), numbers(8, 1)


@found_by("gradients", WRONG, "tensorflow/tensorflow#41927")
def a_derivative_that_forgets_what_comes_from_above():
    @tf.custom_gradient
    def swish(x):
        gate = tf.sigmoid(x)
        return x * gate, lambda upstream: gate + x * gate * (1 - gate)

    class Swish(layers.Layer):
        def call(self, x):
            return swish(x)

    model = keras.Sequential(
        [keras.Input((4, 2)), layers.GRU(4), layers.Dense(5), Swish(), layers.Dense(2)]
    )
    model.compile("adam", "mse")
    return model, numbers(8, 4, 2), numbers(8, 2)


@found_by("gradients", WRONG, "soumik12345/tf2_gans#15")
def gradients_zipped_with_variables_in_another_order():
    """Both kernels are [4, 4], so that nothing complains."""

    class Swapped(Halves):
        def train_step(self, data):
            x, y = data
            encoder, decoder = self.encoder.trainable_variables, self.decoder.trainable_variables
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((self(x, training=True) - y) ** 2)
            gradients = tape.gradient(loss, encoder + decoder)
            self.optimizer.apply_gradients(zip(gradients, decoder + encoder, strict=True))
            return self.shown(loss)

    model = Swapped()
    model.compile("sgd")
    return model, numbers(8, 4), numbers(8, 4)


@found_by("gradients", BROKEN, "tensorflow/tensorflow#30199")
def the_root_of_a_distance_that_is_zero():
    """Two equal inputs: the loss is finite, the slope of the root is not."""
    left, right = keras.Input((4,)), keras.Input((4,))
    encode = layers.Dense(3)
    square = layers.Lambda(lambda d: ops.sum(ops.square(d), axis=-1, keepdims=True))(
        layers.Subtract()([encode(left), encode(right)])
    )
    model = keras.Model([left, right], layers.Lambda(ops.sqrt)(square))
    model.compile("adam", "mse")
    pairs = [numbers(8, 4), numbers(8, 4, seed=1)]
    pairs[1][2] = pairs[0][2]
    return model, pairs, labels(8, 1).astype("float32")


@found_by("gradients", BROKEN, "tensorflow/tensorflow#20091")
def a_division_by_zero_behind_a_where():
    """What `where` does not choose has a gradient as well: 0 divided by 0."""

    class MeanOfSteps(layers.Layer):
        def __init__(self):
            super().__init__()
            self.project = layers.Dense(4)

        def call(self, x):
            real = ops.cast(ops.any(ops.not_equal(x, 0), axis=-1, keepdims=True), "float32")
            count = ops.sum(real, axis=1)
            total = ops.sum(real * self.project(x), axis=1)
            return ops.where(count > 0, total / count, 0.0)

    model = keras.Sequential([keras.Input((5, 2)), MeanOfSteps(), layers.Dense(1)])
    model.compile("adam", "mse")
    x = numbers(8, 5, 2)
    x[3] = 0  # a row of padding only
    return model, x, numbers(8, 1)


@found_by("gradients", STILL, "philipperemy/keras-tcn#164")
def a_train_step_that_computes_and_does_not_apply():
    class Idle(Halves):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((self(x, training=True) - y) ** 2)
            gradients = tape.gradient(loss, self.trainable_variables)
            for variable, gradient in zip(self.trainable_variables, gradients, strict=True):
                variable = variable - 0.01 * gradient  # a new tensor of that name
            return self.shown(loss)

    model = Idle()
    model.compile("adam")
    return model, numbers(8, 4), numbers(8, 4)


@found_by("gradients", "zero gradient", "keras-team/keras#2067", asked=True)
def a_softmax_over_one_score_for_each_step():
    """Each step's weight is 1, whatever its score: the layer that scores learns nothing."""
    inputs = keras.Input((5, 3))
    x = layers.GRU(4, return_sequences=True)(inputs)
    score = layers.Dense(1)(x)
    weights = layers.Activation("softmax")(score)
    x = layers.Lambda(lambda x: ops.sum(x, axis=1))(layers.Multiply()([x, weights]))
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 5, 3), numbers(8, 1)


FAULTY = all_in(globals())
