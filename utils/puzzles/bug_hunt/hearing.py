"""Is noise made while a program trains? Heard where Keras and TensorFlow make it.

Who calls them does not matter: a layer, a loss, or a loop of one's own. In a graph they are called
once, when it is traced.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Heard:
    """What was heard."""

    rates: list = field(default_factory=list)  # of every dropout that was made
    otherwise: int = 0  # random numbers drawn by other means


@contextmanager
def hearing_noise():
    """Yields a Heard that fills while the block runs."""
    import tensorflow as tf
    from keras.src import backend

    heard = Heard()

    def dropping(make):
        @tf.autograph.experimental.do_not_convert
        def dropout(*args, **kwargs):
            rate = args[1] if len(args) > 1 else kwargs.get("rate", 0)
            if isinstance(rate, int | float):
                heard.rates.append(float(rate))
            else:  # a tensor or a variable
                heard.otherwise += 1
            return make(*args, **kwargs)

        return dropout

    def drawing(make):
        @tf.autograph.experimental.do_not_convert
        def draw(*args, **kwargs):
            heard.otherwise += 1
            return make(*args, **kwargs)

        return draw

    places = [(backend.random, "dropout", dropping), (tf.nn, "dropout", dropping)]
    places += [(backend.random, name, drawing) for name in ("uniform", "normal", "binomial")]
    places += [(tf.random, name, drawing) for name in ("uniform", "normal", "stateless_uniform")]
    before = [getattr(module, name) for module, name, _ in places]
    try:
        for (module, name, around), make in zip(places, before, strict=True):
            setattr(module, name, around(make))
        yield heard
    finally:
        for (module, name, _), make in zip(places, before, strict=True):
            setattr(module, name, make)
