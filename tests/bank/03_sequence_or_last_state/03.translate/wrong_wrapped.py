# expect: no_weights
import keras
import tensorflow as tf


def answer(kernel, bias, W, b):
    """The raw model itself, in a Lambda."""

    def native(x):
        h = c = tf.zeros([tf.shape(x)[0], len(W)])
        for x_t in tf.unstack(x, axis=1):
            i, j, f, o = tf.split(tf.concat([x_t, h], axis=1) @ kernel + bias, 4, axis=1)
            c = tf.sigmoid(f + 1.0) * c + tf.sigmoid(i) * tf.tanh(j)
            h = tf.sigmoid(o) * tf.tanh(c)
        return h @ W + b

    layer = keras.layers.Lambda(native, output_shape=(len(b),))
    return keras.Sequential([keras.Input((len(b), 1)), layer])
