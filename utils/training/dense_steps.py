"""The steps of the dense trainer as XLA compiles them: forward, backward, RMSprop, validation.

Weights here have the first kernel as [models, units, inputs], the others as in Keras.
"""

from functools import cache

from utils.training.many import compiling

RHO, EPSILON = 0.9, 1e-7  # of Keras' RMSprop, as its defaults


@cache
def compiled(drops):
    """The loop over steps, and the validation."""
    import tensorflow as tf

    @compiling
    def run(state, x, y, rows, counts, kept, scales, learning_rate, start, stop):
        def one(step, weights, squares, losses):
            taken, count = rows[step], counts[step]
            batch = tf.gather(x, taken), tf.gather(y, taken), count
            dropout = (kept[step], scales) if drops else None
            loss, gradients = _gradients(weights, *batch, dropout)
            squares = [RHO * s + (1 - RHO) * g**2 for s, g in zip(squares, gradients, strict=True)]
            weights = [
                w - learning_rate * g / tf.sqrt(s + EPSILON)
                for w, g, s in zip(weights, gradients, squares, strict=True)
            ]
            losses = tf.tensor_scatter_nd_update(losses, [[step]], [loss])
            return step + 1, weights, squares, losses

        half = len(state) // 2
        losses = tf.zeros(tf.shape(rows)[:2])
        _, weights, squares, losses = tf.while_loop(
            lambda step, *_: step < stop, one, (start, state[:half], state[half:], losses)
        )
        for variable, value in zip(state, [*weights, *squares], strict=True):
            variable.assign(value)  # in place: nothing is copied
        return losses

    @compiling
    def score(state, x, y, count):
        weights = [tf.convert_to_tensor(w) for w in state[: len(state) // 2]]
        outputs, _ = _forward(weights, x, None)
        there = tf.range(tf.shape(y)[0], dtype=tf.float32) < count
        return tf.reduce_sum(tf.where(there, (outputs - y) ** 2, 0.0), axis=1)

    return run, score


def _forward(weights, x, dropout):
    """Outputs [models, batch], and what the way back needs of each hidden layer.

    x: [models, batch, inputs], or [batch, inputs] for all. dropout: kept [models, batch, hidden]
    and scales [models], or None. The first layer works on [models, units, batch], the others on
    [models, batch, units]: XLA's products are the fastest so, on two cores and at these sizes.
    """
    import tensorflow as tf

    first, first_bias, *weights = weights
    column = first.shape[1]
    z = tf.matmul(first, x, transpose_b=True) + first_bias[..., tf.newaxis]
    h, on = _active(z, dropout and (_swapped(dropout[0][..., :column]), dropout[1]))
    passed = [(h, on)]
    h = _swapped(h)
    for kernel, bias in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        units = kernel.shape[2]
        z = h @ kernel + bias[:, tf.newaxis]
        h, on = _active(z, dropout and (dropout[0][..., column : column + units], dropout[1]))
        column += units
        passed.append((h, on))
    kernel, bias = weights[-2:]
    return tf.reduce_sum(h * _swapped(kernel), axis=2) + bias, passed


def _gradients(weights, x, y, count, dropout):
    """Losses [models] of the first `count` rows of the batch, and the gradients of the weights."""
    import tensorflow as tf

    outputs, passed = _forward(weights, x, dropout)
    there = tf.range(tf.shape(y)[1], dtype=tf.float32) < count
    errors = tf.where(there, outputs - y, 0.0)
    losses = tf.reduce_sum(errors**2, axis=1) / count
    d = (2 / count * errors)[..., tf.newaxis]  # [models, batch, 1]

    def back(d, on):
        d = tf.where(on, d, 0.0)
        return d * dropout[1][:, tf.newaxis, tf.newaxis] if dropout else d

    kernels, gradients = weights[0::2], []
    for layer in reversed(range(1, len(kernels))):  # d: by the layer's outputs before ReLU
        before, on = passed[layer - 1]
        gradients = [tf.matmul(before, d, transpose_a=layer > 1), tf.reduce_sum(d, 1), *gradients]
        if layer > 1:
            d = back(tf.matmul(d, kernels[layer], transpose_b=True), on)
        else:
            d = back(tf.matmul(kernels[layer], d, transpose_b=True), on)  # [models, units, batch]
    return losses, [tf.matmul(d, x), tf.reduce_sum(d, axis=2), *gradients]


def _active(z, dropout):
    """ReLU and Dropout: what comes out, and where it passes."""
    import tensorflow as tf

    on = z > 0
    if dropout:
        kept, scales = dropout
        on, z = on & kept, z * scales[:, tf.newaxis, tf.newaxis]
    return tf.where(on, z, 0.0), on


def _swapped(array):
    import tensorflow as tf

    return tf.transpose(array, [0, 2, 1])
