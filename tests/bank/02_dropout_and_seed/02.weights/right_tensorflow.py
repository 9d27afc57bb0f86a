import tensorflow as tf


def answer(a, b):
    """A truth value of TensorFlow's."""
    if [w.shape for w in a.weights] != [w.shape for w in b.weights]:
        return tf.constant(False)
    equal = [tf.reduce_all(tf.equal(v, w)) for v, w in zip(a.weights, b.weights)]
    return tf.reduce_all(tf.stack(equal))
