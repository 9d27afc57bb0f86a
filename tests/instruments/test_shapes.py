"""What reaches the loss is heard truly: no healthy model is accused, and no broadcast is missed."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from utils.instruments.report import FAULT, QUESTION
from utils.instruments.shapes import shapes, wording

L, K = keras.layers, keras.ops
RNG = np.random.default_rng(0)
ROWS, STEPS = 24, 5
X = RNG.normal(size=(ROWS, STEPS, 3)).astype("float32")
FLAT = X.reshape(ROWS, -1)
Y = (X[:, :, 0].mean(axis=1) + RNG.normal(size=ROWS)).astype("float32")
SEQUENCE = RNG.normal(size=(ROWS, STEPS)).astype("float32")
CLASSES = RNG.integers(0, 4, ROWS)
BINARY = RNG.integers(0, 2, ROWS)
ONE_HOT = np.eye(4, dtype="float32")[CLASSES]


def last(*layers, units=1, **how):
    return keras.Sequential(
        [keras.Input(X.shape[1:]), L.SimpleRNN(4), *layers, L.Dense(units, **how)]
    )


def sequence(units=1, **how):
    return keras.Sequential(
        [
            keras.Input(X.shape[1:]),
            L.SimpleRNN(4, return_sequences=True),
            L.Dense(units, **how),
        ]
    )


def compiled(model, loss="mse", **how):
    model.compile(**{"optimizer": "sgd", "loss": loss, **how})
    return model


class Own(keras.losses.Loss):
    """A loss of one's own, which Keras does not align anything for."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def call(self, y, p):
        return self.function(y, p)


class OwnStep(keras.Model):
    """A train_step of one's own around a function of targets and answers."""

    def __init__(self, function, units=1, squeezed=False, x_too=False):
        super().__init__()
        self.function, self.squeezed, self.x_too = function, squeezed, x_too
        self.inner, self.head = L.SimpleRNN(4), L.Dense(units)

    def call(self, x):
        answer = self.head(self.inner(x))
        return answer[:, 0] if self.squeezed else answer

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.function(self, x, y) if self.x_too else self.function(y, self(x))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables, strict=True))
        return {"loss": loss}


class InGraph(OwnStep):
    @tf.function
    def train_step(self, data):
        return super().train_step(data)


class OwnLoss(keras.Model):
    """compute_loss of one's own."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return K.mean(K.square(y - y_pred))


def own_loss(target_rank):
    inputs = keras.Input(X.shape[1:])
    answer = L.Dense(1)(L.SimpleRNN(4)(inputs))
    model = OwnLoss(inputs, answer)
    model.compile("sgd")
    return model, X, Y.reshape((-1, 1)[:target_rank] if target_rank > 1 else (-1,))


def mse(y, p):
    return K.mean(K.square(y - p))


def pinball(y, p):
    levels = K.linspace(0.1, 0.9, p.shape[-1])
    return K.mean(K.maximum(levels * (y - p), (levels - 1) * (y - p)), axis=-1)


def likelihood(y, p):
    mean, log_scale = p[:, :1], p[:, 1:]
    return K.mean(log_scale + K.square((y - mean) / K.exp(log_scale)), axis=-1)


def supervised_contrastive(y, p):
    same = K.cast(K.equal(y[:, None], y[None, :]), p.dtype)
    similar = K.matmul(p, K.transpose(p))
    return -K.mean(same * K.log_softmax(similar, axis=-1))


def triplets(y, p):
    apart = K.sum(K.square(p[:, None] - p[None]), axis=-1)
    same = K.cast(K.equal(y[:, None], y[None, :]), p.dtype)
    hinge = K.maximum(apart[:, :, None] - apart[:, None, :] + 1.0, 0.0)
    return K.mean(hinge * same[:, :, None] * (1 - same[:, None, :]))


def kernel(a, b):
    return K.mean(K.exp(-K.sum(K.square(a[:, None] - b[None]), axis=-1)))


def discrepancy(y, p):
    return kernel(y, y) + kernel(p, p) - 2 * kernel(y, p)


def transport(y, p):
    return K.mean(K.abs(K.sort(y, axis=0) - K.sort(p, axis=0)))


def best_of_several(y, p):
    return K.min(K.square(y - p), axis=-1)


def ranking(y, p):
    order = K.sign(y - K.transpose(y))
    return K.mean(K.relu(1 - order * (p - K.transpose(p))))


def unexplained(y, p):
    return K.sum(K.square(y - p)) / K.sum(K.square(y - K.mean(y)))


def correlation(y, p):
    return -K.mean((y - K.mean(y)) * (p - K.mean(p))) / (K.std(y) * K.std(p) + 1e-6)


def survival(y, p):
    time, died = y[:, :1], y[:, 1:]
    return K.mean(died * (K.exp(p) * time - p) + (1 - died) * K.exp(p) * time, axis=-1)


def balanced(y, p):
    weight = K.take(K.convert_to_tensor([1.0, 2.0, 3.0, 4.0]), K.cast(y, "int32"))
    return weight * keras.losses.sparse_categorical_crossentropy(y, p, from_logits=True)


def time_major(y, p):
    return K.mean(K.square(K.transpose(p) - y))


def pooled_over_time(y, p):
    return K.square(K.mean(y, axis=1) - K.mean(p[..., 0], axis=1))


def known_only(y, p):
    known = K.cast(K.not_equal(y, 0), p.dtype)
    return K.sum(known * K.square(y - p[..., 0])) / (K.sum(known) + 1e-6)


def mixed_up(model, x, y):
    order = tf.random.shuffle(tf.range(tf.shape(x)[0]))
    x, y = 0.7 * x + 0.3 * tf.gather(x, order), 0.7 * y + 0.3 * tf.gather(y, order)
    return tf.reduce_mean((y - model(x)[:, 0]) ** 2)


def two_outputs(first, second):
    inputs = keras.Input(X.shape[1:])
    inner = L.SimpleRNN(4)(inputs)
    outputs = {"a": L.Dense(1, name="a")(inner), "b": L.Dense(4, name="b")(inner)}
    return compiled(keras.Model(inputs, outputs), {"a": first, "b": second})


class VAE(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = L.Dense(4), L.Dense(FLAT.shape[1])
        self.seeds = keras.random.SeedGenerator(1)

    def call(self, x):
        code = self.encoder(x)
        noisy = code + keras.random.normal(K.shape(code), seed=self.seeds)
        self.add_loss(K.mean(K.square(code)))
        back = self.decoder(noisy)
        self.add_loss(K.mean(K.square(back - x)))
        return back


def weighted_data():
    data = tf.data.Dataset.from_tensor_slices((X, Y, np.linspace(0.1, 1, ROWS, dtype="float32")))
    return data.batch(ROWS), None


def stateful():
    layers = [L.SimpleRNN(4, stateful=True), L.Dense(1)]
    return compiled(keras.Sequential([keras.Input(batch_shape=(6, STEPS, 3)), *layers]))


def ctc():
    return compiled(sequence(6), keras.losses.CTC())


def perfect():
    """Its loss is 0 but for rounding."""
    model = compiled(keras.Sequential([keras.Input((FLAT.shape[1],)), L.Dense(1)]))
    return model, FLAT, model.predict(FLAT, verbose=0)


LEVELS_AS_STEPS = np.abs(RNG.normal(size=(ROWS, 2))).astype("float32")
HEALTHY = {
    "built-in": lambda: (compiled(last()), X, Y),
    "binary": lambda: (
        compiled(last(activation="sigmoid"), "binary_crossentropy", metrics=["accuracy"]),
        X,
        BINARY,
    ),
    "sparse": lambda: (
        compiled(last(units=4, activation="softmax"), "sparse_categorical_crossentropy"),
        X,
        CLASSES,
    ),
    "a class that is ignored": lambda: (
        compiled(
            sequence(4, activation="softmax"),
            keras.losses.SparseCategoricalCrossentropy(ignore_class=0),
        ),
        X,
        RNG.integers(0, 4, (ROWS, STEPS)),
    ),
    "a perfect fit": perfect,
    "one-hot": lambda: (
        compiled(last(units=4, activation="softmax"), "categorical_crossentropy"),
        X,
        ONE_HOT,
    ),
    "sparse tags": lambda: (
        compiled(sequence(4, activation="softmax"), "sparse_categorical_crossentropy"),
        X,
        RNG.integers(0, 4, (ROWS, STEPS)),
    ),
    "sequence": lambda: (compiled(sequence()), X, SEQUENCE),
    "plain function": lambda: (compiled(last(), mse), X, Y),
    "lists": lambda: (compiled(last()), X, Y.tolist()),
    "weights in a data set": lambda: (compiled(last()), *weighted_data()),
    "autoencoder": lambda: (
        compiled(keras.Sequential([L.Dense(2), L.Dense(FLAT.shape[1])])),
        FLAT,
        FLAT,
    ),
    "pinball": lambda: (compiled(last(units=3), Own(pinball)), X, Y[:, None]),
    "pinball function": lambda: (compiled(last(units=3), pinball), X, Y[:, None]),
    "likelihood": lambda: (compiled(last(units=2), Own(likelihood)), X, Y[:, None]),
    "best of several": lambda: (compiled(last(units=3), Own(best_of_several)), X, Y[:, None]),
    "supervised contrastive": lambda: (
        compiled(last(units=4), Own(supervised_contrastive)),
        X,
        CLASSES,
    ),
    "triplets": lambda: (compiled(last(units=4), Own(triplets)), X, CLASSES),
    "kernels": lambda: (compiled(last(units=2), Own(discrepancy)), X, LEVELS_AS_STEPS),
    "transport": lambda: (compiled(last(), Own(transport)), X, Y[:, None]),
    "ranking": lambda: (compiled(last(), Own(ranking)), X, Y[:, None]),
    "unexplained": lambda: (compiled(last(), Own(unexplained)), X, Y[:, None]),
    "correlation": lambda: (compiled(last(), Own(correlation)), X, Y[:, None]),
    "survival": lambda: (
        compiled(last(), Own(survival)),
        X,
        np.stack([np.abs(Y), BINARY], axis=1).astype("float32"),
    ),
    "balanced": lambda: (compiled(last(units=4), Own(balanced)), X, CLASSES),
    "time-major": lambda: (compiled(last(units=7), Own(time_major)), X, Y),
    "pooled over time": lambda: (compiled(sequence(), Own(pooled_over_time)), X, SEQUENCE),
    "masked by targets": lambda: (
        compiled(sequence(), Own(known_only)),
        X,
        np.where(RNG.random((ROWS, STEPS)) < 0.5, SEQUENCE, 0),
    ),
    "ctc": lambda: (ctc(), np.repeat(X, 3, axis=1)[:, :STEPS], RNG.integers(1, 6, (ROWS, 2))),
    "own step": lambda: (compiled(OwnStep(mse, squeezed=True)), X, Y),
    "step in a graph": lambda: (compiled(InGraph(mse)), X, Y[:, None]),
    "mixed up": lambda: (compiled(OwnStep(mixed_up, x_too=True)), X, Y),
    "own compute_loss": lambda: own_loss(2),
    "no loss for one": lambda: (
        two_outputs("mse", None),
        X,
        {"a": Y, "b": RNG.normal(size=(ROWS, 4)).astype("float32")},
    ),
    "two outputs": lambda: (two_outputs("mse", "mse"), X, {"a": Y, "b": ONE_HOT}),
    "its own input": lambda: (compiled(VAE(), None), FLAT, FLAT),
    "all answers alike": lambda: (compiled(last(kernel_initializer="zeros")), X, Y),
    "all targets alike": lambda: (compiled(last()), X, np.ones(ROWS)),
    "far from zero": lambda: (compiled(last()), X, 1000 + 0.1 * Y),
    "states and a fixed batch": lambda: (stateful(), X[:6], Y[:6]),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_models_are_not_accused(name):
    model, x, y = HEALTHY[name]()
    report = shapes(model, x, y, seconds=60)
    assert report.findings == (), report.sentence
    assert report.seen or report.not_seen


def wide(y, p):
    return K.mean(K.square(K.expand_dims(y, -1) - p))


def weighted_wrongly(y, p):
    weight = K.where(y > 0, 2.0, 1.0)
    return weight * K.mean(K.square(y - p), axis=-1)


def shuffled(y, p):
    return tf.reduce_mean((tf.random.shuffle(y) - p) ** 2)


def pooled(y, p):
    return K.square(K.mean(y) - K.mean(p))


def learned():
    """The mean is met, so that the loss is 0 but for rounding."""
    model = compiled(last(), lambda y, p: K.square(K.mean(y - p)))
    return model, X, model.predict(X, verbose=0)[::-1].copy()


def against_itself(y, p):
    return tf.reduce_mean((p - tf.stop_gradient(p) - 1.0) ** 2)


def keras_in_step(y, p):
    return keras.losses.MeanSquaredError()(y, p)


BROADCAST, UNPAIRED = "silently broadcast", "targets are not paired"
MANY, ONE = "every step gets one target", "one answer for every step"
FAULTY = {  # name -> model and data, findings, level, parts of the sentence
    "own loss": (
        lambda: (compiled(last(), Own(mse)), X, Y),
        (BROADCAST,),
        FAULT,
        ("shape (24,) meet answers of shape (24, 1)", "(24, 24)", "In mse (“return K.mean("),
    ),
    "own step": (
        lambda: (compiled(OwnStep(mse)), X, Y),
        (BROADCAST,),
        FAULT,
        ("in another order the loss is", "as before"),
    ),
    "step in a graph": (lambda: (compiled(InGraph(mse)), X, Y), (BROADCAST,), FAULT, ()),
    "own compute_loss": (lambda: own_loss(1), (BROADCAST,), FAULT, ()),
    "squeezed answer": (
        lambda: (compiled(OwnStep(mse, squeezed=True)), X, Y[:, None]),
        (BROADCAST,),
        FAULT,
        ("shape (24, 1) meet answers of shape (24,)",),
    ),
    "an axis too many": (
        lambda: (compiled(OwnStep(wide, squeezed=True)), X, Y),
        (BROADCAST,),
        FAULT,
        (),
    ),
    "sequence against (N,)": (
        lambda: (compiled(sequence()), X, Y),
        (BROADCAST, MANY),
        FAULT,
        ("at each of 5 timesteps", "return_sequences"),
    ),
    "sequence against (N, 1)": (
        lambda: (compiled(sequence()), X, Y[:, None]),
        (MANY,),
        FAULT,
        ("all 5 timesteps",),
    ),
    "the same in a step": (
        lambda: (compiled(OwnStep(keras_in_step, units=STEPS)), X, Y[:, None]),
        (MANY,),
        FAULT,
        (),
    ),
    "sequence and own loss": (
        lambda: (compiled(last(units=STEPS), Own(mse)), X, Y[:, None]),
        (MANY,),
        QUESTION,
        (),
    ),
    "last against (N, T)": (lambda: (compiled(last()), X, SEQUENCE), (ONE,), FAULT, ()),
    "last against (N, T, 1)": (
        lambda: (compiled(last()), X, SEQUENCE[..., None]),
        (ONE,),
        FAULT,
        ("become their mean",),
    ),
    "class numbers": (
        lambda: (compiled(last(units=4, activation="softmax")), X, CLASSES[:, None]),
        (BROADCAST,),
        FAULT,
        ("one-hot",),
    ),
    "fits by chance": (
        lambda: (compiled(last(units=ROWS)), X, Y),
        (BROADCAST,),
        FAULT,
        ("only because the batch has 24 rows",),
    ),
    "weights across": (
        lambda: (compiled(last(), Own(weighted_wrongly)), X, Y[:, None]),
        (BROADCAST,),
        FAULT,
        ("shape (24, 1) meet answers of shape (24,)",),
    ),
    "one of two outputs": (
        lambda: (two_outputs(Own(mse), "mse"), X, {"a": Y, "b": ONE_HOT}),
        (BROADCAST,),
        FAULT,
        (),
    ),
    "pooled": (
        lambda: (compiled(last(), pooled), X, Y),
        (UNPAIRED,),
        QUESTION,
        ("shapes () and ()",),
    ),
    "differences pooled, and learned": (learned, (UNPAIRED,), FAULT, ()),
    "shuffled": (
        lambda: (compiled(OwnStep(shuffled, squeezed=True)), X, Y),
        (UNPAIRED,),
        FAULT,
        ("shuffled at random",),
    ),
    "ignored": (
        lambda: (compiled(OwnStep(against_itself)), X, Y),
        ("targets ignored",),
        QUESTION,
        (),
    ),
    "metric": (
        lambda: (compiled(last(), metrics=[Squared()]), X, Y),
        (BROADCAST,),
        FAULT,
        ("This is a metric",),
    ),
}


class Squared(keras.metrics.Metric):
    """A metric of one's own that broadcasts."""

    def __init__(self):
        super().__init__(name="squared")
        self.sum = self.add_weight(name="sum", initializer="zeros")

    def update_state(self, y, p, sample_weight=None):
        self.sum.assign(K.mean(K.square(y - p)))

    def result(self):
        return self.sum + 0.0


@pytest.mark.parametrize("name", FAULTY)
def test_faults_are_found_and_told(name):
    make, findings, level, parts = FAULTY[name]
    report = shapes(*make(), seconds=60)
    assert report.findings == findings, report.sentence
    assert {found.level for found in report.found} == {level}
    for part in parts:
        assert part in report.sentence


def signed(units=1, sequences=False):
    """Its answers lie on both sides of [0, 1], whatever the seed."""
    model = sequence(units) if sequences else last(units=units)
    model.layers[-1].set_weights([3 * w for w in model.layers[-1].get_weights()])
    return model


def of_probabilities(y, p):
    return keras.losses.binary_crossentropy(y, K.sigmoid(p))


class MakesProbabilities(keras.losses.BinaryCrossentropy):
    def call(self, y, p):
        return super().call(y, K.sigmoid(p))


def weighted_padding():
    """Targets of -1 where nothing counts."""
    y = RNG.integers(0, 2, (ROWS, STEPS)).astype("float32")
    y[:, 3:] = -1
    data = tf.data.Dataset.from_tensor_slices((X, y[..., None], (y >= 0).astype("float32")))
    model = sequence(activation="sigmoid")
    return compiled(model, "binary_crossentropy"), data.batch(ROWS), None


def masked_padding():
    x, y = X.copy(), RNG.integers(0, 2, (ROWS, STEPS, 1))
    x[:, 3:], y[:, 3:] = 0, -1
    layers = [L.Masking(), L.SimpleRNN(4, return_sequences=True), L.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input(X.shape[1:]), *layers])
    return compiled(model, "binary_crossentropy"), x, y


def narrow():
    policy = keras.dtype_policies.DTypePolicy("mixed_bfloat16")
    layers = [L.SimpleRNN(4, dtype=policy), L.Dense(4, activation="softmax", dtype=policy)]
    model = keras.Sequential([keras.Input(X.shape[1:]), *layers])
    return compiled(model, "categorical_crossentropy"), X, ONE_HOT


def own_step_with(loss):
    model = OwnStep(loss)
    return compiled(model, None), X, BINARY[:, None].astype("float32")


LOSSES = keras.losses
PROBABLE = {
    "logits": lambda: (
        compiled(signed(), LOSSES.BinaryCrossentropy(from_logits=True)),
        X,
        BINARY,
    ),
    "logits of classes": lambda: (
        compiled(signed(4), LOSSES.SparseCategoricalCrossentropy(from_logits=True)),
        X,
        CLASSES,
    ),
    "a limited relu": lambda: (
        compiled(last(activation=lambda z: K.clip(K.relu(z), 0, 1)), "binary_crossentropy"),
        X,
        BINARY,
    ),
    "mixed precision": narrow,
    "own function": lambda: (compiled(signed(), of_probabilities), X, BINARY[:, None]),
    "own class": lambda: (compiled(signed(), MakesProbabilities()), X, BINARY),
    "soft targets": lambda: (
        compiled(last(activation="sigmoid"), "binary_crossentropy"),
        X,
        RNG.random(ROWS),
    ),
    "counts": lambda: (compiled(last(activation="softplus"), "poisson"), X, CLASSES),
    "numbers": lambda: (compiled(signed()), X, BINARY),
    "padding that has no weight": weighted_padding,
    "padding that is masked": masked_padding,
}


@pytest.mark.parametrize("name", PROBABLE)
def test_probabilities_and_logits_are_not_accused(name):
    report = shapes(*PROBABLE[name](), seconds=60)
    assert report.findings == (), report.sentence
    assert report.seen


ANSWERS, TARGETS = "answers are no probabilities", "targets are no probabilities"
WIDE_Y = RNG.integers(0, 2, (ROWS, STEPS, 1))
IMPROBABLE = {  # name -> model and data, findings, parts of the sentence
    "by name": (
        lambda: (compiled(signed(), "binary_crossentropy"), X, BINARY),
        (ANSWERS,),
        ("lie outside [0, 1]", "no gradient flows", "sigmoid", "from_logits=True"),
    ),
    "by class": (
        lambda: (compiled(signed(), LOSSES.BinaryFocalCrossentropy()), X, BINARY),
        (ANSWERS,),
        ("binary_focal_crossentropy",),
    ),
    "by function": (
        lambda: (compiled(signed(4), LOSSES.sparse_categorical_crossentropy), X, CLASSES),
        (ANSWERS,),
        ("shape (24, 4)", "softmax"),
    ),
    "sequence": (
        lambda: (compiled(signed(sequences=True), "binary_crossentropy"), X, WIDE_Y),
        (ANSWERS,),
        ("shape (24, 5, 1)",),
    ),
    "classes": (
        lambda: (compiled(signed(4), "categorical_crossentropy"), X, ONE_HOT),
        (ANSWERS,),
        ("by the sum of their row",),
    ),
    "focal classes": (
        lambda: (compiled(signed(4), LOSSES.CategoricalFocalCrossentropy()), X, ONE_HOT),
        (ANSWERS,),
        (),
    ),
    "divergence": (
        lambda: (compiled(signed(4), "kl_divergence"), X, ONE_HOT),
        (ANSWERS,),
        ("softmax makes probabilities).",),
    ),
    "one of two outputs": (
        lambda: (
            two_outputs("mse", "categorical_crossentropy"),
            10 * X,
            {"a": Y, "b": ONE_HOT},
        ),
        (ANSWERS,),
        ("shape (24, 4)",),
    ),
    "own step": (
        lambda: own_step_with(lambda y, p: LOSSES.BinaryCrossentropy()(y, 9 * p)),
        (ANSWERS,),
        (),
    ),
    "positive scores": (
        lambda: (
            compiled(
                last(units=4, activation="softplus", bias_initializer="ones"),
                "categorical_crossentropy",
            ),
            X,
            ONE_HOT,
        ),
        (ANSWERS,),
        ("If no softmax was left out, all is well",),
    ),
    "labels of -1 and 1": (
        lambda: (
            compiled(last(activation="sigmoid"), "binary_crossentropy"),
            X,
            2 * BINARY - 1,
        ),
        (TARGETS,),
        ("range from -1 to 1",),
    ),
    "class numbers": (
        lambda: (
            compiled(last(), LOSSES.BinaryCrossentropy(from_logits=True)),
            X,
            CLASSES,
        ),
        (TARGETS,),
        ("range from 0 to 3", "sparse_categorical_crossentropy"),
    ),
}


@pytest.mark.parametrize("name", IMPROBABLE)
def test_what_is_taken_for_probabilities_and_is_none_is_told(name):
    make, findings, parts = IMPROBABLE[name]
    report = shapes(*make(), seconds=60)
    assert report.findings == findings, report.sentence
    assert bool(report.questions) == (name == "positive scores")
    for part in parts:
        assert part in report.sentence


def test_probabilities_are_looked_at_without_fit_and_the_class_is_left_alone():
    before = keras.losses.Loss.__call__
    assert shapes(signed(), X, BINARY[:, None], loss="binary_crossentropy").faults == (ANSWERS,)
    assert keras.losses.Loss.__call__ is before
    shapes(compiled(last()), X, Y)
    assert keras.losses.Loss.__call__ is before


def test_class_numbers_without_a_class_are_told():
    model = compiled(last(units=3, activation="softmax"), "sparse_categorical_crossentropy")
    with pytest.raises(RuntimeError, match="name a class that is not there"):
        shapes(model, X, CLASSES)


def test_the_axis_that_keras_takes_off_is_told():
    assert "took the last axis off: the model gives (24, 5, 1)" in (
        shapes(compiled(sequence()), X, SEQUENCE).sentence
    )
    assert "took the last axis off" not in shapes(compiled(last()), X, Y).sentence


def test_losses_are_told_with_few_digits_that_tell_them_apart():
    assert wording.apart(12345.6, 0.71884) == ("12300", "0.719")
    assert wording.apart(0.72691, 0.72684) == ("0.7269", "0.7268")
    assert wording.apart(1000.04, 1000.05) == ("1000.04", "1000.05")


def everything(model):
    """All that a model holds, as bytes, and its attributes by name."""
    parts = [np.asarray(v).tobytes() for v in model.variables]
    if model.compiled and model.optimizer is not None:
        parts += [np.asarray(v).tobytes() for v in model.optimizer.variables]
    return parts, [sorted(vars(layer)) for layer in model._flatten_layers()], model.built


@pytest.mark.parametrize("name", ["built-in", "own step", "states and a fixed batch", "ctc"])
def test_the_model_is_left_as_it_was(name):
    model, x, y = HEALTHY[name]()
    np.random.seed(3)
    before, drawn = everything(model), np.random.get_state()[1].tolist()
    shapes(model, x, y)
    assert everything(model) == before
    assert np.random.get_state()[1].tolist() == drawn
    assert not op_callbacks_left()


def op_callbacks_left():
    from tensorflow.python.eager import context

    return context.context().op_callbacks


@pytest.mark.parametrize("calls", [1, 2, 4])
def test_an_interrupt_leaves_the_model_as_it_was(calls):
    left = [calls]

    def stops(y, p):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return K.square(y - p)

    model = compiled(last(), Own(stops))
    before = everything(model)
    with pytest.raises(KeyboardInterrupt):
        shapes(model, X, Y[:, None])
    assert everything(model) == before
    assert not op_callbacks_left()


def untrained(x):
    return np.mean(x, axis=(1, 2))[:, None]


def test_without_fit_the_shapes_alone_are_compared():
    for model in (last(), untrained):
        report = shapes(model, X, Y)
        assert report.findings == ("shapes differ",)
        assert "gets (24, 24)" in report.sentence or "gets (24, 24)" in report.sentence
        assert shapes(model, X, Y[:, None]).findings == ()
    assert shapes(last(units=4), X, CLASSES).findings == ()
    assert shapes(sequence(), X, SEQUENCE[:, :1, None]).questions == ("shapes differ",)


@pytest.mark.parametrize("model", [last(), untrained])
def test_a_loss_can_be_named_or_handed_in(model):
    assert shapes(model, X, Y, loss=mse).faults == ("silently broadcast",)
    assert shapes(model, X, Y[:, None], loss=mse).findings == ()
    assert shapes(model, X, Y, loss="mse").findings == ()
    assert shapes(model, X, Y, loss=keras.losses.MeanSquaredError()).findings == ()


def test_a_loss_that_raises_gets_its_shapes_and_a_hint():
    classes = compiled(last(units=4, activation="softmax"), "sparse_categorical_crossentropy")
    with pytest.raises(RuntimeError, match=r"targets have the shape \(24, 4\).*Give class numbers"):
        shapes(classes, X, ONE_HOT)
    one_hot = compiled(last(units=4, activation="softmax"), "categorical_crossentropy")
    with pytest.raises(RuntimeError, match="the sparse variant takes them"):
        shapes(one_hot, X, CLASSES)
    with pytest.raises(RuntimeError, match="5 timesteps and the targets none"):
        shapes(compiled(sequence(4)), X, ONE_HOT)
    with pytest.raises(RuntimeError, match="5 timesteps and the answers none"):
        shapes(compiled(last(units=3)), X, X)


def test_what_can_not_be_looked_at_gets_a_sentence():
    with pytest.raises(TypeError, match="expected a Keras model"):
        shapes(3, X, Y)
    with pytest.raises(ValueError, match="NaN"):
        shapes(compiled(last()), X, np.full(ROWS, np.nan))
    with pytest.raises(ValueError, match="different numbers of rows"):
        shapes(compiled(last()), X, Y[:-1])
    assert shapes(compiled(last()), X).verdict == "not looked at"
    assert "With one row" in shapes(compiled(last()), X[:1], Y[:1]).sentence


def test_the_picture_shows_the_losses_that_were_compared():
    report = shapes(compiled(last(), Own(mse)), X, Y)
    (pairing,) = report.numbers["pairings"]
    widths = [bar.get_width() for bar in report.plot().axes[0].patches]
    assert widths == [pairing.loss, *pairing.permuted, pairing.all_alike]
    assert report._repr_mimebundle_()["text/html"].count("<img") == 1
