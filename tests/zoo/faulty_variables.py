"""Variables that fit does not know, units that stay alike, and weights shared by accident."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from tests.zoo.data import labels, later, numbers
from tests.zoo.specimen import all_in, found_by

UNKNOWN, TWINS, AGAIN = "untracked variable", "units are twins", "one layer, called again"


@found_by("gradients", UNKNOWN, "tensorflow/tensorflow#38211")
def factors_in_a_list_of_tf_variables():
    class Factors(layers.Layer):
        def __init__(self, steps):
            super().__init__()
            self.factors = [tf.Variable(tf.fill((4,), 1.0 + step)) for step in range(steps)]

        def call(self, x):
            for factor in self.factors:
                x = ops.tanh(x * factor)
            return x

    model = keras.Sequential([keras.Input((4,)), Factors(2), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model, numbers(8, 4), numbers(8, 1)


@found_by("gradients", UNKNOWN, "tensorflow/tensorflow#39358")
def layers_in_an_object_that_keras_does_not_look_into():
    class Encoder:
        def __init__(self):
            self.rnn, self.out = layers.GRU(4), layers.Dense(4)

        def encode(self, x):
            return self.out(self.rnn(x))

    class Predictor(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder, self.head = Encoder(), layers.Dense(1)

        def call(self, x):
            return self.head(self.encoder.encode(x))

    model = Predictor()
    model.compile("adam", "mse")
    return model, numbers(8, 4, 2), numbers(8, 1)


@found_by("gradients", UNKNOWN, "tensorflow/tensorflow#26792")
def a_variable_that_only_a_lambda_knows():
    scale = keras.Variable(np.full((1, 3), 0.5, "float32"), name="scale")
    inputs = keras.Input((5, 3))
    x = layers.Lambda(lambda x: x * scale)(inputs)
    model = keras.Model(inputs, layers.Dense(1)(layers.LSTM(4)(x)))
    model.compile("adam", "mse")
    return model, numbers(8, 5, 3), numbers(8, 1)


# Units that stay alike


@found_by("gradients", TWINS, "keras-team/keras#16539")
def weights_set_by_hand_to_one_number():
    model = keras.Sequential(
        [
            keras.Input((5,)),
            layers.Dense(6, activation="tanh"),
            layers.Dense(3, activation="softmax"),
        ]
    )
    first, second = model.layers
    first.set_weights([np.full((5, 6), 0.75), np.full(6, 0.25)])
    second.set_weights([np.full((6, 3), 0.75), np.full(3, 0.25)])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(8, 5), labels(8, classes=3)


@found_by("gradients", TWINS, "tensorflow/tensorflow#13935")
def a_recurrent_layer_that_begins_with_zeros():
    model = keras.Sequential(
        [
            keras.Input((4, 2)),
            layers.SimpleRNN(
                5, kernel_initializer="zeros", recurrent_initializer="zeros", name="rnn"
            ),
            layers.Dense(1, kernel_initializer="ones"),
        ]
    )
    model.compile("sgd", "mse")
    return model, numbers(8, 4, 2), numbers(8, 1)


@found_by("gradients", TWINS, "soumith/net2net.torch#3")
def a_wider_network_with_copies_and_no_noise():
    """Three units became six: what goes out of each is halved, so that the answer is the same."""
    narrow = keras.Sequential([keras.Input((4,)), layers.Dense(3, "tanh"), layers.Dense(1)])
    wide = keras.Sequential([keras.Input((4,)), layers.Dense(6, "tanh"), layers.Dense(1)])
    (w, b), (v, c) = (layer.get_weights() for layer in narrow.layers)
    wide.layers[0].set_weights([np.tile(w, 2), np.tile(b, 2)])
    wide.layers[1].set_weights([np.tile(v, (2, 1)) / 2, c])
    wide.compile("adam", "mse")
    return wide, numbers(8, 4), numbers(8, 1)


# Shared by accident: what only the owner can tell


@found_by("gradients", "same start", "keras-team/keras-hub#352", asked=True)
def one_initializer_for_all_layers():
    start = keras.initializers.GlorotUniform(seed=1)
    inputs = keras.Input((4,))
    x = layers.Dense(4, activation="relu", kernel_initializer=start)(inputs)
    x = layers.Dense(4, activation="relu", kernel_initializer=start)(x)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 4), numbers(8, 1)


@found_by("gradients", AGAIN, "macanv/BERT-BiLSTM-CRF-NER#252", asked=True)
def a_list_that_repeats_one_layer():
    class Deep(keras.Model):
        def __init__(self, depth=3):
            super().__init__()
            self.embed = layers.Dense(4)
            self.stack = [layers.LSTM(4, return_sequences=True)] * depth
            self.head = layers.Dense(1)

        def call(self, x):
            x = self.embed(x)
            for layer in self.stack:
                x = layer(x)
            return self.head(x)

    model = Deep()
    model.compile("adam", "mse")
    x = numbers(6, 5, 2)
    return model, x, later(x[..., :1], 1)


@found_by("gradients", AGAIN, "spiglerg/RNN_Text_Generation_Tensorflow#5", asked=True)
def three_blocks_of_which_there_is_one():
    """As a builder with a number of blocks does it that makes its block before the loop."""
    inputs = keras.Input((6, 4))
    block = keras.Sequential([layers.Conv1D(4, 3, padding="causal"), layers.ReLU()])
    x = inputs
    for _ in range(3):
        x = layers.Add()([x, block(x)])
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 6, 4), numbers(8, 6, 1)


@found_by("gradients", AGAIN, "suriyadeepan/practical_seq2seq#61", asked=True)
def a_cell_that_is_copied_for_each_layer_of_a_stack():
    inputs = keras.Input((5, 4))
    x = layers.RNN([layers.GRUCell(4)] * 2)(inputs)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(8, 5, 4), numbers(8, 1)


FAULTY = all_in(globals())
