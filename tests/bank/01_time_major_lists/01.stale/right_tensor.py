import tensorflow as tf


def answer(batch, timesteps):
    """A tensor."""
    return tf.range(batch)[: batch if batch > 1 else 0] * timesteps
