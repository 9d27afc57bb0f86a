import numpy as np
import tensorflow as tf


def answer(model, stream, i):
    """In TensorFlow's words."""
    flip = tf.one_hot(i, len(stream))
    before = tf.convert_to_tensor(model(tf.constant(stream)))
    after = tf.convert_to_tensor(model(tf.abs(stream - flip)))
    return tf.where(tf.reduce_any(before != after, axis=1))
