"""How the judges of this lesson let Keras train."""

import warnings
from contextlib import contextmanager


@contextmanager
def eagerly(on=True):
    """Lets Keras run its steps line by line, which is fast for a handful of them; then undoes it.

    TensorFlow warns of it, which is no business of the learner's.
    """
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Even though the `tf.config")
        tf.config.run_functions_eagerly(on)
        try:
            yield
        finally:
            tf.config.run_functions_eagerly(before)
