"""What a step of fit does is heard and told truly, healthy models raise no alarm, and nothing in
the model changes.
"""

import types

import keras
import numpy as np
import pytest
import tensorflow as tf

from utils.instruments.gradients import gradients

L, ops = keras.layers, keras.ops
RNG = np.random.default_rng(0)
FLAT = RNG.normal(size=(16, 6)).astype("float32")
SEQUENCES = RNG.normal(size=(8, 5, 3)).astype("float32")
TOKENS = RNG.integers(1, 12, (8, 5))
TARGET = RNG.normal(size=(16, 1)).astype("float32")
OF_EIGHT = TARGET[:8]


def compiled(model, loss="mse", optimizer="adam", **how):
    """Compiled to run plainly, which spares the tests the tracing of most graphs."""
    model.compile(optimizer=optimizer, loss=loss, **{"run_eagerly": True, **how})
    return model


def chain(*layers, shape=(6,), **how):
    return compiled(keras.Sequential([keras.Input(shape), *layers]), **how)


def on_sequences(*layers, **how):
    return chain(*layers, shape=(5, 3), **how)


class Two(keras.Model):
    """Dense, Dense; subclasses change the way between them."""

    def __init__(self, **how):
        super().__init__(**how)
        self.first = L.Dense(6, activation="tanh", name="first")
        self.last = L.Dense(1, name="last")

    def call(self, x):
        return self.last(self.first(x))


class OwnStep(Two):
    """A train_step as in Keras' guide; subclasses change one thing in it."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.descended(x, y)
        variables = self.asked()
        self.hand_over(tape.gradient(loss, variables), variables)
        return {"loss": loss}

    def descended(self, x, y):
        return self.compute_loss(x, y, self(x, training=True))

    def asked(self):
        return self.trainable_variables

    def hand_over(self, found, variables):
        self.optimizer.apply_gradients(zip(found, variables, strict=True))


@tf.custom_gradient
def reversal(x):
    return tf.identity(x), lambda dy: -0.5 * dy


@tf.custom_gradient
def straight_through(x):
    return tf.round(2 * x) / 2, lambda dy: dy


@tf.custom_gradient
def spike(x):
    return tf.cast(x > 0, tf.float32), lambda dy: dy / (1 + tf.abs(x)) ** 2


@tf.custom_gradient
def clipped_backwards(x):
    return tf.identity(x), lambda dy: tf.clip_by_value(dy, -0.01, 0.01)


@tf.custom_gradient
def right_swish(x):
    s = tf.sigmoid(x)
    return x * s, lambda dy: dy * (s + x * s * (1 - s))


@tf.custom_gradient
def wrong_swish(x):
    s = tf.sigmoid(x)
    return x * s, lambda dy: dy * s


@tf.custom_gradient
def forgets_its_factor(x):
    return 3 * tf.tanh(x), lambda dy: dy * (1 - tf.tanh(x) ** 2)


@tf.custom_gradient
def without_the_upstream(x):
    return tf.tanh(x), lambda dy: 1 - tf.tanh(x) ** 2


@tf.custom_gradient
def dead_backwards(x):
    return tf.tanh(x), lambda dy: tf.zeros_like(dy)


def through(function):
    return chain(L.Dense(8), L.Lambda(function, output_shape=(8,)), L.Dense(1))


# Models that are as they should be


class Variational(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = L.Dense(4), L.Dense(6)
        self.seeds = keras.random.SeedGenerator(1)

    def call(self, x):
        mean, spread = ops.split(self.encoder(x), 2, axis=-1)
        self.add_loss(ops.mean(mean**2 + ops.exp(spread) - spread))
        noise = keras.random.normal(ops.shape(mean), seed=self.seeds)
        return self.decoder(mean + ops.exp(spread / 2) * noise)


class Adversarial(keras.Model):
    """Two optimizers; call gives the generator's answer."""

    def __init__(self):
        super().__init__()
        self.generator, self.critic = L.Dense(6, name="generator"), L.Dense(1, name="critic")
        self.of_generator, self.of_critic = keras.optimizers.Adam(), keras.optimizers.Adam()

    def call(self, x):
        return self.generator(x)

    def train_step(self, data):
        x = data[0]
        with tf.GradientTape() as tape:
            fake = self.generator(x)
            loss = ops.mean(ops.softplus(self.critic(fake)) + ops.softplus(-self.critic(x)))
        v = self.critic.trainable_variables
        self.of_critic.apply(tape.gradient(loss, v), v)
        with tf.GradientTape() as tape:
            loss = ops.mean(ops.softplus(-self.critic(self.generator(x))))
        v = self.generator.trainable_variables
        self.of_generator.apply(tape.gradient(loss, v), v)
        return {"loss": loss}


class ByTurns(OwnStep):
    """One layer in even steps, the other in odd ones."""

    turn = 0

    def asked(self):
        if not self.optimizer.built:
            self.optimizer.build(self.trainable_variables)
        self.turn += 1
        return (self.first if self.turn % 2 else self.last).trainable_variables


class WithTarget(OwnStep):
    """A target network, a copy of the first layer, which moves the loss only."""

    def __init__(self):
        super().__init__()
        self.target = L.Dense(6, activation="tanh", name="target")

    def descended(self, x, y):
        wanted = ops.stop_gradient(self.target(x))
        return super().descended(x, y) + ops.mean((self.first(x) - wanted) ** 2)

    def asked(self):
        return self.first.trainable_variables + self.last.trainable_variables


class WithTeacher(WithTarget):
    """The target is a moving average of the first layer."""

    def hand_over(self, found, variables):
        super().hand_over(found, variables)
        for old, new in zip(self.target.weights, self.first.weights, strict=True):
            old.assign(0.9 * old + 0.1 * new)


class Halting(Two):
    def call(self, x):
        h = self.first(x)
        return self.last(h + ops.stop_gradient(ops.round(h) - h))


class CountsCalls(Two):
    """Keeps a state in a variable that TensorFlow takes for trainable."""

    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(np.ones(6, "float32"))

    def call(self, x):
        self.scale.assign(0.9 * self.scale + 0.1)
        return super().call(x * self.scale)


class Reports(OwnStep):
    """Reports another loss than it descends."""

    def train_step(self, data):
        super().train_step(data)
        return {"loss": ops.mean(ops.abs(data[1]))}


class Clips(OwnStep):
    def hand_over(self, found, variables):
        super().hand_over(tf.clip_by_global_norm(found, 0.1)[0], variables)


class ClipsEach(OwnStep):
    def hand_over(self, found, variables):
        super().hand_over([tf.clip_by_value(g, -0.01, 0.01) for g in found], variables)


class ByHand(OwnStep):
    """Plain gradient descent without an optimizer."""

    def hand_over(self, found, variables):
        for v, g in zip(variables, found, strict=True):
            v.assign_sub(0.01 * g)


class Penalised(OwnStep):
    """A penalty on the slope after the input, from a tape within the tape."""

    def descended(self, x, y):
        with tf.GradientTape() as inner:
            inner.watch(x)
            answer = self(x, training=True)
        slope = inner.gradient(answer, x)
        return self.compute_loss(x, y, answer) + ops.mean(slope**2)


class Truncated(keras.Model):
    """Backpropagation through time that is cut on purpose."""

    def __init__(self):
        super().__init__()
        self.cell, self.out = L.GRUCell(4), L.Dense(1)

    def call(self, x):
        h = ops.zeros((8, 4))
        for step in range(5):
            h, _ = self.cell(x[:, step], [h])
            h = ops.stop_gradient(h) if step == 2 else h
        return self.out(h)


class Siamese(OwnStep):
    """One of two branches is held still, as in SimSiam."""

    def descended(self, x, y):
        one, other = self.first(x), self.first(x + 0.1)
        return super().descended(x, y) - ops.mean(one * tf.stop_gradient(other))


def two_domains():
    """Gradients of one head are turned round on their way to what both share."""
    x = keras.Input((6,))
    h = L.Dense(6, activation="tanh")(x)
    turned = L.Lambda(reversal, output_shape=(6,))(h)
    return compiled(keras.Model(x, [L.Dense(1)(h), L.Dense(1)(turned)]), loss=["mse", "mse"])


def one_loss_of_two():
    x = keras.Input((6,))
    h = L.Dense(6, activation="tanh")(x)
    return compiled(keras.Model(x, [L.Dense(1)(h), L.Dense(1)(h)]), loss=["mse", None])


def pooler_left_over():
    x = keras.Input((5, 3))
    h = L.Dense(4)(x)
    pooled = L.Dense(4, name="pooler")(h[:, 0])
    backbone = keras.Model(x, [h, pooled])
    return compiled(Uses(backbone))


class Uses(keras.Model):
    def __init__(self, backbone):
        super().__init__()
        self.backbone, self.head = backbone, L.Dense(1)

    def call(self, x):
        return self.head(self.backbone(x)[0][:, -1])


def frozen_after_compile():
    model = chain(L.Dense(6, name="frozen"), L.BatchNormalization(), L.Dense(1))
    model.layers[0].trainable = False
    return model


def all_frozen():
    model = chain(L.Dense(6), L.Dense(1))
    model.trainable = False
    return model


def low_rank():
    """Zero-initialised second factor: the first one gets zeros in the first step."""
    x = keras.Input((6,))
    update = L.Dense(6, kernel_initializer="zeros", use_bias=False)(L.Dense(2, use_bias=False)(x))
    return compiled(keras.Model(x, L.Dense(1)(x + update)))


def weighted_by_masks():
    return chain(L.Embedding(12, 4, mask_zero=True), L.GRU(4), L.Dense(1), shape=(5,))


def sums_its_answers(y, p):
    return ops.mean((ops.sum(p, axis=-1, keepdims=True) - y) ** 2)


HEALTHY = {  # name -> model, x, y, questions that may be asked
    "lstm": (lambda: on_sequences(L.LSTM(4), L.Dense(1)), SEQUENCES, OF_EIGHT),
    "as a graph": (
        lambda: on_sequences(L.GRU(3), L.Dense(1), run_eagerly=False),
        SEQUENCES,
        OF_EIGHT,
    ),
    "bidirectional": (
        lambda: on_sequences(L.Bidirectional(L.LSTM(3)), L.Dense(1)),
        SEQUENCES,
        OF_EIGHT,
    ),
    "not compiled": (lambda: keras.Sequential([L.Dense(4), L.Dense(1)]), FLAT, TARGET),
    "unbuilt": (lambda: compiled(keras.Sequential([L.Dense(4), L.Dense(1)])), FLAT, TARGET),
    "a layer": (lambda: L.Dense(3), FLAT, None),
    "without y": (lambda: chain(L.Dense(4), L.Dense(1)), FLAT, None),
    "own step": (lambda: compiled(OwnStep()), FLAT, TARGET),
    "own loss": (lambda: chain(L.Dense(4), loss=sums_its_answers), FLAT, TARGET),
    "embedding": (weighted_by_masks, TOKENS, OF_EIGHT),
    "one timestep": (lambda: chain(L.LSTM(4), L.Dense(1), shape=(1, 6)), FLAT[:, None], TARGET),
    "dropout": (
        lambda: chain(L.Dense(16), L.Dropout(0.5), L.Lambda(lambda x: 2 * x), L.Dense(1)),
        FLAT,
        TARGET,
    ),
    "bias before normalising": (
        lambda: chain(L.Dense(8), L.BatchNormalization(), L.Lambda(ops.tanh), L.Dense(1)),
        FLAT,
        TARGET,
    ),
    "layer norm": (lambda: chain(L.Dense(8), L.LayerNormalization(), L.Dense(1)), FLAT, TARGET),
    "frozen after compile": (frozen_after_compile, FLAT, TARGET),
    "all frozen": (all_frozen, FLAT, TARGET),
    "zero head": (lambda: chain(L.Dense(4), L.Dense(1, kernel_initializer="zeros")), FLAT, TARGET),
    "zero head of many classes": (
        lambda: chain(
            L.Dense(9, kernel_initializer="zeros"),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        ),
        FLAT,
        np.arange(16) % 4,
    ),
    "low rank": (low_rank, FLAT, TARGET),
    "one loss of two": (one_loss_of_two, FLAT, [TARGET, TARGET]),
    "variational": (lambda: compiled(Variational()), FLAT, FLAT),
    "adversarial": (lambda: compiled(Adversarial(), loss=None), FLAT, TARGET),
    "by turns": (lambda: compiled(ByTurns()), FLAT, TARGET),
    "target network": (lambda: compiled(WithTarget()), FLAT, TARGET),
    "teacher": (lambda: compiled(WithTeacher()), FLAT, TARGET),
    "straight through by stopping": (lambda: compiled(Halting()), FLAT, TARGET),
    "a state": (lambda: compiled(CountsCalls()), FLAT, TARGET),
    "truncated": (lambda: compiled(Truncated()), SEQUENCES, OF_EIGHT),
    "siamese": (lambda: compiled(Siamese()), FLAT, TARGET),
    "two domains": (two_domains, FLAT, [TARGET, TARGET]),
    "reports another loss": (lambda: compiled(Reports()), FLAT, TARGET),
    "clips": (lambda: compiled(Clips()), FLAT, TARGET),
    "clips each": (lambda: compiled(ClipsEach()), FLAT, TARGET),
    "by hand": (lambda: compiled(ByHand()), FLAT, TARGET),
    "penalised": (lambda: compiled(Penalised()), FLAT, TARGET),
    "clipnorm": (
        lambda: chain(L.Dense(4), L.Dense(1), optimizer=keras.optimizers.SGD(0.1, clipnorm=0.01)),
        FLAT,
        TARGET,
    ),
    "accumulates": (
        lambda: chain(
            L.Dense(4),
            L.Dense(1),
            optimizer=keras.optimizers.SGD(0.1, gradient_accumulation_steps=8),
        ),
        FLAT,
        TARGET,
    ),
    "moving average": (
        lambda: chain(L.Dense(4), L.Dense(1), optimizer=keras.optimizers.SGD(0.1, use_ema=True)),
        FLAT,
        TARGET,
    ),
    "loss scale": (
        lambda: chain(
            L.Dense(4, dtype="mixed_float16"),
            L.Dense(1),
            optimizer=keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD()),
        ),
        FLAT,
        TARGET,
    ),
    "warms up": (
        lambda: chain(
            L.Dense(4),
            L.Dense(1),
            optimizer=keras.optimizers.SGD(
                keras.optimizers.schedules.PolynomialDecay(0.0, 10, 0.1)
            ),
        ),
        FLAT,
        TARGET,
    ),
    "regularised": (lambda: chain(L.Dense(4, kernel_regularizer="l2"), L.Dense(1)), FLAT, TARGET),
    "right custom gradient": (lambda: through(right_swish), FLAT, TARGET),
    "straight through": (lambda: through(straight_through), FLAT, TARGET),
    "spikes": (lambda: through(spike), FLAT, TARGET),
    "clipped backwards": (lambda: through(clipped_backwards), FLAT, TARGET),
    "stateful": (
        lambda: compiled(
            keras.Sequential(
                [keras.Input(batch_shape=(8, 5, 3)), L.LSTM(3, stateful=True), L.Dense(1)]
            )
        ),
        SEQUENCES,
        OF_EIGHT,
    ),
    "attention": (
        lambda: on_sequences(L.Dense(4), Attends(), L.GlobalAveragePooling1D(), L.Dense(1)),
        SEQUENCES,
        OF_EIGHT,
    ),
    "convolution": (
        lambda: on_sequences(
            L.Conv1D(4, 3, padding="causal", activation="relu"), L.Flatten(), L.Dense(1)
        ),
        SEQUENCES,
        OF_EIGHT,
    ),
    "hinge that is met": (
        lambda: chain(
            L.Dense(
                1, kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(5.0)
            ),
            loss="hinge",
        ),
        FLAT,
        np.ones((16, 1)),
    ),
}


class Attends(L.Layer):
    def __init__(self):
        super().__init__()
        self.attention = L.MultiHeadAttention(2, 2)

    def call(self, x):
        return x + self.attention(x, x)


@pytest.mark.parametrize("name", HEALTHY)
def test_no_alarm_for_a_healthy_model(name):
    build, x, y = HEALTHY[name]
    report = gradients(build(), x, y, seconds=60)
    assert report.findings == (), report.sentence
    assert report.seen or report.not_seen


@pytest.mark.parametrize("seed", [2, 3, 24, 38])
def test_a_branch_held_still_is_no_multiple_even_if_it_weighs_little(seed):
    """With these weights the loss changes 0.96 to 1.03 times as fast as the gradients say."""
    keras.utils.set_random_seed(seed)
    report = gradients(compiled(Siamese()), FLAT, TARGET)
    assert report.findings == (), report.sentence


# Models with a fault


class Cut(Two):
    def call(self, x):
        return self.last(ops.stop_gradient(self.first(x)))


class ThroughNumpy(Two):
    def call(self, x):
        return self.last(ops.convert_to_tensor(np.asarray(self.first(x))))


class ThroughArgmax(Two):
    def call(self, x):
        chosen = ops.argmax(self.first(x), axis=-1)
        return self.last(ops.one_hot(chosen, 6))


class Forgotten(Two):
    def call(self, x):
        self.first(x)
        return self.last(x)


class HeadOnly(OwnStep):
    def asked(self):
        return self.last.trainable_variables


class Never(OwnStep):
    def hand_over(self, found, variables):
        pass


class Nothing(OwnStep):
    def hand_over(self, found, variables):
        self.optimizer.apply([], [])


class Swapped(OwnStep):
    """Derived in one order, applied in another."""

    def __init__(self):
        super().__init__()
        self.second = L.Dense(6, activation="tanh", name="second")

    def call(self, x):
        return self.last(self.second(self.first(x)))

    def asked(self):
        return [v for part in (self.first, self.second, self.last) for v in part.weights]

    def hand_over(self, found, variables):
        parts = self.second, self.first, self.last
        super().hand_over(found, [v for part in parts for v in part.weights])


class Climbs(OwnStep):
    def hand_over(self, found, variables):
        super().hand_over([-g for g in found], variables)


class OutsideTheTape(OwnStep):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            answer = self(x, training=True)
        loss = self.compute_loss(x, y, answer)
        v = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, v), v)
        return {"loss": loss}


class PlainVariable(Two):
    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(np.ones(6, "float32"), name="gain")

    def call(self, x):
        return super().call(x * self.gain)


class Hidden(Two):
    """A layer in an object of which Keras knows nothing."""

    def __init__(self):
        super().__init__()
        self.parts = types.SimpleNamespace(middle=L.Dense(6, name="middle"))

    def call(self, x):
        return super().call(self.parts.middle(x))


class MadeInCall(Two):
    def call(self, x):
        return super().call(L.Dense(6, name="new")(x))


def in_a_closure():
    middle = L.Dense(6, name="middle")
    return chain(L.Lambda(lambda x: middle(x), output_shape=(6,)), L.Dense(1))


class Knob(PlainVariable):
    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(1.5, name="gain")


class Repeated(Two):
    def __init__(self):
        super().__init__()
        self.blocks = [L.Dense(6, name="block")] * 3

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return super().call(x)


def alike(initializer, hidden=8, **how):
    return chain(
        L.Dense(hidden, activation="tanh", kernel_initializer=initializer, **how),
        L.Dense(1, kernel_initializer=initializer),
    )


def one_seed():
    start = keras.initializers.GlorotUniform(seed=1)
    return chain(
        *(L.Dense(6, kernel_initializer=start, activation="tanh") for _ in "ab"), L.Dense(1)
    )


def called_twice():
    x, layer = keras.Input((5, 3)), L.GRU(3, return_sequences=True)
    return compiled(keras.Model(x, L.Dense(1)(layer(layer(x))[:, -1])))


def no_slope(y, p):
    return ops.mean(ops.abs(ops.round(p) - y))


DEAD = keras.initializers.Constant(-100.0)
FAULTY = {  # name -> model, x, y, what is found, words in the sentence
    "stop_gradient": (lambda: compiled(Cut()), FLAT, TARGET, "no gradient", "the way back is cut"),
    "not compiled and cut": (Cut, FLAT, TARGET, "no gradient", "the way back is cut"),
    "numpy": (lambda: compiled(ThroughNumpy()), FLAT, TARGET, "no gradient", "“first/kernel”"),
    "argmax": (lambda: compiled(ThroughArgmax()), FLAT, TARGET, "no gradient", "argmax"),
    "rounded loss": (
        lambda: chain(L.Dense(1), loss=no_slope),
        FLAT,
        TARGET,
        "no gradient",
        "None of the 2",
    ),
    "forgotten": (
        lambda: compiled(Forgotten()),
        FLAT,
        TARGET,
        "no gradient",
        "nothing depends on them",
    ),
    "forgotten, not compiled": (Forgotten, FLAT, None, "no gradient", "nothing depends on them"),
    "head only": (
        lambda: compiled(HeadOnly()),
        FLAT,
        TARGET,
        "no gradient",
        "not among the variables",
    ),
    "outside the tape": (
        lambda: compiled(OutsideTheTape()),
        FLAT,
        TARGET,
        "no gradient",
        "None of the 4",
    ),
    "never applied": (
        lambda: compiled(Never()),
        FLAT,
        TARGET,
        "weights do not move",
        "No optimizer",
    ),
    "applied to nothing": (
        lambda: compiled(Nothing()),
        FLAT,
        TARGET,
        "weights do not move",
        "no trainable weight",
    ),
    "learning rate 0": (
        lambda: chain(L.Dense(1), optimizer=keras.optimizers.SGD(0.0)),
        FLAT,
        TARGET,
        "weights do not move",
        "rate is 0",
    ),
    "plain variable": (
        lambda: compiled(PlainVariable()),
        FLAT,
        TARGET,
        "untracked variable",
        ".gain”",
    ),
    "plain variable, not compiled": (PlainVariable, FLAT, None, "untracked variable", ".gain”"),
    "hidden layer": (
        lambda: compiled(Hidden()),
        FLAT,
        TARGET,
        "untracked variable",
        "middle/kernel",
    ),
    "closure": (in_a_closure, FLAT, TARGET, "untracked variable", "middle/kernel"),
    "made in call": (lambda: compiled(MadeInCall()), FLAT, TARGET, "untracked variable", "anew"),
    "a knob": (lambda: compiled(Knob()), FLAT, TARGET, "untracked variable", ".gain”"),
    "ones": (lambda: alike("ones"), FLAT, TARGET, "units are twins", "8 of 8"),
    "zeros": (lambda: alike("zeros"), FLAT, TARGET, "units are twins", "8 of 8"),
    "recurrent twins": (
        lambda: on_sequences(
            L.SimpleRNN(4, kernel_initializer="ones", recurrent_initializer="ones"),
            L.Dense(1, kernel_initializer="ones"),
        ),
        SEQUENCES,
        OF_EIGHT,
        "units are twins",
        "4 of 4",
    ),
    "lstm twins": (
        lambda: on_sequences(
            L.LSTM(4, kernel_initializer="ones", recurrent_initializer="zeros"),
            L.Dense(1, kernel_initializer="ones"),
        ),
        SEQUENCES,
        OF_EIGHT,
        "units are twins",
        "4 of 4",
    ),
    "swapped": (
        lambda: compiled(Swapped()),
        FLAT,
        TARGET,
        "gradient is not the loss's",
        "wrong variables",
    ),
    "climbs": (lambda: compiled(Climbs()), FLAT, TARGET, "gradient is a multiple", "climbs"),
    "product rule": (
        lambda: through(wrong_swish),
        FLAT,
        TARGET,
        "gradient is not the loss's",
        "custom_gradient",
    ),
    "no upstream": (
        lambda: through(without_the_upstream),
        FLAT,
        TARGET,
        "gradient is not the loss's",
        "custom_gradient",
    ),
    "dead backwards": (
        lambda: through(dead_backwards),
        FLAT,
        TARGET,
        "gradient is not the loss's",
        "gradient says 0",
    ),
    "root of 0": (
        lambda: chain(L.Dense(4), L.Lambda(lambda x: ops.sqrt(0 * x)), L.Dense(1)),
        FLAT,
        TARGET,
        "gradient is not finite",
        "NaN",
    ),
    "dead": (
        lambda: chain(L.Dense(4, "relu", bias_initializer=DEAD), L.Dense(1)),
        FLAT,
        TARGET,
        "zero gradient",
        "0 in all their numbers",
    ),
    "one seed": (one_seed, FLAT, TARGET, "same start", "equal to the last bit"),
    "one block thrice": (
        lambda: compiled(Repeated()),
        FLAT,
        TARGET,
        "one layer, called again",
        "3 times",
    ),
    "called twice": (called_twice, SEQUENCES, OF_EIGHT, "one layer, called again", "2 times"),
    "reversal": (lambda: through(reversal), FLAT, TARGET, "gradient is a multiple", "-2 times"),
    "a factor": (
        lambda: through(forgets_its_factor),
        FLAT,
        TARGET,
        "gradient is a multiple",
        "3 times",
    ),
    "left over": (
        pooler_left_over,
        SEQUENCES,
        OF_EIGHT,
        "no gradient",
        "a nested model with several outputs",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_found_and_told(name):
    build, x, y, finding, words = FAULTY[name]
    report = gradients(build(), x, y, seconds=60)
    assert finding in report.findings, report.sentence
    assert words in report.sentence


def bits(model):
    """Everything that a step changes, as bytes."""
    optimizer = getattr(model, "optimizer", None)
    held = [*model.variables, *(optimizer.variables if optimizer else ()), *model.metrics_variables]
    values = [(v.path, np.asarray(v).tobytes()) for v in held]
    layers = [(layer.name, layer.built) for layer in model._flatten_layers()]
    return (
        values,
        layers,
        optimizer and optimizer.built,
        sorted(vars(model)),
        np.random.get_state()[2],
    )


@pytest.mark.parametrize("name", ["lstm", "as a graph", "unbuilt", "adversarial", "teacher"])
def test_the_model_is_left_bit_for_bit(name):
    build, x, y = HEALTHY[name]
    model = build()
    before = bits(model)
    gradients(model, x, y)
    assert bits(model) == before


def test_a_layer_that_keras_does_not_know_is_left_as_it_was_too():
    model = compiled(Hidden())
    gradients(model, FLAT, TARGET)
    assert not model.parts.middle.built and not model.built
    model(FLAT)
    before = [np.asarray(w) for w in model.parts.middle.weights]
    gradients(model, FLAT, TARGET)
    assert all(map(np.array_equal, before, model.parts.middle.weights))


def test_an_interrupt_leaves_the_model_as_it_was():
    class Interrupted(OwnStep):
        def hand_over(self, found, variables):
            super().hand_over(found, variables)
            raise KeyboardInterrupt

    model = compiled(Interrupted())
    model(FLAT)
    before = bits(model)
    with pytest.raises(KeyboardInterrupt):
        gradients(model, FLAT, TARGET)
    assert bits(model) == before


def test_the_norms_are_those_of_the_gradients_of_the_loss():
    model = chain(L.Dense(1, use_bias=False))
    weights = np.asarray(model.weights[0])
    expected = 2 / 16 * FLAT.T @ (FLAT @ weights - TARGET)
    report = gradients(model, FLAT, TARGET)
    (norm,) = report.numbers["norms"].values()
    assert norm == pytest.approx(np.linalg.norm(expected), rel=1e-4)
    assert report.numbers["descended"][0][0] == pytest.approx(
        np.mean((FLAT @ weights - TARGET) ** 2), rel=1e-4
    )


def test_the_picture_has_a_bar_for_each_gradient_and_words_for_none():
    report = gradients(compiled(Cut()), FLAT, TARGET)
    (ax,) = report.plot().axes
    assert len(ax.patches) == 2
    assert [text.get_text() for text in ax.texts] == ["no gradient"] * 2
    assert "alt=" in report._repr_mimebundle_()["text/html"]


def test_a_plain_function_is_sent_to_gradcheck():
    report = gradients(lambda x: x, FLAT, TARGET)
    assert report.verdict == "not looked at" and "gradcheck" in report.sentence


@pytest.mark.parametrize(
    "model, x, error, words",
    [
        (3, FLAT, TypeError, "expected a Keras model"),
        (Two, FLAT, TypeError, "the class Two"),
        (chain(L.Dense(1)), np.full((4, 6), np.nan), ValueError, "NaN"),
        (chain(L.Dense(1)), FLAT[:, :2], RuntimeError, "raised ValueError in one step of fit"),
    ],
)
def test_what_can_not_be_used_gets_a_sentence(model, x, error, words):
    with pytest.raises(error, match=words):
        gradients(model, x, TARGET[: len(x)])


def test_what_takes_too_long_is_left_out_and_said():
    model = through(wrong_swish)
    report = gradients(model, FLAT, TARGET, seconds=1e-4)
    assert "takes too long" in report.sentence and not report.findings
