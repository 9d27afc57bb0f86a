"""The second published answer: a layer around one LSTM that hands it the state of each stream."""

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable("room_05")
class OwnStates(layers.Layer):
    """One LSTM without a state of its own, and a pair of variables h, c for each stream."""

    def __init__(self, units, **settings):
        super().__init__(**settings)
        self.lstm = layers.LSTM(units, return_sequences=True, return_state=True)

    def build(self, shape):  # [batch, streams, timesteps, features]
        batch, streams, _, features = shape
        self.lstm.build((batch, None, features))
        self.states = [self._state(batch, stream) for stream in range(streams)]

    def _state(self, batch, stream):
        shape = batch, self.lstm.units
        return [
            self.add_weight(shape, "zeros", trainable=False, name=f"{name}_{stream}")
            for name in ("h", "c")
        ]

    def call(self, x):
        streams = range(len(self.states))
        return ops.stack([self.answer(stream, x[:, stream]) for stream in streams], axis=1)

    def answer(self, stream, x):
        """Go on with one stream by itself: [batch, timesteps, features] -> [… units]."""
        y, *new = self.lstm(x, initial_state=self.states[stream])
        for variable, value in zip(self.states[stream], new, strict=True):
            variable.assign(value)
        return y

    def reset_state(self):
        for variable in keras.tree.flatten(self.states):
            variable.assign(ops.zeros_like(variable))

    def get_config(self):
        return {**super().get_config(), "units": self.lstm.units}
