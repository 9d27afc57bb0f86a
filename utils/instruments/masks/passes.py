"""Forward passes of a model in predict mode, each from the same state, with the masks watched."""

import time
from contextlib import ExitStack, contextmanager

import numpy as np

from utils.error_text import text_of

from ..noisy_layers import own_generators
from ..runs import as_arrays
from ..state import layers_of, memory_of_all
from .watching import Watch, watching

DIGITS = {"float64": 7, "float16": 3, "bfloat16": 2}  # decimal ones, at most those of float32
BIAS = 0.1  # in place of zeros: after some training no bias is 0, and padding passes through it


class Passes:
    """A model's answers to inputs of its own, with something poked."""

    def __init__(self, model, x, weights, keras):
        self.model, self.x, self.weights, self.keras = model, x, weights, keras
        if not all(layer.built for layer in layers_of(model)):
            self.call(x)
        self.layers = layers_of(model)
        self.digits = min(DIGITS.get(layer.compute_dtype, 7) for layer in self.layers)
        self._stir_biases()
        self.put_back = memory_of_all(model)
        self.base = Watch(keras)
        began = time.process_time()  # a busy machine changes no result
        self.answers = self.ask(self.base)
        self.seconds = time.process_time() - began  # that one pass takes

    def ask(self, watch, x=None, any_length=False):
        """The answers, as tensors with their masks, to x or to another nest of arrays."""
        try:
            with ExitStack() as stack:
                stack.enter_context(watching(self.layers, watch))
                if any_length:
                    stack.enter_context(_any_length(self.layers, self.keras))
                return self.call(self.x if x is None else x)
        finally:
            self.put_back()

    def call(self, x):
        """A plain call with training=False -> a nest of tensors, with their masks."""
        tensors = self.keras.tree.map_structure(self.keras.ops.convert_to_tensor, x)
        try:
            return self.model(tensors, **self._quiet())
        except Exception as error:
            words = f"The model raised {type(error).__name__}: {text_of(error)}"
            raise RuntimeError(words) from error

    def varies(self, seeds=True):
        """Whether the same x gets another answer: when the model's seeds move on, or always."""
        for layer in self.layers if seeds else ():
            for generator in own_generators(layer, self.keras):
                generator.state.assign(generator.state + 1)
        again = self.ask(Watch(self.keras))
        pairs = zip(as_arrays(self.answers, self.keras), as_arrays(again, self.keras), strict=True)
        return not all(map(np.array_equal, *zip(*pairs, strict=True)))

    def nest(self, arrays):
        """A list of arrays in the form of x."""
        parts = iter(arrays)
        return self.keras.tree.map_structure(lambda _: next(parts), self.x)

    def _quiet(self):
        return {"training": False} if self.model._call_has_training_arg else {}

    def _stir_biases(self):
        rng = np.random.default_rng(0)
        for variable in self.model.trainable_variables:
            if not np.asarray(variable).any():
                variable.assign(BIAS * rng.normal(size=variable.shape))


@contextmanager
def _any_length(layers, keras):
    """Inside, models take sequences of another length than their Input declares."""
    models = [layer for layer in layers if isinstance(layer, keras.Model)]
    try:
        for model in models:
            vars(model)["_assert_input_compatibility"] = lambda *_: None
        yield
    finally:
        for model in models:
            vars(model).pop("_assert_input_compatibility", None)
