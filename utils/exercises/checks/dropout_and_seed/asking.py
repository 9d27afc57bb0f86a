"""Asks an answer about Keras models, which are shared instead of copied."""

import warnings
from contextlib import contextmanager

from utils.exercises.calling import call, yes_or_no
from utils.exercises.exercise import NotYet

__all__ = ["ask", "eagerly", "shared", "yes_or_no"]


def ask(answer, *args, given):
    """`call(answer, *args)`; `given` completes the message's "When {given}, your answer …".

    Raises what `call` raises; arrays are copied and compared, models are handed over themselves.
    """
    try:
        return call(answer, *args)
    except NotYet as stop:
        if "given" in stop.verdict.facts:
            raise NotYet(stop.verdict.message, **stop.verdict.facts | {"given": given}) from None
        raise


def shared(model):
    """The model, marked so that a deep copy of it is itself: copying Keras models takes long."""
    model.__deepcopy__ = lambda memo: model
    return model


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
