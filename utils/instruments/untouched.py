"""Working with a Keras model, and leaving it as if nobody had."""

from contextlib import contextmanager

from .quiet import quietly
from .seeds import global_seeds_kept
from .state import memory_of_all


@contextmanager
def untouched(model, *also):
    """Inside, a Keras model may be built, compiled, trained; afterwards every bit is as before.

    Weights, optimizer, metrics, seeds, states, compiled functions, whether it was built, and the
    global seeds of Python, NumPy, Keras and TensorFlow; also when something is raised, or when an
    interrupt comes while things are put back. also: functions that put something else back.
    """
    with global_seeds_kept(), quietly():
        put_back = memory_of_all(model)

        def restore():
            for step in also:
                step()
            put_back()

        try:
            yield
        finally:
            try:
                restore()
            except BaseException:
                restore()
                raise
