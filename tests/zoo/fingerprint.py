"""Every bit that a model holds, and the seeds that belong to nobody, to be compared later on."""

import hashlib
import random
import types

import keras
import numpy as np
import tensorflow as tf

CONTAINERS = dict | list | tuple | set
NOT_INSIDE = type | types.ModuleType | types.FunctionType | types.BuiltinFunctionType


def fingerprint(model):
    """{place: hash}: each variable, seed, state and attribute that can be reached, each container.

    A place is a path of names from the model. What is no value is hashed by its identity: a layer
    that was exchanged, a list that is another one. The global seeds stand beside it.
    """
    found, seen, ahead = {}, {}, [("model", model)]
    while ahead:
        place, part = ahead.pop()
        value = _value(part)
        found[place] = hashlib.sha256(value).hexdigest()
        if id(part) not in seen and not isinstance(part, NOT_INSIDE):
            seen[id(part)] = part
            ahead += [(f"{place}.{name}", inside) for name, inside in _inside(part)]
    return {**found, **_global_seeds()}, seen


def changed(before, after):
    """The places that are not as they were; the parts are kept, so that no id is given again."""
    (then, _), (now, _) = before, after
    return sorted(place for place in then.keys() | now.keys() if then.get(place) != now.get(place))


def _value(part):
    """The bytes of a value; of anything else, which it is."""
    if isinstance(part, keras.Variable):
        return np.asarray(part).tobytes() + repr((part.path, part.trainable)).encode()
    if isinstance(part, tf.Variable | np.ndarray | np.generic):
        return np.asarray(part).tobytes()
    if isinstance(part, bool | int | float | complex | str | bytes | types.NoneType):
        return repr(part).encode()
    if isinstance(part, set):
        return repr(sorted(map(id, part))).encode()
    return str(id(part)).encode()


def _inside(part):
    """Names and values within a part: attributes of what belongs to the model, and elements."""
    if isinstance(part, dict):
        yield from ((repr(key), value) for key, value in list(part.items()))
    elif isinstance(part, CONTAINERS):
        yield from ((str(k), value) for k, value in enumerate(part))
    if _belongs(part):
        yield from list(vars(part).items())


def _belongs(part):
    """Whether this is a part of a model that can change, and not of Python or TensorFlow."""
    kinds = (keras.Layer, keras.Metric, keras.Loss, keras.optimizers.Optimizer)
    kinds += (keras.optimizers.schedules.LearningRateSchedule, keras.random.SeedGenerator)
    ours = type(part).__module__.startswith("tests.")
    return hasattr(part, "__dict__") and (
        isinstance(part, kinds) or ours or type(part).__name__ in ("Tracker", "CompileLoss")
    )


def _global_seeds():
    from keras.src.backend.common import global_state
    from tensorflow.python.eager import context
    from tensorflow.python.ops import stateful_random_ops

    keras_seed = global_state.get_global_attribute("global_seed_generator")
    eager, generator = context.context(), stateful_random_ops.global_generator
    rng = getattr(eager, "_rng", None)
    return {
        "seed of Python": random.getstate(),
        "seed of NumPy": str(np.random.get_state()),
        "seed of Keras": keras_seed and np.asarray(keras_seed.state).tobytes(),
        "seed of TensorFlow": (getattr(eager, "_seed", None), rng and rng.getstate()),
        "generator of TensorFlow": generator and np.asarray(generator.state).tobytes(),
        "names of Keras": dict(global_state.get_global_attribute("object_name_uids") or {}),
        "functions run eagerly": tf.config.functions_run_eagerly(),
    }
