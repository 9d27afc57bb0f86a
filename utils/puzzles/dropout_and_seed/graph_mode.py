"""The question's model in the Keras of former years: tf_keras, in TensorFlow's graph mode.

`history()` runs this file in a process of its own, since graph mode can't be left again. Says what
it is doing, a line each, and prints what it found as JSON last.
"""

import json
import os
import sys

import numpy as np

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
import tf_keras
from tensorflow.python.framework import random_seed
from tf_keras.layers import Dense, Dropout

from utils.puzzles.dropout_and_seed.question import data

tf1 = tf.compat.v1
tf1.disable_v2_behavior()  # from here on operations are put into a graph, and run later

todays_rule = random_seed.get_seed  # counts the graph's random operations that have no seed


def operations():
    """How many operations are in the graph by now."""
    return len(tf1.get_default_graph().get_operations())


def old_rule(seed):
    """TensorFlow 1's: without a seed, a random operation takes the number of all operations."""
    if seed is None:
        seed = operations()
    return todays_rule(seed)


RULES = {"old": old_rule, "today": todays_rule}


def use(rule):
    """Let each random operation ask this rule; returns a list that fills with its answers."""
    answers = []

    def get_seed(seed):
        graph_seed, op_seed = RULES[rule](seed)
        answers.append(op_seed)
        return graph_seed, op_seed

    random_seed.get_seed = get_seed
    return answers


def question_model(inputs, with_shape, seeds):
    """The question's Sequential. seeds: one for each Dense and each Dropout, in their order."""
    seeds = iter(seeds)
    model = tf_keras.Sequential()
    shape = {"input_shape": (inputs,)} if with_shape else {}
    for _ in range(4):
        start = tf1.glorot_uniform_initializer(next(seeds))
        model.add(Dense(64, activation="relu", kernel_initializer=start, **shape))
        model.add(Dropout(0.05, seed=next(seeds)))
        shape = {}
    model.add(Dense(1, kernel_initializer=tf1.glorot_uniform_initializer(next(seeds))))
    return model


def train(x, y, epochs, rule, seeds, with_shape):
    """Build and train one model in a graph of its own."""
    tf_keras.backend.clear_session()
    np.random.seed(1)  # for the order of the rows
    tf1.set_random_seed(1)
    op_seeds = use(rule)
    before = operations()
    model = question_model(x.shape[1], with_shape, seeds)
    made = operations() - before
    model.compile(tf1.train.RMSPropOptimizer(0.0005), "mse")
    fitted = model.fit(x, y, epochs=epochs, validation_split=0.1, verbose=0)
    summary = []
    model.summary(print_fn=summary.append)
    return {
        "summary": "\n".join(summary),
        "operations": made,
        "op_seeds": op_seeds,
        "loss": fitted.history["val_loss"][-1],
    }


def number_after(constants, rule):
    """The first random number of a graph that holds so many constants already."""
    with tf.Graph().as_default(), tf1.Session() as session:
        use(rule)
        tf1.set_random_seed(1)
        for _ in range(constants):
            tf.constant(0.0)
        return float(session.run(tf.random.uniform([])))


def main(rows, inputs, rows_a_window, epochs, constants):
    x, y = data(rows, inputs, rows_a_window)
    runs = {}
    for name, rule, seeds in (
        ("old", "old", [None] * 9),
        ("today", "today", [None] * 9),
        ("fixed", "old", range(1, 10)),
        ("fixed today", "today", range(1, 10)),
    ):
        for arm in ("with", "without"):
            print(f"Training {arm} input_shape, op seeds: {name}.", flush=True)
            runs[f"{name} {arm}"] = train(x, y, epochs, rule, seeds, arm == "with")
    print("Drawing numbers after constants.", flush=True)
    numbers = {rule: [number_after(n, rule) for n in constants] for rule in RULES}
    versions = {"TensorFlow": tf.__version__, "tf_keras": tf_keras.__version__}
    print(json.dumps({"runs": runs, "numbers": numbers, "versions": versions}))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
