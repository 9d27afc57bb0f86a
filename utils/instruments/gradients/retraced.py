"""The step that fit makes, once more, as a graph: what it descends, at parameters of one's choice.

The target of its tape is taken out of the graph, so that it is what train_step really derives,
whatever it reports. Noise is held, since every run starts from the same state of the seeds.
"""

from contextlib import contextmanager

import numpy as np

from .hearing import listening
from .trial import plainly

ROUGH_OPS = "FakeQuant", "QuantizeAndDequantize"  # whose gradients are not their slopes, on purpose


class Retraced:
    """A loss and its gradients, in the way that `steps.Steps` asks for them."""

    def __init__(self, trial, optimizers):
        self.trial, self.failures, self.seen = trial, [], []
        self.loss_eps = self.gradient_eps = 0.0
        trial.runs.put_back()
        with _deaf(optimizers):
            self._trace()
        found = self.run()[1]
        self.restless = trial.changed()
        self.variables = [v for v, g in zip(self.sources, found, strict=True) if g is not None]
        self.wanted = [k for k, g in enumerate(found) if g is not None]
        self.names = [trial.name(v) for v in self.variables]
        self.start = [_real(v) for v in self.variables]

    def run(self):
        """What is descended, a float, and a gradient or None for each source."""
        total, gradients = self.graph()
        gradients = [None if g is None else np.asarray(g).astype(float) for g in gradients]
        return float(np.asarray(total)), gradients

    def at(self, arrays):
        """The loss and the gradients at these parameters, one array for each variable.

        The model stays there until it is put back.
        """
        for v, value in self.restless:
            v.assign(value)
        for v, array in zip(self.variables, arrays, strict=True):
            v.assign(array)
        loss, found = self.run()
        return loss, [found[k] for k in self.wanted]

    def loss_at(self, arrays):
        """The loss at these parameters."""
        loss, _ = self.at(arrays)
        self.seen.append(loss)
        return loss

    loss_near = loss_at

    def _trace(self):
        import tensorflow as tf

        trial, floats = self.trial, self.trial.keras.config.floatx()

        def tensor(array):
            array = array.astype(floats) if array.dtype.kind == "f" else array
            return tf.constant(array)

        x, y = trial.runs.x, trial.runs.y
        data = tf.nest.map_structure(tensor, (x,) if y is None else (x, y))
        self.sources = []

        def once():
            with listening((), (), None, trial.keras, symbolic=True) as heard:
                if trial.standing_in:
                    trial.stand_in()
                else:
                    trial.model.train_step(data)
            (call,) = [d for d in heard.derived if d.of_variables]
            weights = call.weights or [None] * len(call.targets)
            parts = [
                tf.reduce_sum(tf.cast(t if w is None else t * w, "float64"))
                for t, w in zip(call.targets, weights, strict=True)
            ]
            self.sources[:] = [s for s in call.sources if hasattr(s, "assign")]
            gradients = [
                None if g is None else tf.convert_to_tensor(g)
                for g, s in zip(call.gradients, call.sources, strict=True)
                if hasattr(s, "assign")
            ]
            return tf.add_n(parts), gradients

        with plainly():
            self.graph = tf.function(once).get_concrete_function()
        kinds = {op.type for op in self.graph.graph.get_operations()}
        self.quantized = any(kind.startswith(ROUGH_OPS) for kind in kinds)


@contextmanager
def _deaf(optimizers):
    """Inside, these optimizers apply nothing."""
    before = [dict(vars(optimizer)) for optimizer in optimizers]
    try:
        for optimizer in optimizers:
            vars(optimizer)["apply"] = lambda *_, **__: None
        yield
    finally:
        for optimizer, held in zip(optimizers, before, strict=True):
            vars(optimizer).clear()
            vars(optimizer).update(held)


def _real(variable):
    """The values of a variable, in numbers that NumPy can count in."""
    values = np.asarray(variable)
    return values.copy() if values.dtype in (np.float32, np.float64) else values.astype("float32")
