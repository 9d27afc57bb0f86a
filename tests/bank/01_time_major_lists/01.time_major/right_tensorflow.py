import tensorflow as tf


def answer(model, x):
    """Tensors all the way."""
    outputs = model(tf.transpose(x, [1, 0, 2]))
    return tf.transpose(outputs, [1, 0, 2])
