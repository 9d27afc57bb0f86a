"""The question's model in three Kerases: today's, the former one, and that one in graph mode.

`history()` runs this file in a process of its own, since graph mode can't be left again. Says what
it is doing, a line each, and prints what it found as JSON last.
"""

import json
import os
import sys

import numpy as np

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf
import tf_keras
from tf_keras.layers import LSTM, Concatenate, Input, Lambda
from tf_keras.src.backend import set_session

from utils.puzzles import shared_stateful_lstm as room

tf1 = tf.compat.v1

MIDDLE = 25  # of 50 timesteps
EQUAL = 1e-5  # what float32 may differ by
THREADS = {0: "a thread for each processor", 1: "one thread"}


def old_model(batch=1, streams=3, timesteps=None, features=4, units=3):
    """The question's model as it was written then, and its LSTM layer."""
    x = Input(batch_shape=(batch, streams, timesteps, features))
    lstm = LSTM(units, stateful=True, return_sequences=True)
    outputs = []
    for stream in range(streams):
        y = lstm(Lambda(lambda x, stream=stream: x[:, stream])(x))
        outputs.append(Lambda(lambda y: tf_keras.backend.expand_dims(y, axis=1))(y))
    return tf_keras.Model(x, Concatenate(axis=1)(outputs)), lstm


def data(seed):
    """Weights of an LSTM and an input [1, 3 streams, 50 timesteps, 4 features]."""
    x = np.random.default_rng(seed).normal(size=(1, 3, 2 * MIDDLE, 4)).astype(np.float32)
    return room.initial_weights(seed), x


def differences(predict, reset, x):
    """Whole sequence against its halves, summed: [2 halves, streams]."""
    reset()
    whole = room.chunks(predict(x), [MIDDLE])
    reset()
    halves = [predict(half) for half in room.chunks(x, [MIDDLE])]
    pairs = zip(whole, halves, strict=True)
    return [np.abs(a - b).sum(axis=(0, 2, 3), dtype=float).tolist() for a, b in pairs]


def today(seeds):
    """The differences in Keras 3, for each seed."""
    model, found = room.question_model(), []
    for weights, x in map(data, seeds):
        room.give_weights(model, weights)
        found.append(room.halves(model, x).by_stream.tolist())
    return found


def former(seeds):
    """The differences in tf_keras as it runs by default, for each seed."""
    (model, lstm), found = old_model(), []
    for weights, x in map(data, seeds):
        lstm.set_weights(weights)
        found.append(differences(lambda x: model(x).numpy(), model.reset_states, x))
    return found


def in_graph_mode(seed, threads, repeats):
    """A new graph: the differences, then the first half again and again, each time from a reset.

    threads: for operations that need not wait for each other; 0 for one a processor.
    Returns the differences, and for each repeat in which all streams began from zeros whose h and
    whose c was kept: the number of a stream each, or -1.
    """
    tf_keras.backend.clear_session()
    settings = tf1.ConfigProto(inter_op_parallelism_threads=threads, use_per_session_threads=True)
    weights, x = data(seed)
    first = room.chunks(x, [MIDDLE])[0]
    expected, ends = room.alone(weights, first, return_state=True)
    kept = []
    with tf1.Session(config=settings) as session:
        set_session(session)
        model, lstm = old_model()
        lstm.set_weights(weights)
        sums = differences(model.predict_on_batch, model.reset_states, x)
        for _ in range(repeats):
            model.reset_states()
            outputs = model.predict_on_batch(first)
            if np.abs(outputs - expected).max() < EQUAL:
                pairs = zip(session.run(lstm.states), ends, strict=True)
                kept.append([whose(*pair) for pair in pairs])
    return sums, kept


def whose(state, ends):
    """The stream whose last state this is, of ends [1, streams, units]; -1 if none."""
    distances = np.abs(ends[0] - state).max(axis=1)
    return int(distances.argmin()) if distances.min() < EQUAL else -1


def main(seeds, repeats):
    print("Asking today's Keras, then the former one as it runs by default.", flush=True)
    sums, kept = {"today": today(seeds), "former": former(seeds)}, {}
    tf1.disable_v2_behavior()  # from here on operations are put into a graph, and run later
    for name, threads in (("graph", 0), ("one thread", 1)):
        print(f"Asking the former one in graph mode, {THREADS[threads]}.", flush=True)
        asked = [in_graph_mode(seed, threads, repeats) for seed in seeds]
        sums[name], kept[name] = zip(*asked, strict=True)
    versions = {"TensorFlow": tf.__version__, "tf_keras": tf_keras.__version__}
    versions["Keras"] = keras.__version__
    print(json.dumps({"differences": sums, "kept": kept, "versions": versions}))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
