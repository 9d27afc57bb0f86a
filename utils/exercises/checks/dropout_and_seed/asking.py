"""Asks an answer about Keras models: shared instead of copied, with Keras watched meanwhile."""

import random
import warnings
from contextlib import contextmanager, suppress

from utils.exercises.calling import as_array, call, describe
from utils.exercises.exercise import NotYet

_GONE = object()


def ask(answer, *args, given):
    """`call(answer, *args)` with Keras watched; `given` completes "When {given}, your answer …".

    Raises what `call` raises; arrays are copied and compared, models are handed over themselves.
    """
    with keras_untouched():
        try:
            return call(answer, *args)
        except NotYet as stop:
            if "given" in stop.verdict.facts:
                raise NotYet(
                    stop.verdict.message, **stop.verdict.facts | {"given": given}
                ) from None
            raise


def shared(model):
    """The model, marked so that a deep copy of it is itself: copying Keras models takes long."""
    model.__deepcopy__ = lambda memo: model
    return model


def yes_or_no(value):
    """True or False for a truth value of Python, NumPy or TensorFlow; else `NotYet`."""
    if type(value) is bool:
        return value
    expected = "True or False"
    if isinstance(value, str | bytes | int | float | list | tuple):
        raise NotYet("wrong_type", what="the result", got=describe(value), expected=expected)
    array = as_array(value, "the result")
    if array.shape or array.dtype != bool:
        raise NotYet("wrong_type", what="the result", got=describe(value), expected=expected)
    return bool(array)


@contextmanager
def keras_untouched():
    """Puts back what an answer replaced in Keras or set for all of it; `NotYet` if it did."""
    owners = _watched()
    before = [(owner, dict(vars(owner))) for owner in owners.values()]
    settings = _settings()
    try:
        yield
    finally:
        names = [
            f"{full}.{name}"
            for full, (owner, kept) in zip(owners, before, strict=True)
            for name in _put_back(owner, kept)
        ]
        names += _set_again(settings)
    if names:
        raise NotYet("changed_library", name=names[0])


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


def _watched():
    import keras

    layers = ("Layer", "Dense", "Dropout", "GaussianNoise", "BatchNormalization")
    return {
        "random": random,
        "keras.random": keras.random,
        "keras.layers": keras.layers,
        "keras.Model": keras.Model,
        "keras.Sequential": keras.Sequential,
        "keras.random.SeedGenerator": keras.random.SeedGenerator,
        "keras.initializers.GlorotUniform": keras.initializers.GlorotUniform,
        **{f"keras.layers.{name}": getattr(keras.layers, name) for name in layers},
    }


def _put_back(owner, kept):
    """Undoes what was replaced in a module or class; yields the names of it."""
    now = dict(vars(owner))
    for name in now.keys() | kept.keys():
        if now.get(name, _GONE) is kept.get(name, _GONE) or name == "__annotations__":
            continue  # Python makes annotations when somebody asks for them
        with suppress(AttributeError, TypeError):  # what Python keeps for itself
            if name in kept:
                setattr(owner, name, kept[name])
            else:
                delattr(owner, name)
            yield name


def _settings():
    """{name: (value, how to set it)} of what Keras and TensorFlow keep for a whole process."""
    import keras
    import tensorflow as tf

    eager = tf.config.functions_run_eagerly()
    return {
        "the type of all numbers in Keras": (keras.config.floatx(), keras.config.set_floatx),
        "the dtype policy of Keras": (
            keras.config.dtype_policy(),
            keras.config.set_dtype_policy,
        ),
        "TensorFlow's eager mode": (eager, tf.config.run_functions_eagerly),
    }


def _set_again(settings):
    for name, (now, _) in _settings().items():
        before, put = settings[name]
        if now != before:
            put(before)
            yield name
