"""The models that 02.probe is tried on: who is noisy in `fit`, who only seems to be.

Call `subjects()` where Keras is loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass

INPUTS, UNITS, RATE = 8, 16, 0.2


@dataclass(frozen=True)
class Subject:
    """A model to be probed, and what is true of it."""

    name: str
    make: Callable  # () -> a compiled Keras model
    random: bool  # in `fit`
    words: str  # "a model with …"
    why: str  # what makes it so
    called: bool | None = None  # is `model(x, training=True)` random? None: as in `fit`


def subjects():
    """All subjects, in a fixed order; `make` gives a fresh model each time."""
    import keras
    import tensorflow as tf
    from keras import layers

    from utils.puzzles.dropout_and_seed import LookAlike

    def stack(*middle):
        return [layers.Dense(UNITS, "relu"), *middle, layers.Dense(1)]

    def compiled(model, optimizer="sgd"):  # whose eager step is the cheapest
        model.compile(optimizer=optimizer, loss="mse")
        return model

    def built(steps):
        return keras.Sequential([keras.Input([INPUTS]), *steps])

    class Chain(keras.Model):
        """Runs its layers one after the other, as `how` says."""

        def __init__(self, steps):
            super().__init__()
            self.steps = steps

    class Deaf(Chain):
        def call(self, x):
            for layer in self.steps:
                x = layer(x)
            return x

    class Hard(Chain):
        def call(self, x, training=None):
            for layer in self.steps:
                quiet = isinstance(layer, layers.Dropout)
                x = layer(x, training=False) if quiet else layer(x)
            return x

    class Spare(Chain):
        def call(self, x, training=None):
            return self.steps[-1](self.steps[0](x))

    class OwnStep(keras.Sequential):
        def train_step(self, data):
            x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
            with tf.GradientTape() as tape:
                loss = self.compute_loss(x=x, y=y, y_pred=self(x))
            variables = self.trainable_variables
            self.optimizer.apply(tape.gradient(loss, variables), variables)
            for metric in self.metrics:
                metric.update_state(loss)
            return {metric.name: metric.result() for metric in self.metrics}

    class Hidden(layers.Layer):
        """Dropout without a Dropout layer."""

        def call(self, x, training=None):
            return keras.random.dropout(x, RATE) if training else x

    def frozen():
        layer = layers.Dropout(RATE)
        layer.trainable = False
        return keras.Sequential(stack(layer))

    def dropout():
        return layers.Dropout(RATE)

    def nested():
        return keras.Sequential(stack(keras.Sequential([layers.Dense(UNITS), dropout()])))

    return [
        Subject(
            "plain",
            lambda: compiled(keras.Sequential(stack(dropout())), "rmsprop"),
            True,
            "a Sequential with a Dropout of 0.2",
            "`fit` tells its layers that this is training",
        ),
        Subject(
            "rate 0",
            lambda: compiled(built(stack(layers.Dropout(0)))),
            False,
            "a Sequential with a Dropout of 0",
            "its Dropout never drops",
        ),
        Subject(
            "look-alike",
            lambda: compiled(LookAlike(stack(dropout()))),
            False,
            "the look-alike without a shape",
            "it runs `layer.call(x)`, which nobody tells that this is training",
        ),
        Subject(
            "deaf",
            lambda: compiled(Deaf(stack(dropout()))),
            False,
            "a model whose `call` has no argument `training`",
            "`fit` finds nobody to tell that this is training, though a call by hand does",
            called=True,
        ),
        Subject(
            "hard",
            lambda: compiled(Hard(stack(dropout()))),
            False,
            "a model whose `call` says `training=False` to its Dropout",
            "that word is heard last",
        ),
        Subject(
            "gaussian",
            lambda: compiled(keras.Sequential(stack(layers.GaussianNoise(0.2)))),
            True,
            "a Sequential with GaussianNoise",
            "noise that is added is as random as noise that drops",
        ),
        Subject(
            "hidden",
            lambda: compiled(keras.Sequential(stack(Hidden()))),
            True,
            "a model with a layer of its own that calls `keras.random.dropout`",
            "no Dropout layer is needed for that",
        ),
        Subject(
            "batch norm",
            lambda: compiled(built(stack(layers.BatchNormalization())), "rmsprop"),
            False,
            "a Sequential with BatchNormalization and no Dropout",
            "in training it uses the batch's own mean and in `predict` a kept one: other numbers, "
            "no random ones",
        ),
        Subject(
            "own step",
            lambda: compiled(OwnStep(stack(dropout()))),
            False,
            "a model with a `train_step` of its own, which calls `self(x)`",
            "`self(x)` says nothing of training",
            called=True,
        ),
        Subject(
            "frozen",
            lambda: compiled(frozen()),
            True,
            "a Sequential whose Dropout has `trainable=False`",
            "`trainable` is about weights, and Dropout has none",
        ),
        Subject(
            "nested",
            lambda: compiled(nested()),
            True,
            "a Sequential with a Dropout inside a Sequential",
            "a model within a model is told as well",
        ),
        Subject(
            "spare",
            lambda: compiled(Spare(stack(dropout()))),
            False,
            "a model that holds a Dropout and never uses it",
            "a layer that is not asked says nothing",
        ),
    ]
