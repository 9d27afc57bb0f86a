"""Healthy models that carry, hand on or learn their states."""

import keras
import numpy as np
from keras import layers, ops

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


class Stateful(keras.Model):
    """A stream cut into chunks; reset at the end of each epoch by its callback."""

    def __init__(self):
        super().__init__()
        self.memory = layers.LSTM(5, stateful=True, return_sequences=True)
        self.head = layers.Dense(1)

    def call(self, x):
        return self.head(self.memory(x))


class ResetStates(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        for layer in self.model.layers:
            if getattr(layer, "stateful", False):
                layer.reset_state()


def stateful_and_reset():
    keras.utils.set_random_seed(7)
    model = Stateful()
    model.compile("adam", "mse")
    stream = noise(6, 16, 2, seed=7)
    x = np.concatenate([stream[:, :8], stream[:, 8:]])
    y = x.cumsum(axis=1)[..., :1]
    model.fit(x, y, batch_size=6, shuffle=False, callbacks=[ResetStates()], verbose=0)
    model.memory.reset_state()
    return model, x[:6], y[:6]


def stateful_step_by_step():
    """One step in a call: the state carries what the sequence of length 1 does not."""
    keras.utils.set_random_seed(8)
    model = keras.Sequential(
        [
            keras.Input(batch_shape=(6, 1, 3)),
            layers.GRU(5, stateful=True),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "mse")
    return model, noise(6, 1, 3, seed=8), noise(6, 1, seed=9)


def states_returned_and_handed_on():
    """The states go in and come out, so that the caller carries them from chunk to chunk."""
    keras.utils.set_random_seed(9)
    x, h, c = keras.Input((5, 2)), keras.Input((4,)), keras.Input((4,))
    out, new_h, new_c = layers.LSTM(4, return_sequences=True, return_state=True)(
        x, initial_state=[h, c]
    )
    model = keras.Model([x, h, c], [layers.Dense(1)(out), new_h, new_c])
    model.compile("adam", loss=["mse", None, None])
    data = [noise(8, 5, 2, seed=9), noise(8, 4, seed=10), noise(8, 4, seed=11)]
    return model, data, noise(8, 5, 1, seed=12)


class ChunkByChunk(keras.Model):
    """Reads a long sequence in two halves, from the state that the first half left."""

    def __init__(self):
        super().__init__()
        self.rnn = layers.GRU(5, return_sequences=True, return_state=True)
        self.out = layers.Dense(1)

    def call(self, x):
        first, state = self.rnn(x[:, :4])
        second, _ = self.rnn(x[:, 4:], initial_state=state)
        return self.out(ops.concatenate([first, second], axis=1))


def halves_from_one_state():
    keras.utils.set_random_seed(10)
    model = ChunkByChunk()
    model.compile("adam", "mse")
    x = noise(8, 8, 2, seed=10)
    return model, x, x.cumsum(axis=1)[..., :1]


def seq2seq_with_teacher_forcing():
    keras.utils.set_random_seed(11)
    rng = np.random.default_rng(11)
    source, target_in = keras.Input((5,), dtype="int32"), keras.Input((4,), dtype="int32")
    _, h, c = layers.LSTM(5, return_state=True)(layers.Embedding(9, 4)(source))
    decoded = layers.LSTM(5, return_sequences=True)(
        layers.Embedding(9, 4)(target_in), initial_state=[h, c]
    )
    model = keras.Model([source, target_in], layers.Dense(9, activation="softmax")(decoded))
    model.compile("adam", "sparse_categorical_crossentropy")
    words = rng.integers(2, 9, (8, 5))
    target = words[:, ::-1][:, :4]
    shifted = np.concatenate([np.ones((8, 1), int), target[:, :-1]], axis=1)
    return model, [words, shifted], target


class MinimalCell(keras.layers.Layer):
    """The cell of Keras' own documentation."""

    def __init__(self, units, **how):
        super().__init__(**how)
        self.units = self.state_size = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")
        self.recurrent = self.add_weight(shape=(self.units, self.units), name="recurrent")

    def call(self, x, states):
        h = ops.matmul(x, self.kernel)
        output = ops.tanh(h + ops.matmul(states[0], self.recurrent))
        return output, [output]


def own_cell():
    keras.utils.set_random_seed(12)
    model = keras.Sequential(
        [layers.RNN([MinimalCell(5), MinimalCell(4)], return_sequences=True), layers.Dense(1)]
    )
    model.compile("rmsprop", "mse")
    x = noise(8, 6, 2, seed=12)
    return model, x, x[..., :1] ** 2


def conv_lstm():
    keras.utils.set_random_seed(13)
    model = keras.Sequential(
        [
            keras.Input((4, 5, 5, 1)),
            layers.ConvLSTM2D(3, 3, padding="same", return_sequences=True),
            layers.Conv3D(1, (1, 3, 3), padding="same"),
        ]
    )
    model.compile("adam", "mse")
    x = noise(6, 5, 5, 5, 1, seed=13)
    return model, x[:, :-1], x[:, 1:]


def learned_start():
    """The first state is a parameter, the same for every row."""

    class LearnedStart(keras.Model):
        def __init__(self):
            super().__init__()
            self.rnn = layers.GRU(4, return_sequences=True)
            self.start = self.add_weight(shape=(1, 4), initializer="zeros", name="start")
            self.head = layers.Dense(1)

        def call(self, x):
            start = ops.tile(self.start, (ops.shape(x)[0], 1))
            return self.head(self.rnn(x, initial_state=start))

    keras.utils.set_random_seed(21)
    model = LearnedStart()
    model.compile("adam", "mse")
    x = noise(7, 6, 2, seed=21)
    return model, x, x[..., :1]


HEALTHY = (
    Specimen("stateful, reset by a callback", stateful_and_reset),
    Specimen("stateful, step by step", stateful_step_by_step),
    Specimen("states returned and handed on", states_returned_and_handed_on),
    Specimen("halves of a sequence from one state", halves_from_one_state, intent={"causal": True}),
    Specimen("seq2seq with teacher forcing", seq2seq_with_teacher_forcing),
    Specimen("two cells of one's own", own_cell),
    Specimen("ConvLSTM on the next frame", conv_lstm, intent={"causal": True}),
    Specimen("a first state that is learned", learned_start),
)
