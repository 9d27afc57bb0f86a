# expect: not_a_model
import tensorflow as tf


def answer(kernel, bias, W, b):
    """A function for a model."""

    def native(x):
        h = c = tf.zeros([len(x), len(W)])
        for x_t in tf.unstack(x, axis=1):
            i, j, f, o = tf.split(tf.concat([x_t, h], axis=1) @ kernel + bias, 4, axis=1)
            c = tf.sigmoid(f + 1.0) * c + tf.sigmoid(i) * tf.tanh(j)
            h = tf.sigmoid(o) * tf.tanh(c)
        return h @ W + b

    return native
