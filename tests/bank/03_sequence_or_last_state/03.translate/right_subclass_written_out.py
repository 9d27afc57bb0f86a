import keras


class Native(keras.Model):
    """The raw model's own lines, with its arrays as weights."""

    def __init__(self, arrays):
        super().__init__()
        for name, array in arrays.items():
            setattr(self, name, self.add_weight(shape=array.shape, name=name))
            getattr(self, name).assign(array)

    def call(self, x):
        ops = keras.ops
        h = c = ops.zeros((ops.shape(x)[0], self.kernel.shape[1] // 4))
        for t in range(x.shape[1]):
            gates = ops.matmul(ops.concatenate([x[:, t], h], axis=1), self.kernel) + self.offset
            i, j, f, o = ops.split(gates, 4, axis=1)
            c = ops.sigmoid(f + 1) * c + ops.sigmoid(i) * ops.tanh(j)
            h = ops.sigmoid(o) * ops.tanh(c)
        return ops.matmul(h, self.head) + self.head_offset


def answer(kernel, bias, W, b):
    """A subclass that keeps the raw model's layout."""
    return Native({"kernel": kernel, "offset": bias, "head": W, "head_offset": b})
