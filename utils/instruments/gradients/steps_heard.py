"""One step of a model's own fit, listened to: the weights before and after, and what happened.

Where there is no loss to descend (a model that is not compiled, no y, a layer), the gradients are
those of a stand-in: all answers, each with a random weight, and the losses that layers add.
"""

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import numpy as np

from ..state import layers_of
from .hearing import Heard, listening

ALIKE = 1e-5  # two answers that differ by less, as a share of their size, differ by rounding


@dataclass(frozen=True)
class Step:
    """What one step did."""

    heard: Heard
    before: dict  # key of a variable -> its values
    after: dict
    losses: list  # of the logs, the loss first; nothing without a loss
    error: Exception | None = None  # what the step raised

    @property
    def received(self):
        """key -> the gradient that reached an optimizer, an array, or None."""
        found = {}
        for applied in self.heard.applied:
            for gradient, variable in zip(applied.gradients, applied.variables, strict=False):
                if found.get(key_of(variable)) is None:
                    found[key_of(variable)] = as_array(gradient)
        return found

    @property
    def derived(self):
        """key -> the gradient that a tape gave, an array, or None."""
        found = {}
        for derived in self.heard.derived:
            for gradient, source in zip(derived.gradients, derived.sources, strict=False):
                if found.get(key_of(source)) is None:
                    found[key_of(source)] = as_array(gradient)
        return found

    @property
    def gradients(self):
        """key -> what is known of its gradient: as it reached an optimizer, or as derived."""
        received = {key: g for key, g in self.received.items() if g is not None}
        return {**self.derived, **self.received, **received}

    @property
    def descended(self):
        """What the tapes were asked to derive after variables: a float for each call."""
        return [
            float(sum(np.asarray(target).astype(float).sum() for target in derived.targets))
            for derived in self.heard.derived
            if any(hasattr(source, "assign") for source in derived.sources)
        ]

    @property
    def moved(self):
        """Keys of variables that changed."""
        return {
            key
            for key, value in self.after.items()
            if key in self.before and self.before[key].tobytes() != value.tobytes()
        }


class Trial:
    """A model and one batch: steps, answers, and how much time is left for them."""

    def __init__(self, model, runs, foreign, seconds, keras):
        self.model, self.runs, self.foreign, self.keras = model, runs, foreign, keras
        self.seconds, self.began = seconds, time.perf_counter()
        self.not_counted = 0.0

    @property
    def left(self):
        """Seconds, tracing and building not counted."""
        return self.seconds - (time.perf_counter() - self.began - self.not_counted)

    @contextmanager
    def for_free(self):
        """Inside, time is not counted: something is built or traced."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.not_counted += time.perf_counter() - began

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
        with self.for_free(), suppress(Exception):  # the step will be made, and its words reported
            self.answers()

    def answers(self, training=False):
        """The answers to x, a list of arrays; training: as fit asks."""
        with _plainly():
            found = self.model(self.runs.x, **self.runs._training(training))
        return [np.asarray(part) for part in self.keras.tree.flatten(found) if part is not None]

    def step(self):
        """One step, from the state in which the model is -> Step."""
        before = self._values()
        losses, error = [], None
        with listening(self.optimizers, self.foreign, self.keras) as heard:
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
            with listening(self.optimizers, self.foreign, self.keras) as heard:
                self.stand_in()
            return Step(heard, before, before, [])

        return self.runs.again(step)

    @property
    def layers(self):
        """Every layer that can be reached from the model, the model first."""
        return layers_of(self.model)

    @property
    def outputs(self):
        """How many answers there are."""
        return len(self.runs.again(self.answers))

    def where(self, variables):
        """Where untracked variables are held, in words, if that can be seen."""
        return ""

    def stand_in(self):
        """Derive the sum of all answers, weighted at random, and the losses that were added."""
        import tensorflow as tf

        rng = np.random.default_rng(0)
        with _plainly(), tf.GradientTape() as tape:
            found = self.model(self.runs.x, **self.runs._training(True))
            answers = [tf.convert_to_tensor(a) for a in tf.nest.flatten(found) if a is not None]
            parts = [
                tf.reduce_sum(tf.cast(a, "float32") * rng.uniform(0.5, 1.5, a.shape).astype("f"))
                for a in answers
                if a.dtype.is_floating
            ]
            added = [tf.cast(tf.reduce_sum(loss), "float32") for loss in self.model.losses]
            total = tf.add_n([*parts, *added]) if parts or added else tf.constant(0.0)
        return tape.gradient(total, [tensor_of(v) for v in self.trainable])

    def _values(self):
        return {key_of(v): np.asarray(v).copy() for v in self.model.variables}


def key_of(variable):
    """What a Keras variable and the TensorFlow variable in it have in common."""
    return id(tensor_of(variable))


def tensor_of(variable):
    """The TensorFlow variable in a Keras variable."""
    return getattr(variable, "_value", variable)


def as_array(gradient):
    """A gradient as one array, also where it is kept for some rows only; None for None."""
    if gradient is None:
        return None
    import tensorflow as tf

    return np.asarray(tf.convert_to_tensor(gradient)).astype(float)


def alike(one, other):
    """Whether two lists of arrays are the same but for rounding."""
    if [a.shape for a in one] != [b.shape for b in other]:
        return False
    for a, b in zip(one, other, strict=True):
        size = np.maximum(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
        if not np.allclose(a, b, rtol=0, atol=ALIKE * float(size), equal_nan=True):
            return False
    return True


@contextmanager
def _plainly():
    """Inside, a function decorated with tf.function runs line by line."""
    import tensorflow as tf

    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)
