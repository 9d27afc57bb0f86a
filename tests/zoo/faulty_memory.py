"""States that are not carried, not reset, carried into the wrong stream, or cut differently."""

import keras
from keras import layers, ops

from tests.zoo.data import labels, numbers
from tests.zoo.specimen import all_in, found_by

LEAK, LOST, KEPT = "streams leak", "state not carried", "not reset"
NO_RESET, SPLIT = "state without a reset", "split differs"


@found_by("memory", LEAK, "keras-team/keras#2168")
def one_stateful_layer_for_good_and_bad_answers():
    """The weights are to be shared; the state is, too."""
    good, bad = (keras.Input(batch_shape=(6, 4, 2), name=name) for name in ("good", "bad"))
    rnn = layers.LSTM(4, stateful=True)
    score = layers.Dense(1)
    model = keras.Model([good, bad], layers.Subtract()([score(rnn(good)), score(rnn(bad))]))
    model.compile("adam", "mse")
    return model, [numbers(6, 4, 2), numbers(6, 4, 2, seed=1)], numbers(6, 1)


@found_by("memory", LEAK, "keras-team/keras#6939")
def three_sensors_read_one_after_the_other_by_one_stateful_encoder():
    class Sensors(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder = keras.Sequential([layers.Dense(3), layers.GRU(4, stateful=True)])
            self.head = layers.Dense(1)

        def call(self, x):  # [batch, timesteps, sensors]
            heard = [self.encoder(x[..., i : i + 1]) for i in range(3)]
            return self.head(ops.concatenate(heard, axis=-1))

    model = Sensors()
    model.compile("adam", "mse")
    return model, numbers(6, 4, 3), numbers(6, 1)


@found_by("memory", LOST, "tensorflow/tensorflow#32299")
def a_stateful_layer_that_is_given_zeros_to_begin_with_each_time():
    inputs = keras.Input(batch_shape=(6, 4, 2))
    zeros = layers.Lambda(lambda x: ops.zeros((6, 4)))(inputs)
    x = layers.GRU(4, stateful=True, return_sequences=True)(inputs, initial_state=zeros)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(6, 4, 2), numbers(6, 4, 1)


@found_by("memory", LOST, "garretthoffman/lstm-oreilly#1")
def a_state_that_is_stored_and_never_read():
    class Memory(layers.Layer):
        stateful = True

        def __init__(self, units):
            super().__init__()
            self.units, self.cell = units, layers.SimpleRNNCell(units)

        def build(self, shape):
            self.cell.build((shape[0], shape[2]))
            self.last = self.add_weight(
                shape=(shape[0], self.units), initializer="zeros", trainable=False
            )

        def call(self, x):
            state = ops.zeros_like(self.last)
            for step in range(x.shape[1]):
                _, (state,) = self.cell(x[:, step], [state])
            self.last.assign(state)
            return state

        def reset_state(self):
            self.last.assign(ops.zeros_like(self.last))

    inputs = keras.Input(batch_shape=(6, 3, 2))
    model = keras.Model(inputs, layers.Dense(1)(Memory(4)(inputs)))
    model.compile("adam", "mse")
    return model, numbers(6, 3, 2), numbers(6, 1)


@found_by("memory", KEPT, "tensorflow/tensorflow#34055")
def an_own_wrapper_for_both_directions_that_resets_one():
    class BothWays(layers.Layer):
        def __init__(self, units):
            super().__init__()
            self.there = layers.GRU(units, stateful=True)
            self.back = layers.GRU(units, stateful=True, go_backwards=True)

        def call(self, x):
            return ops.concatenate([self.there(x), self.back(x)], axis=-1)

        def reset_state(self):
            self.there.reset_state()

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn, self.head = BothWays(3), layers.Dense(1)

        def call(self, x):
            return self.head(self.rnn(x))

        def reset_state(self):
            self.rnn.reset_state()

    model = Model()
    model.compile("adam", "mse")
    return model, numbers(6, 4, 2), numbers(6, 1)


@found_by("memory", KEPT, "keras-team/keras#17440")
def a_reset_that_goes_over_the_outermost_layers_only():
    class Reader(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = layers.LSTM(4, stateful=True, return_sequences=True)
            self.top = keras.Sequential([layers.LSTM(3, stateful=True), layers.Dense(1)])

        def call(self, x):
            return self.top(self.first(x))

        def reset_state(self):
            for layer in self.layers:
                if hasattr(layer, "reset_state"):
                    layer.reset_state()

    model = Reader()
    model.compile("adam", "mse")
    return model, numbers(6, 4, 2), numbers(6, 1)


@found_by("memory", KEPT, "mlpack/mlpack#2772")
def a_cell_with_two_states_of_which_one_is_reset():
    class Leaky(layers.Layer):
        """A slow state beside a quick one."""

        stateful = True

        def __init__(self, units):
            super().__init__()
            self.units, self.mix = units, layers.Dense(units, activation="tanh")

        def build(self, shape):
            self.mix.build((shape[0], shape[2] + self.units))
            self.quick, self.slow = (
                self.add_weight(shape=(shape[0], self.units), initializer="zeros", trainable=False)
                for _ in range(2)
            )

        def call(self, x):
            quick, slow = ops.convert_to_tensor(self.quick), ops.convert_to_tensor(self.slow)
            for step in range(x.shape[1]):
                quick = self.mix(ops.concatenate([x[:, step], quick + slow], axis=-1))
                slow = 0.9 * slow + 0.1 * quick
            self.quick.assign(quick)
            self.slow.assign(slow)
            return quick + slow

        def reset_state(self):
            self.quick.assign(ops.zeros_like(self.quick))

    inputs = keras.Input(batch_shape=(6, 3, 2))
    model = keras.Model(inputs, layers.Dense(1)(Leaky(4)(inputs)))
    model.compile("adam", "mse")
    return model, numbers(6, 3, 2), numbers(6, 1)


@found_by("memory", NO_RESET, "loliverhennigh/Convolutional-LSTM-in-Tensorflow#3")
def a_hidden_state_that_is_kept_for_the_next_batch_of_others():
    class Recogniser(keras.Model):
        def __init__(self, rows=6, units=4):
            super().__init__()
            self.cell, self.head = layers.GRUCell(units), layers.Dense(3, activation="softmax")
            self.hidden = self.add_weight(
                shape=(rows, units), initializer="zeros", trainable=False, name="hidden"
            )

        def call(self, x):
            hidden = ops.convert_to_tensor(self.hidden)
            for step in range(x.shape[1]):
                _, (hidden,) = self.cell(x[:, step], [hidden])
            self.hidden.assign(hidden)
            return self.head(hidden)

    model = Recogniser()
    model.compile("adam", "sparse_categorical_crossentropy")
    return model, numbers(6, 4, 2), labels(6, classes=3)


@found_by("memory", NO_RESET, "mf1024/Batch-Renormalization-PyTorch#1")
def running_averages_that_go_on_in_predict():
    class Normalise(layers.Layer):
        def build(self, shape):
            self.mean = self.add_weight(shape=(shape[-1],), initializer="zeros", trainable=False)
            self.var = self.add_weight(shape=(shape[-1],), initializer="ones", trainable=False)

        def call(self, x):
            answer = (x - self.mean) / ops.sqrt(self.var + 1e-3)
            mean, var = ops.moments(x, axes=[0, 1])
            self.mean.assign(0.9 * self.mean + 0.1 * mean)
            self.var.assign(0.9 * self.var + 0.1 * var)
            return answer

    model = keras.Sequential(
        [keras.Input((4, 3)), Normalise(), layers.LSTM(4), layers.Dense(1, activation="sigmoid")]
    )
    model.compile("adam", "binary_crossentropy")
    return model, 3 + 2 * numbers(8, 4, 3), labels(8, 1)


@found_by("memory", SPLIT, "paxcema/KerasGRU4Rec#1")
def a_state_that_is_stored_one_step_late():
    """The next chunk goes on from the state before the last step."""

    class Memory(layers.Layer):
        stateful = True

        def __init__(self, units):
            super().__init__()
            self.units, self.cell = units, layers.GRUCell(units)

        def build(self, shape):
            self.cell.build((shape[0], shape[2]))
            self.last = self.add_weight(
                shape=(shape[0], self.units), initializer="zeros", trainable=False
            )

        def call(self, x):
            states = [ops.convert_to_tensor(self.last)]
            for step in range(x.shape[1]):
                states.append(self.cell(x[:, step], [states[-1]])[0])
            self.last.assign(states[-2])
            return ops.stack(states[1:], axis=1)

        def reset_state(self):
            self.last.assign(ops.zeros_like(self.last))

    class Reader(keras.Model):
        def __init__(self):
            super().__init__()
            self.memory, self.head = Memory(4), layers.Dense(1)

        def call(self, x):
            return self.head(self.memory(x))

    model = Reader()
    model.compile("adam", "mse")
    return model, numbers(6, 6, 2), numbers(6, 6, 1)


@found_by("memory", SPLIT, "keras-team/keras#4421", asked=True)
def a_stateful_layer_in_both_directions():
    """What comes from the end of a chunk can't know of the chunk after it."""
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(6, None, 2)),
            layers.Bidirectional(layers.LSTM(3, stateful=True, return_sequences=True)),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, numbers(6, 6, 2), numbers(6, 6, 1)


@found_by("memory", SPLIT, "keras-team/keras#10231", asked=True)
def a_stateful_layer_that_is_told_the_place_in_the_chunk():
    """A clock goes in as a feature, and starts again with each chunk."""
    inputs = keras.Input(batch_shape=(6, None, 2))
    x = layers.Lambda(
        lambda x: ops.concatenate([x, 0.1 * ops.cumsum(ops.ones_like(x[..., :1]), axis=1)], axis=-1)
    )(inputs)
    x = layers.GRU(4, stateful=True, return_sequences=True)(x)
    model = keras.Model(inputs, layers.Dense(1)(x))
    model.compile("adam", "mse")
    return model, numbers(6, 6, 2), numbers(6, 6, 1)


@found_by("memory", SPLIT, "philipperemy/keras-tcn#33", asked=True)
def a_stateful_layer_behind_a_convolution_that_pads_each_chunk():
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(6, None, 2)),
            layers.Conv1D(4, 3, padding="causal", activation="relu"),
            layers.LSTM(4, stateful=True, return_sequences=True),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, numbers(6, 8, 2), numbers(6, 8, 1)


FAULTY = all_in(globals())
