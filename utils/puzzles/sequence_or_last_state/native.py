"""(b) The question's raw TensorFlow model: an LSTM written out, and a matrix for its last output.

TensorFlow 1 called the cell BasicLSTMCell. Its gates stand in the order input, cell, forget,
output, and it adds 1 to the forget gate.
"""

import numpy as np


def native(x, kernel, bias, W, b):
    """x: [N, timesteps, 1] -> [N, timesteps], a tensor.

    kernel: [1 + units, 4 · units], the rows for x first. bias: [4 · units].
    W: [units, timesteps]. b: [timesteps].
    """
    import tensorflow as tf

    units = kernel.shape[1] // 4
    h = c = tf.zeros([tf.shape(x)[0], units])  # [N, units]
    for x_t in tf.unstack(tf.convert_to_tensor(x), axis=1):  # [N, 1]
        gates = tf.concat([x_t, h], axis=1) @ kernel + bias  # [N, 4 · units]
        i, j, f, o = tf.split(gates, 4, axis=1)  # [N, units] each
        c = tf.sigmoid(f + 1.0) * c + tf.sigmoid(i) * tf.tanh(j)
        h = tf.sigmoid(o) * tf.tanh(c)
    return h @ W + b  # [N, timesteps], of the last h


def native_weights(seed, timesteps, units):
    """First weights as the repository draws them: a dict of kernel, bias, W and b, float32.

    Kernel glorot_uniform and bias zero, which are the cell's defaults; W and b standard normal.
    """
    rng = np.random.default_rng([seed, 1])  # apart from data that is drawn from the same seed
    limit = np.sqrt(6 / (1 + units + 4 * units))
    weights = {
        "kernel": rng.uniform(-limit, limit, (1 + units, 4 * units)),
        "bias": np.zeros(4 * units),
        "W": rng.normal(size=(units, timesteps)),
        "b": rng.normal(size=timesteps),
    }
    return {name: array.astype(np.float32) for name, array in weights.items()}


def train_native(weights, x, y, batch, learning_rate):
    """Train from these weights on one batch after the other, with Adam.

    x: [steps · batch, timesteps, 1]. y: [steps · batch, timesteps].
    Returns the losses [steps], each before its update, and the trained weights, a dict as before.
    """
    import keras
    import tensorflow as tf

    variables = {name: tf.Variable(array) for name, array in weights.items()}
    listed = list(variables.values())
    adam = keras.optimizers.Adam(learning_rate)
    adam.build(listed)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            squares = tf.math.squared_difference(native(x, **variables), y)  # [batch, timesteps]
            loss = tf.reduce_mean(tf.reduce_sum(squares, axis=1))
        adam.apply(tape.gradient(loss, listed), listed)
        return loss

    starts = range(0, len(x) - batch + 1, batch)
    losses = [step(x[k : k + batch], y[k : k + batch]) for k in starts]
    return np.array(losses), {name: variable.numpy() for name, variable in variables.items()}
