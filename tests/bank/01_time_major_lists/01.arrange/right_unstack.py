import tensorflow as tf


def answer(stream, labels, batch, timesteps):
    """Unstacked along axis 1, in TensorFlow."""
    inputs = tf.unstack(tf.reshape(stream, (batch, timesteps, 1)), axis=1)
    targets = tf.unstack(tf.reshape(labels, (batch, timesteps)), axis=1)
    return inputs, targets
