import keras
from keras import layers, ops


class OwnStates(layers.Layer):
    def __init__(self, batch, streams, units):
        super().__init__()
        self.lstm = layers.LSTM(units, return_sequences=True, return_state=True)
        self.kept = [
            [self.add_weight((batch, units), "zeros", trainable=False) for _ in "hc"]
            for _ in range(streams)
        ]

    def build(self, shape):
        self.lstm.build((shape[0], None, shape[3]))

    def call(self, x):
        outputs = []
        for k, kept in enumerate(self.kept):
            y, h, c = self.lstm(x[:, k], initial_state=kept)
            kept[0].assign(h)
            kept[1].assign(c)
            outputs.append(y)
        return ops.stack(outputs, axis=1)

    def reset_state(self):
        for kept in self.kept:
            for one in kept:
                one.assign(ops.zeros_like(one))


def answer(batch, streams, timesteps, features, units):
    """The second published repair."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    return keras.Model(x, OwnStates(batch, streams, units)(x))
