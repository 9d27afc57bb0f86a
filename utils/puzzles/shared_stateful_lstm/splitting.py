"""The first published answer: a cell that splits its input, and keeps a state for each stream."""

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable("room_05")
class SplitCell(layers.LSTMCell):
    """An LSTM cell for several streams: the streams lie side by side in its input and its state."""

    def __init__(self, units, streams, **settings):
        super().__init__(units, **settings)
        self.streams = streams
        self.state_size = [units] * 2 * streams  # h, c of each stream
        self.output_size = units * streams

    def build(self, shape):  # [batch, streams · features]
        super().build((shape[0], shape[1] // self.streams))

    def call(self, x, states, training=False):
        outputs, new_states = [], []
        for stream, x_of_stream in enumerate(ops.split(x, self.streams, axis=1)):
            state = states[2 * stream : 2 * stream + 2]  # h, c
            y, state = super().call(x_of_stream, state, training=training)
            outputs.append(y)  # [batch, units]
            new_states += state
        return ops.concatenate(outputs, axis=1), new_states  # [batch, streams · units]

    def get_config(self):
        return {**super().get_config(), "streams": self.streams}
