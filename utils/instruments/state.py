"""A Keras model that answers every time from the state in which it is now, and is left in it."""

import sys
from collections import OrderedDict, deque
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from operator import is_

import numpy as np

from .calling import take_apart

DRAWS = 16  # a unit that is dropped half of the time is dropped in all of them once in 65536
MISSING = object()
LIBRARIES = {"keras", "tensorflow", "numpy", "jax", "torch", "optree", "ml_dtypes"}


@contextmanager
def from_same_state(model, x):
    """Yields a list of functions that answer as the model does. x: an example of what it takes.

    There is one, and anything but a Keras model is called as it is. A Keras model is called with
    training=False, and what its layers hold is put back after each call and at the end, also when
    something is raised: Keras and TensorFlow variables, NumPy arrays, plain attributes, lists,
    dicts and sets. If it draws random numbers nevertheless, there are DRAWS functions: each of them
    draws the same numbers in every call, and each draws others.
    """
    if not callable(model):
        raise TypeError(
            f"model is {type(model).__name__}; expected something to call, such as a Keras model "
            "or a function from an array to an array."
        )
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        yield [model]
        return
    _build(model, x, keras)
    parts = _parts(model, keras)
    put_back = _memory_of(parts, keras)
    try:
        seeds = _drawn_from(model, x, parts, keras)
        put_back()

        def answering(run, draw=0):
            def call(x):
                try:
                    for seed, value in seeds if draw else ():
                        seed.assign(value + draw)
                    return run(x)
                finally:
                    put_back()

            return call

        run = _quickest(model, x, answering, keras)
        calls = [answering(run, draw) for draw in range(DRAWS)]
        yield calls if seeds and _differ(calls, x) else calls[:1]
    finally:
        put_back()


def _build(model, x, keras):
    """Let a first call make what is not there yet; the state that it leaves behind goes away."""
    parts = _parts(model, keras)
    layers = [part for part in parts.values() if isinstance(part, keras.Layer)]
    unbuilt = [layer for layer in layers if not layer.built]
    if not unbuilt:
        return
    variables = {k: part for k, part in parts.items() if isinstance(part, _variables(keras))}
    values_back, all_back = _memory_of(variables, keras), _memory_of(parts, keras)
    with suppress(Exception):  # it will be asked again, and its words reported
        model(x, training=False)
    made = [layer for layer in unbuilt if layer.built]
    put_back = values_back if made else all_back  # a layer that is never called stays unbuilt
    put_back()
    for layer in made:
        if getattr(layer, "stateful", False) and hasattr(layer, "reset_state"):
            layer.reset_state()


def _quickest(model, x, answering, keras):
    """The model as a graph, many times quicker, unless it would not answer as it does plainly.

    A graph keeps what Python drew while it was traced, so that noise made by Python would freeze.
    """

    def plainly(x):
        return model(x, training=False)

    if keras.backend.backend() != "tensorflow":
        return plainly
    import tensorflow as tf

    try:
        graph = tf.function(plainly)
        calls = [answering(run) for run in (plainly, plainly, graph, graph)]
        first, again, compiled, also = [take_apart(call(x))[0] for call in calls]
        steady = all(map(np.array_equal, first, again)) and all(map(np.array_equal, compiled, also))
        return graph if steady and all(map(np.allclose, first, compiled)) else plainly
    except Exception:  # it can't be traced, or it raises anyway and will be asked again
        return plainly


def memory_of_all(model):
    """A function that puts everything back that a Keras model holds now, training included.

    That is what from_same_state puts back, and besides it what `compile` and `fit` make and change:
    the optimizer with its variables, the losses, the metrics, the compiled functions, which layers
    and variables are trainable, and whether anything was built. It may be called several times.
    """
    keras = sys.modules["keras"]
    also = (
        keras.optimizers.Optimizer,
        keras.optimizers.schedules.LearningRateSchedule,
        keras.Loss,
        type(model._tracker),  # which knows what has been tracked, and locks it when built
    )
    parts = _parts(model, keras, also)
    variables = [part for part in parts.values() if isinstance(part, keras.Variable)]
    trainable = [(variable, variable.trainable) for variable in variables]
    contents_back = _memory_of(parts, keras, also)

    def put_back():
        for variable, before in trainable:
            if variable.trainable != before:
                variable.trainable = before
        contents_back()

    return put_back


def layers_of(model):
    """Every Keras layer that can be reached from a model, the model first."""
    keras = sys.modules["keras"]
    return [part for part in _parts(model, keras).values() if isinstance(part, keras.Layer)]


# What a model holds


def _parts(model, keras, also=()):
    """Everything that can be reached through layers and plain containers, by its id."""
    owners = (*_owners(keras), *also)
    found, ahead = {}, [model]
    while ahead:
        part = ahead.pop()
        if id(part) in found:
            continue
        found[id(part)] = part
        inside = ()
        if isinstance(part, owners):
            inside = *vars(part).values(), *getattr(part, "variables", ())
        elif _holds_layers(part, keras):
            inside = tuple(vars(part).values())
        elif isinstance(part, Mapping):
            inside = tuple(part.values())
        elif isinstance(part, list | tuple | set | deque):
            inside = tuple(part)
        ahead.extend(reversed(inside))  # so that what comes first is looked into first
    return found


def _owners(keras):
    """Kinds of objects whose attributes are part of a model."""
    tf = sys.modules.get("tensorflow")
    modules = () if tf is None else (tf.Module,)
    return (keras.Layer, keras.Metric, keras.random.SeedGenerator, *modules)


def _holds_layers(part, keras):
    """Whether this is an object with layers or variables in it that Keras does not look into."""
    if isinstance(part, type) or not hasattr(part, "__dict__"):
        return False
    home = type(part).__module__.partition(".")[0]
    if home in LIBRARIES or home in sys.stdlib_module_names - {"__main__"}:
        return False
    wanted = keras.Layer, *_variables(keras)
    return any(
        isinstance(value, wanted)
        or (isinstance(value, list | tuple) and any(isinstance(v, wanted) for v in value))
        or (isinstance(value, Mapping) and any(isinstance(v, wanted) for v in value.values()))
        for value in vars(part).values()
    )


def _variables(keras):
    tf = sys.modules.get("tensorflow")
    return (keras.Variable,) if tf is None else (keras.Variable, tf.Variable)


def _drawn_from(model, x, parts, keras):
    """The seeds which a call of the model uses up, and their values before it."""
    generators = [p for p in parts.values() if isinstance(p, keras.random.SeedGenerator)]
    seeds = [(g.state, np.asarray(g.state).copy()) for g in generators]
    try:
        model(x, training=False)
    except Exception:  # it will be asked again, and its words reported
        return []
    return [(seed, value) for seed, value in seeds if not np.array_equal(seed, value)]


def _differ(calls, x):
    """Whether the draws matter: a GRU draws masks that it does not use outside of training."""
    try:
        first, *others = [take_apart(call(x))[0] for call in calls]
    except Exception:  # it will be asked again, and its words reported
        return False
    return not all(all(map(np.array_equal, first, other)) for other in others)


# Putting it back


def _memory_of(parts, keras, also=()):
    """A function that puts everything back that the parts hold now."""
    owners = (*_owners(keras), *also)
    steps = [step for part in parts.values() if (step := _put_back(part, keras, owners))]

    def put_back():
        for step in steps:
            step()

    return put_back


def _put_back(part, keras, owners):
    """A function that gives a part its present contents again; None for what has none."""
    if isinstance(part, _variables(keras)):
        return _values_of(part, part.assign)
    if isinstance(part, np.ndarray):
        return _values_of(part, lambda value: part.__setitem__(..., value))
    if isinstance(part, owners) or _holds_layers(part, keras):
        return _items_of(vars(part))
    if isinstance(part, dict):
        return _items_of(part)
    if isinstance(part, list | deque):
        return _elements_of(part)
    if isinstance(part, set):
        return _members_of(part)
    return None


def _values_of(holder, assign):
    before = np.asarray(holder).copy()

    def put_back():
        if np.asarray(holder).tobytes() != before.tobytes():
            assign(before)

    return put_back


def _items_of(mapping):
    before = dict(mapping)

    def as_before():
        """With the same names in the same order, too."""
        return _are(mapping.values(), before.values()) and list(mapping) == list(before)

    def put_back():
        if as_before():
            return
        for name in [*mapping, *(before.keys() - mapping.keys())]:
            if name not in before:
                del mapping[name]
            elif mapping.get(name, MISSING) is not before[name]:
                mapping[name] = before[name]
        if not as_before():
            _reorder(mapping, before)

    return put_back


def _reorder(mapping, names):
    """Without the methods of its own kind: Keras' dicts forget and track again what they hold."""
    for name in names:
        if isinstance(mapping, OrderedDict):
            mapping.move_to_end(name)
        else:
            dict.__setitem__(mapping, name, dict.pop(mapping, name))


def _elements_of(container):
    before = list(container)

    def put_back():
        if _are(container, before):
            return
        if isinstance(container, list):
            container[:] = before
        else:
            container.clear()
            container.extend(before)

    return put_back


def _members_of(container):
    """A set has no order: the same members, put in again, may come out in another."""
    before = set(container)
    these = set(map(id, before))

    def put_back():
        if these != set(map(id, container)):
            container.clear()
            container.update(before)

    return put_back


def _are(now, before):
    """Whether these are the very same things, one by one."""
    return len(now) == len(before) and all(map(is_, now, before))
