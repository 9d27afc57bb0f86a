import keras


class BasicLSTMCell(keras.layers.Layer):
    """The cell of former days, for keras.layers.RNN."""

    def __init__(self, kernel, bias):
        super().__init__()
        self.units = len(bias) // 4
        self.state_size = [self.units, self.units]
        self.kernel = self.add_weight(shape=kernel.shape)
        self.kernel.assign(kernel)
        self.bias = self.add_weight(shape=bias.shape)
        self.bias.assign(bias)
        self.built = True

    def call(self, x, states):
        h, c = states
        gates = keras.ops.concatenate([x, h], axis=1) @ self.kernel + self.bias
        i, j, f, o = keras.ops.split(gates, 4, axis=1)
        c = keras.ops.sigmoid(f + 1.0) * c + keras.ops.sigmoid(i) * keras.ops.tanh(j)
        h = keras.ops.sigmoid(o) * keras.ops.tanh(c)
        return h, [h, c]


def answer(kernel, bias, W, b):
    """keras.layers.RNN over a cell of our own."""
    dense = keras.layers.Dense(len(b))
    cell = BasicLSTMCell(kernel, bias)
    model = keras.Sequential([keras.Input((len(b), 1)), keras.layers.RNN(cell), dense])
    dense.set_weights([W, b])
    return model
