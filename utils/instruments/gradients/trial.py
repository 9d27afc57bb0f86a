"""A model and one batch on trial: steps of its fit are listened to, each from a known state.

Where there is no loss to descend (a model that is not compiled, no y, a layer), the gradients are
those of a stand-in: all answers, each with a random weight, and the losses that layers add.
"""

import time
from contextlib import contextmanager, suppress
from functools import cached_property

import numpy as np

from utils.error_text import text_of

from ..state import layers_of
from .hearing import listening
from .steps_heard import Step, key_of, tensor_of

ALIKE = 1e-5  # two answers that differ by less, as a share of their size, differ by rounding
PATIENCE = 5  # times the seconds, up to which nothing is left out
WAITS = 4  # times as long as it computes: more than a busy machine lets a program wait


class Trial:
    """A model and one batch: steps, answers, and how much time is left for them."""

    def __init__(self, model, runs, foreign, seconds, keras):
        self.model, self.runs, self.foreign, self.keras = model, runs, foreign, keras
        self.seconds = seconds

    def affords(self, calls, each):
        """How many of some calls may be made: all, unless they would take many times too long.

        each: a function that makes one, and is made here. A small model is looked at as a whole,
        however busy the machine is.
        """
        began = _clocks()
        each()
        computed, passed = _clocks() - began
        cost = max(computed, passed / WAITS)
        if cost * calls <= PATIENCE * self.seconds:
            return calls
        return int(np.clip(self.seconds / cost, 1, calls))

    @property
    def standing_in(self):
        """Whether there is no loss, so that the stand-in is descended, and nothing applied."""
        return self.runs.way != self.runs._fit

    @property
    def optimizers(self):
        """Those that can be seen as attributes of the model."""
        kind = self.keras.optimizers.Optimizer
        held = vars(self.model).values()
        return [part for part in held if isinstance(part, kind)]

    @property
    def trainable(self):
        """The variables that fit is to train."""
        return list(self.model.trainable_variables)

    def name(self, variable):
        """A variable's path without the name of the model."""
        path = getattr(variable, "path", None) or variable.name.split(":")[0]
        return path.removeprefix(f"{self.model.name}/")

    def build(self):
        """Let the model make its variables, as far as asking it does."""
        if all(layer.built for layer in self.model._flatten_layers()):
            return
        with self._listening(), suppress(RuntimeError):
            self.answers()  # the step will be made, and its words reported

    def remember(self):
        """From now on everything is put back to how it is now."""
        self.runs.remember()
        model_back = self.runs.put_back

        def put_back():
            self.foreign.values_back()
            model_back()

        self.runs.put_back = put_back

    def _listening(self):
        return listening(self.optimizers, self.layers, self.foreign, self.keras)

    def answers(self, training=False):
        """The answers to x, a list of arrays; training: as fit asks. RuntimeError if it raises."""
        try:
            with plainly():
                found = self.model(self.runs.x, **self.runs._training(training))
        except Exception as error:
            raise RuntimeError(
                f"The model raised {type(error).__name__}: {text_of(error)}"
            ) from error
        return [np.asarray(part) for part in self.keras.tree.flatten(found) if part is not None]

    def step(self):
        """One step, from the state in which the model is -> Step."""
        before = self._values()
        losses, error = [], None
        with self._listening() as heard:
            try:
                if not self.standing_in:
                    losses = self.runs.step(plainly=True)
                if self.standing_in:  # also if fit could not be run without y
                    self.stand_in()
            except RuntimeError as raised:
                error = raised
        return Step(heard, before, self._values(), losses, error)

    def again(self):
        """One more step from the state after the first one, and back."""
        return self.runs.again(self.step)

    def stood_in(self):
        """A step of the stand-in, whatever the loss; and back."""

        def step():
            before = self._values()
            with self._listening() as heard:
                self.stand_in()
            return Step(heard, before, before, [])

        return self.runs.again(step)

    def changed(self):
        """Pairs of variables that are not as they were remembered, and their values then."""
        now = [(v, np.asarray(v).copy()) for v in self._all_variables()]
        self.runs.put_back()
        then = [(v, np.asarray(v).copy()) for v, _ in now]
        return [
            old for old, new in zip(then, now, strict=True) if old[1].tobytes() != new[1].tobytes()
        ]

    def _all_variables(self):
        """Those of the model, of what belongs to it, and others that were written."""
        parts = [*self.layers, *getattr(self.model, "metrics", ()), *self.optimizers]
        found = {key_of(v): v for part in parts for v in part.variables}
        return [*found.values(), *(v for v, _ in self.foreign.variables.values())]

    @property
    def layers(self):
        """Every layer that can be reached from the model, the model first."""
        return layers_of(self.model)

    @cached_property
    def owners(self):
        """key of a variable -> the layer that made it."""
        return {key_of(v): layer for layer in self.layers for v in layer._trainable_variables}

    @property
    def outputs(self):
        """How many answers there are."""
        return len(self.runs.again(self.answers))

    def stand_in(self):
        """Derive the sum of all answers, weighted at random, and the losses that were added."""
        import tensorflow as tf

        with plainly(), tf.GradientTape() as tape:
            found = self.model(self.runs.x, **self.runs._training(True))
            answers = [tf.convert_to_tensor(a) for a in tf.nest.flatten(found) if a is not None]
            parts = [
                tf.reduce_sum(tf.cast(a, "float32") * _weights(a, k))
                for k, a in enumerate(answers)
                if a.dtype.is_floating
            ]
            added = [tf.cast(tf.reduce_sum(loss), "float32") for loss in self.model.losses]
            total = tf.add_n([*parts, *added]) if parts or added else tf.constant(0.0)
        return tape.gradient(total, [tensor_of(v) for v in self.trainable])

    def _values(self):
        return {key_of(v): np.asarray(v).copy() for v in self.model.variables}


def alike(one, other):
    """Whether two lists of arrays are the same but for rounding."""
    if [a.shape for a in one] != [b.shape for b in other]:
        return False
    for a, b in zip(one, other, strict=True):
        size = np.maximum(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
        if not np.allclose(a, b, rtol=0, atol=ALIKE * float(size), equal_nan=True):
            return False
    return True


def _clocks():
    """Seconds that this process has computed, and seconds that have passed."""
    return np.array([time.process_time(), time.perf_counter()])


def _weights(answer, k):
    """Random weights for the k-th answer, the same ones each time."""
    import tensorflow as tf

    return tf.random.stateless_uniform(tf.shape(answer), (0, k), 0.5, 1.5)


@contextmanager
def plainly():
    """Inside, a function decorated with tf.function runs line by line."""
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)
