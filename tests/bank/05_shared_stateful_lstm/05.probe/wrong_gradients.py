# expect: missed
import numpy as np
import tensorflow as tf

from utils.puzzles import shared_stateful_lstm as puzzle


def answer(model, x):
    """Asks the gradient, which does not follow a state from call to call."""
    heard = []
    for i in range(x.shape[1]):
        puzzle.reset(model)
        first = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(first)
            total = tf.reduce_sum(model(first)[:, i]) + tf.reduce_sum(model(x)[:, i])
        slope = tape.gradient(total, first)
        heard.append(np.abs(slope).max(axis=(0, 2, 3)) > 0)
    puzzle.reset(model)
    return np.array(heard).T
