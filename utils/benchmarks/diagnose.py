"""How long `diagnose` takes, part by part, and what it says: course models and public ones.

Public architectures have random weights and small inputs: nothing is downloaded. Each model is
diagnosed twice. The first call pays for what libraries load and build when they are first used;
tracing of graphs is counted apart in both. "CPU" is the process's own time for the whole call, of
all threads, tracing and first answer included: on a busy machine it tells more than the clock.
"""

import time
from functools import partial

import numpy as np

from utils.warming_up import load_quietly

TURNS = 2
ROWS = 16
PIXELS, CLASSES = 64, 10  # of the images
VOCABULARY, WORDS = 2000, 60  # of the texts
COLUMNS = ("axes", "shapes", "masks", "memory", "gradients", "noise")


def report(turns=None, say=print):
    """Diagnose each model so many times; say a row of seconds for each, then what was found."""
    load_quietly()
    from utils.instruments.diagnose import diagnose

    say = partial(say, flush=True)
    head = "".join(f"{name:>11}" for name in (*COLUMNS, "in all", "tracing", "CPU"))
    say(f"{'seconds without tracing':<44}{head}")
    for name, build in {**COURSE, **PUBLIC}.items():
        model, x, y = build()
        for turn in range(turns or TURNS):
            began = time.process_time()
            diagnosis = diagnose(model, x, y)
            own = time.process_time() - began
            spent = [diagnosis.seconds.get(part, float("nan")) for part in COLUMNS]
            cells = [*spent, sum(diagnosis.seconds.values()), diagnosis.tracing, own]
            label = name if turn == 0 else "  again"
            say(f"{label:<44}" + "".join(f"{value:>11.2f}" for value in cells))
        for told in diagnosis.found:
            say(f"{'':6}{told.level}: {told.instrument} – {told.name}")
        say(f"{'':6}{diagnosis.headline}; {len(diagnosis.not_seen)} sentences of what was not seen")


# Models of the course, in the sizes of its lessons


def windows_with_dropout():
    """Lesson 02: the question's layers on windows of 101 numbers."""
    import keras

    from utils.puzzles.dropout_and_seed.question import data, question_layers

    keras.utils.set_random_seed(2)
    x, y = data(rows=64, inputs=101)
    model = keras.Sequential(question_layers())
    model.compile("rmsprop", "mse")
    return model, x, y


def echo(builder):
    """Lesson 03: a sine and its echo; builder: of its two models."""
    import keras

    from utils.puzzles.sequence_or_last_state import models, settings, signals

    keras.utils.set_random_seed(3)
    x, y = signals.sines(settings.BATCH, settings.TIMESTEPS, settings.DELAY, seed=0)
    model = getattr(models, builder)(settings.TIMESTEPS, settings.UNITS)
    model.compile("adam", "mse")
    return model, x, y[..., None] if builder == "sequence_model" else y


def streams_of(builder):
    """Lesson 05: the question's model, whose streams share a state, or a repair of it."""
    import keras

    from utils.puzzles.shared_stateful_lstm import models, repairs

    keras.utils.set_random_seed(5)
    build = models.question_model if builder == "question" else repairs.REPAIRS[builder].build
    model = build(batch=8, streams=3, timesteps=10, features=4, units=8)
    rng = np.random.default_rng(5)
    x = rng.normal(size=(8, 3, 10, 4)).astype("float32")
    model.compile("adam", "mse")
    return model, x, rng.normal(size=(8, 3, 10, 8)).astype("float32")


def long_lstm():
    """The largest that the course calls its own: 32 units, 60 timesteps, a batch of 64."""
    import keras

    keras.utils.set_random_seed(6)
    rng = np.random.default_rng(6)
    model = keras.Sequential([
        keras.Input((60, 3)),
        keras.layers.LSTM(32, return_sequences=True, dropout=0.2),
        keras.layers.LSTM(32),
        keras.layers.Dense(1),
    ])  # fmt: skip
    model.compile("adam", "mse")
    x = rng.normal(size=(64, 60, 3)).astype("float32")
    return model, x, x.mean(axis=(1, 2))[:, None]


# Public architectures


def of_images(application):
    """An architecture of keras.applications by name, for small images and few classes."""
    import keras

    keras.utils.set_random_seed(7)
    shape = (PIXELS, PIXELS, 3)
    model = getattr(keras.applications, application)(
        weights=None, input_shape=shape, classes=CLASSES
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    rng = np.random.default_rng(7)
    pixels = rng.integers(0, 256, (ROWS, *shape)).astype("float32")
    return model, pixels, rng.integers(0, CLASSES, ROWS)


def transformer():
    """After "Text classification with Transformer", keras.io, in its sizes but for the words."""
    import keras
    from keras import layers, ops

    class Block(layers.Layer):
        def __init__(self, units, heads, hidden, rate=0.1):
            super().__init__()
            self.attention = layers.MultiHeadAttention(heads, units)
            self.dense = keras.Sequential(
                [layers.Dense(hidden, activation="relu"), layers.Dense(units)]
            )
            self.norms = [layers.LayerNormalization(epsilon=1e-6) for _ in range(2)]
            self.drops = [layers.Dropout(rate) for _ in range(2)]

        def call(self, x, training=False):
            heard = self.drops[0](self.attention(x, x), training=training)
            x = self.norms[0](x + heard)
            return self.norms[1](x + self.drops[1](self.dense(x), training=training))

    class WithPositions(layers.Layer):
        def __init__(self, words, vocabulary, units):
            super().__init__()
            self.words = layers.Embedding(vocabulary, units)
            self.places = layers.Embedding(words, units)

        def call(self, x):
            return self.words(x) + self.places(ops.arange(ops.shape(x)[-1]))

    keras.utils.set_random_seed(8)
    inputs = keras.Input((WORDS,))
    h = Block(32, 2, 32)(WithPositions(WORDS, VOCABULARY, 32)(inputs))
    h = layers.Dropout(0.1)(layers.GlobalAveragePooling1D()(h))
    h = layers.Dropout(0.1)(layers.Dense(20, activation="relu")(h))
    model = keras.Model(inputs, layers.Dense(2, activation="softmax")(h))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    rng = np.random.default_rng(8)
    return model, rng.integers(1, VOCABULARY, (ROWS, WORDS)), rng.integers(0, 2, ROWS)


def translator():
    """After "Character-level recurrent sequence-to-sequence model", keras.io: one-hot letters."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(9)
    letters, units, steps = 40, 64, (16, 24)
    read = keras.Input((None, letters))
    _, h, c = layers.LSTM(units, return_state=True)(read)
    write = keras.Input((None, letters))
    out, _, _ = layers.LSTM(units, return_sequences=True, return_state=True)(
        write, initial_state=[h, c]
    )
    model = keras.Model([read, write], layers.Dense(letters, activation="softmax")(out))
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    rng, one_hot = np.random.default_rng(9), np.eye(letters, dtype="float32")
    source = rng.integers(1, letters, (ROWS, steps[0]))
    target = np.zeros((ROWS, steps[1] + 1), int)  # letter 0 begins
    target[:, 1:] = rng.integers(1, letters, (ROWS, steps[1]))
    return model, [one_hot[source], one_hot[target[:, :-1]]], one_hot[target[:, 1:]]


COURSE = {
    "02: windows, Dropout": windows_with_dropout,
    "03: sequence": partial(echo, "sequence_model"),
    "03: last state": partial(echo, "last_state_model"),
    "05: streams share a state": partial(streams_of, "question"),
    "05: streams folded into the batch": partial(streams_of, "fold"),
    "two LSTM of 32 units, 60 timesteps": long_lstm,
}
PUBLIC = {
    "MobileNetV3Small, 64 × 64": partial(of_images, "MobileNetV3Small"),
    "ResNet50, 64 × 64": partial(of_images, "ResNet50"),
    "EfficientNetB0, 64 × 64": partial(of_images, "EfficientNetB0"),
    "Transformer for text": transformer,
    "seq2seq of letters": translator,
}
