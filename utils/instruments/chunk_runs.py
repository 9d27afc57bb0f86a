"""Running a model on chunks, one after the other, each time from the same beginning."""

import sys
from contextlib import contextmanager

import numpy as np

from utils.error_text import text_of

from .calling import take_apart
from .influence import influence
from .state import layers_of, memory_of_all
from .untouched import untouched

RESETS = "reset_state", "reset_states", "reset"


@contextmanager
def runs_of(model, chunk):
    """Yields runs of a model on chunks like this one, and leaves a Keras model as it was."""
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        runs = FunctionRuns(model, chunk)
        try:
            yield runs
        finally:
            runs.reset()
        return
    with untouched(model):
        yield KerasRuns(model, chunk, keras)


class KerasRuns:
    """Of a Keras model, whose state can be put back whether or not its reset does that."""

    def __init__(self, model, chunk, keras):
        self.model, self.chunk, self.keras = model, chunk, keras
        self._ask(chunk.x)  # which builds what is not built
        self.reset()
        self.start = memory_of_all(model)  # puts the state after a reset back

    def reset(self):
        """Call reset_state() of every layer that has one."""
        for layer in layers_of(self.model):
            _reset(layer, RESETS[:2])

    def started_anew(self):
        """The answer to the chunk at the start, that after a reset, and whether answers vary."""
        first, _ = self.from_start(self.chunk.x, self.chunk.reversed)
        self.reset()
        again = self._ask(self.chunk.x)
        (repeated,) = self.from_start(self.chunk.x)
        noisy = not all(map(np.array_equal, first, repeated))
        return first, again, noisy

    def from_start(self, *chunks):
        """The answers to chunks that follow each other, each a list of arrays."""
        self.start()
        return [self._ask(x) for x in chunks]

    def why_no_more(self, repeats):
        """Nothing keeps a Keras model from being asked more."""
        return ""

    def influence(self, form):
        """How a poke of each stream moves the answer to the chunk, and the next one's."""
        self.start()
        row = _two_chunks(self.model, self.chunk.x, self.keras)
        return _influence(row, self.chunk, form)

    def _ask(self, x):
        self._check(x)
        return _answer(lambda: self.model(x, training=False))

    def _check(self, x):
        """Keras lets pass what has another size than a model declares, and a reshape mixes it."""
        declared = [tuple(part.shape) for part in getattr(self.model, "inputs", None) or ()]
        shapes = [np.shape(part) for part in (x if self.chunk.listed else [x])]
        if len(declared) == len(shapes) and not all(map(_fits, shapes, declared)):
            raise ValueError(
                f"The shape of x is {_and(shapes)}, and the model declares {_and(declared)}."
            )


class FunctionRuns:
    """Of a function, which begins anew if it offers a reset, or if it keeps no state."""

    def __init__(self, function, chunk):
        self.function, self.chunk = function, chunk
        self.can_reset = any(callable(getattr(function, name, None)) for name in RESETS)

    def reset(self):
        """Call the function's own reset, if there is one."""
        _reset(self.function, RESETS)

    def started_anew(self):
        """The first answer, one after a reset, and that noise can't be told from a state."""
        first, _ = self.from_start(self.chunk.x, self.chunk.reversed)
        (again,) = self.from_start(self.chunk.x)
        return first, again, False

    def from_start(self, *chunks):
        """The answers to chunks that follow each other, each a list of arrays."""
        self.reset()
        return [_answer(lambda x=x: self.function(x)) for x in chunks]

    def why_no_more(self, repeats):
        """A reason to stop: a function that does not begin anew answers no further question."""
        if repeats:
            return ""
        if self.can_reset:
            return (
                "Its own reset was called in between: either that is not complete, or the answers "
                "are random. Nothing else was asked."
            )
        return (
            "It is a function without a reset_state(), so that it can't be told where to begin "
            "anew: nothing else was asked. Hand in the Keras model itself, or give the function a "
            "reset_state()."
        )

    def influence(self, form):
        """How a poke of each stream moves the answer to the chunk, and the next one's."""

        def row(x):
            self.reset()
            return self.function(x), self.function(self.chunk.x)

        return _influence(row, self.chunk, form)


def _influence(row, chunk, form):
    """[streams, 2 · streams]"""
    where = () if chunk.listed else chunk.axis
    return influence(row, chunk.x, inputs=where, outputs=() if form.axis is None else form.axis)


def _two_chunks(model, follow, keras):
    """A layer which calls the model on a chunk and then on another, and answers with both."""

    class TwoChunks(keras.Layer):
        def __init__(self):
            super().__init__()
            self.model = model

        def call(self, x):
            return self.model(x, training=False), self.model(follow, training=False)

    return TwoChunks()


def _reset(holder, names):
    for name in names:
        if callable(reset := getattr(holder, name, None)):
            try:
                reset()
            except Exception as error:
                raise RuntimeError(
                    f"{name}() of the model raised {type(error).__name__}: {text_of(error)}"
                ) from error
            return


def _fits(shape, declared):
    pairs = zip(shape, declared, strict=False)
    return len(shape) == len(declared) and all(d in (None, s) for s, d in pairs)


def _and(shapes):
    return " and ".join(map(str, shapes))


def _answer(ask):
    """What a call answers, as a list of arrays. Raises RuntimeError from the model's own error."""
    try:
        answer = ask()
    except Exception as error:
        raise RuntimeError(f"The model raised {type(error).__name__}: {text_of(error)}") from error
    arrays = [np.array(array) for array in take_apart(answer)[0]]  # copies: it may reuse its own
    for array in arrays:
        if array.dtype.kind not in "biufc":
            raise TypeError(
                f"The model's answer holds {array.dtype} values; expected arrays of numbers."
            )
    return arrays
