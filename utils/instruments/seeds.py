"""The seeds that belong to nobody: Python's, NumPy's, TensorFlow's and Keras' own."""

import random
import sys
from contextlib import contextmanager, suppress

import numpy as np


@contextmanager
def global_seeds_kept():
    """Whatever the block draws or seeds, the next draw afterwards is the one it would have been."""
    steps = [_python(), _numpy(), *_keras(), *_tensorflow()]
    try:
        yield
    finally:
        for step in steps:
            step()


def _python():
    state = random.getstate()
    return lambda: random.setstate(state)


def _numpy():
    state = np.random.get_state()
    return lambda: np.random.set_state(state)


def _keras():
    """Keras' generator for those who bring no seed, and its numbers for names ("dense_3")."""
    if "keras" not in sys.modules:
        return
    from keras.src.backend.common import global_state  # there is no public way

    generator = global_state.get_global_attribute("global_seed_generator")
    seed = None if generator is None else np.asarray(generator.state).copy()
    names = global_state.get_global_attribute("object_name_uids")
    numbers = None if names is None else dict(names)
    scopes = list(global_state.get_global_attribute("name_scope_stack") or ())

    def put_back():
        global_state.set_global_attribute("global_seed_generator", generator)
        if generator is not None and not np.array_equal(generator.state, seed):
            generator.state.assign(seed)
        open_now = global_state.get_global_attribute("name_scope_stack")
        if open_now:  # Keras may leave one open that it opened to build a model
            open_now[:] = scopes
        global_state.set_global_attribute("object_name_uids", names)
        if names is not None:
            names.clear()
            names.update(numbers)

    yield put_back


def _tensorflow():
    """The sequence of seeds for stateful operations, and the global generator."""
    if "tensorflow" not in sys.modules:
        return
    from tensorflow.python.eager import context

    eager = context.context()
    rng, seed = getattr(eager, "_rng", None), getattr(eager, "_seed", None)
    state = None if rng is None else rng.getstate()

    def put_back():
        now = getattr(eager, "_rng", None)
        if now is rng and (rng is None or rng.getstate() == state):
            return
        eager._seed, eager._rng = seed, rng
        if rng is not None:
            rng.setstate(state)
        eager.clear_kernel_cache()  # an operation keeps its own place in its sequence there

    yield put_back
    with suppress(ImportError):
        from tensorflow.python.ops import stateful_random_ops

        generator = stateful_random_ops.global_generator
        if generator is not None:
            place = np.asarray(generator.state).copy()
            yield lambda: generator.state.assign(place)
        else:
            yield lambda: setattr(stateful_random_ops, "global_generator", None)
