import keras
from keras import ops


class Gates(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        batch, streams, _, features = shape
        self.W = self.add_weight((features, 4 * self.units), "glorot_uniform")
        self.U = self.add_weight((self.units, 4 * self.units), "orthogonal")
        self.b = self.add_weight((4 * self.units,), "zeros")
        self.hc = self.add_weight((2, batch, streams, self.units), "zeros", trainable=False)

    def call(self, x):
        h, c, outputs = self.hc[0], self.hc[1], []
        steps = x.shape[2] or 1
        for t in range(steps):
            i, f, g, o = ops.split(x[:, :, t] @ self.W + h @ self.U + self.b, 4, axis=-1)
            c = ops.sigmoid(f) * c + ops.sigmoid(i) * ops.tanh(g)
            h = ops.sigmoid(o) * ops.tanh(c)
            outputs.append(h)
        self.hc.assign(ops.stack([h, c]))
        return ops.stack(outputs, axis=2)

    def compute_output_shape(self, shape):
        return (*shape[:3], self.units)

    def reset_state(self):
        self.hc.assign(ops.zeros_like(self.hc))


def answer(batch, streams, timesteps, features, units):
    """An LSTM written out, with an axis for the streams."""
    model = keras.Sequential([Gates(units)])
    model.build((batch, streams, timesteps, features))
    return model
