"""The same model with other weights: is something unheard by construction, or only as it stands?"""

import sys
from time import perf_counter

import numpy as np

A_LITTLE = 0.01  # of the size of a weight matrix
OF_ZEROS = 0.05  # the size that is taken for a matrix of zeros
REDRAWS = 2
NO_TIME = "There was no time to find out whether that is so with other weights, too."
SHARE = 0.5  # of the time for everything, once more


class Otherwise:
    """Questions to the model as it is and with other weights, made when they are first asked."""

    def __init__(self, looked):
        self.looked, self.model, self.made = looked, looked.model, {}
        self.ends = None  # on the clock of perf_counter

    def as_it_is(self):
        """The model itself, alone."""
        yield self.looked.asker

    def a_little(self):
        """With every weight moved by a hundredth, as a step of training would."""
        yield self._made("a little", lambda call: a_little_changed(call, self.model))

    def anew(self):
        """With weights drawn anew, several times."""
        for seed in range(REDRAWS):
            yield self._made(seed, lambda call, seed=seed: redrawn(call, self.model, seed))

    def any_way(self):
        """All of these."""
        yield from self.as_it_is()
        if self.model is not None:
            yield from self.a_little()
            yield from self.anew()

    def moves(self, askers, changed, watch):
        """Whether anything watched moves; None if time ends before that is known.

        changed: a function from an Asker, a turn, and whether it is one of the last turns to x with
        changes. watch: a function from the movements of all answers to whether that is it.
        """
        if self.ends is None:
            self.ends = perf_counter() + SHARE * self.looked.seconds
        for asker in askers:
            for turn in range(max(asker.rounds, len(asker.calls))):
                if perf_counter() > self.ends and turn:
                    return None
                moved = asker.moved(changed(asker, turn, turn >= asker.usual), turn)
                if moved is not None and watch(moved):
                    return True
        return False

    def _made(self, key, other):
        if key not in self.made:
            asker = self.looked.asker
            self.made[key] = asker.with_calls(
                [other(call) for call in asker.calls], any_change=True
            )
        return self.made[key]


def a_little_changed(call, model):
    """Answers as `call` with every weight moved by a hundredth."""
    rng = np.random.default_rng(0)

    def moved(value):
        size = float(np.sqrt(np.mean(np.square(value, dtype=float)))) or OF_ZEROS
        return value + A_LITTLE * size * rng.standard_normal(value.shape)

    return _with(call, model, moved)


def redrawn(call, model, seed):
    """Answers as `call` with every trainable weight drawn anew, as if it had just been built."""
    rng = np.random.default_rng(seed)

    def drawn(value):
        inside = max(1, int(np.prod(value.shape[:-1]))) if value.ndim > 1 else 1
        return rng.standard_normal(value.shape) / np.sqrt(inside)

    return _with(call, model, drawn)


def _with(call, model, other):
    """`call` puts the weights back after it has answered, so they are set for each call."""
    keras = sys.modules["keras"]
    weights = [w for w in model.weights if keras.backend.is_float_dtype(w.dtype)]
    weights = [w for w in weights if w.trainable] or weights
    values = [(weight, other(np.asarray(weight, np.float32))) for weight in weights]

    def answer(x):
        for weight, value in values:
            weight.assign(value)
        return call(x)

    return answer
