"""The server that has TensorFlow loaded: quick, as good as the plain one, and never in the way."""

import os
import signal

import numpy as np
import pytest

from utils.exercises import calling, registry, running
from utils.exercises.exercise import Exercise, NotYet, not_yet, right

TEXTS = {"other": "The first value is {first:g}. It matters. Look at it."}
TRAINS = """
def answer(x):
    import keras, tensorflow as tf
    keras.utils.set_random_seed(7)
    model = keras.Sequential([keras.layers.LSTM(3), keras.layers.Dropout(0.5)])
    model.compile("adam", "mse")
    model.fit(x, x[:, 0, :3], epochs=2, batch_size=4, verbose=0)
    gram = tf.function(lambda a: a @ tf.transpose(a), jit_compile=True, autograph=False)
    return [float(tf.reduce_sum(gram(weights))) for weights in model.get_weights()[:2]]
"""
DRAWS = """
def answer(x):
    import keras, numpy, random, tensorflow as tf
    return [random.random(), numpy.random.rand(), float(tf.random.uniform([])),
            float(keras.random.uniform([])), float(keras.layers.Dense(1)(x[:, 0])[0, 0])]
"""


def judge_floats(answer):
    """Right; its facts are the floats that the answer makes of an array, and what was loaded."""
    import sys

    loaded = "tensorflow" in sys.modules
    x = np.random.default_rng(0).random((8, 5, 4), dtype=np.float32)
    return right(floats=calling.call(answer, x), loaded=loaded)


def judge_double(answer):
    """Right if the answer doubles an array of four numbers."""
    x = np.arange(4.0)
    given = calling.as_array(calling.call(answer, x), "the result", (4,))
    return right() if np.array_equal(given, 2 * x) else not_yet("other", first=given[0])


def exercise(judge=judge_double, seconds=30.0, tensorflow=True):
    ladder = "a", "b", "c"
    return Exercise(
        "77.deep", "Do it.", judge, TEXTS, ladder, {}, "Yes.", seconds, tensorflow=tensorflow
    )


def body(*lines):
    return "def answer(x):\n" + "".join(f"    {line}\n" for line in lines)


def test_training_there_is_bit_equal_to_training_after_an_import_of_one_s_own(load):
    answer = load(TRAINS)["answer"]
    forked = running.run(exercise(judge_floats), answer)
    plain = running.run(exercise(judge_floats, tensorflow=False), answer)
    assert forked.verdict.facts["loaded"] and not plain.verdict.facts["loaded"]
    assert forked.verdict.facts["floats"] == plain.verdict.facts["floats"]
    assert (forked.imports, forked.output) == ({}, ""), "nothing to wait for, nothing said"
    assert "keras" in plain.imports


def test_each_answer_draws_numbers_of_its_own(load):
    answer = load(DRAWS)["answer"]
    drawn = [running.run(exercise(judge_floats), answer).verdict.facts["floats"] for _ in range(3)]
    assert all(len(set(numbers)) == 3 for numbers in zip(*drawn, strict=True)), drawn


HOSTILE = {  # name: (source, message id)
    "raises": (body("import keras", "return keras.ops.reshape(x, (3,))"), "raised"),
    "kills_its_warden": (
        body("import os, time", "os.kill(os.getppid(), 9)", "time.sleep(600)"),
        "died",
    ),
    "leaves": (body("import os, tensorflow as tf", "tf.ones(3)", "os._exit(0)"), "died"),
    "fills_the_memory": (
        body("import tensorflow as tf", "kept = []", "while True: kept.append(tf.zeros([10**8]))"),
        "memory",
    ),
    "forks_after_an_operation": (
        body(
            "import os, time, tensorflow as tf",
            "tf.ones(3)",
            "for _ in range(8): os.fork()",  # enough, and no more should the test fail
            "time.sleep(60)",
        ),
        "processes memory",  # what is seen first
    ),
    "replaces_a_layer": (
        body(
            "import keras",
            "keras.layers.Dropout.call = lambda self, inputs, training=False: inputs",
            "return 2 * x",
        ),
        "changed_library",
    ),
    "replaces_an_operation": (
        body("import keras", "keras.ops.matmul = max", "return 2 * x"),
        "changed_library",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_contained_there_too(name, load):
    source, message = HOSTILE[name]
    ruling = running.run(exercise(), load(source)["answer"])
    assert not ruling.fault
    assert ruling.verdict.message in message.split(), ruling


SETTINGS = {  # what an answer sets for the whole process: a part of the message's name of it
    "keras.config.set_floatx('float64')": "the type of all numbers",
    "keras.config.set_dtype_policy('mixed_bfloat16')": "the dtype policy",
    "tf.config.run_functions_eagerly(True)": "eager mode",
}


def judge_settings(answer):
    """Right, with what the answer's setting is called, if it is as before after one call."""
    import keras
    import tensorflow as tf

    def settings():
        return (
            keras.config.floatx(),
            keras.config.dtype_policy().name,
            tf.config.functions_run_eagerly(),
        )

    before = settings()
    try:
        calling.call(answer, np.zeros(3))
    except NotYet as stop:
        assert settings() == before
        return right(**stop.verdict.facts)
    return not_yet("other", first=0)


@pytest.mark.parametrize("line", SETTINGS)
def test_what_is_set_for_the_whole_process_is_named_and_set_back(line, load):
    answer = load(body("import keras, tensorflow as tf", line, "return x"))["answer"]
    verdict = running.run(exercise(judge_settings), answer).verdict
    assert verdict.outcome == "right" and SETTINGS[line] in verdict.facts["name"], verdict


def test_what_never_ends_is_stopped_and_the_next_answer_is_judged(load):
    loops = load(body("import tensorflow as tf", "while True: tf.ones(3)"))["answer"]
    assert running.run(exercise(seconds=0.5), loops).verdict.message == "timeout"
    assert running.run(exercise(), load(body("return 2 * x"))["answer"]).verdict.outcome == "right"


@pytest.mark.parametrize(
    ("megabytes", "pause", "judged"),
    [
        (0, 0.3, ("right", "")),  # ten looks of the warden
        (300, 60, ("not_yet", "memory")),  # its first look ends this
    ],
)
def test_tensorflow_s_own_pages_are_not_the_answer_s(megabytes, pause, judged, load, monkeypatch):
    monkeypatch.setattr(running, "MEMORY", 200 * 2**20)  # a worker that has TensorFlow shows more
    lines = [
        "import psutil, time, keras",
        "result = keras.ops.add(x, x)",
        "assert psutil.Process().memory_info().rss > 200 * 2**20, psutil.Process().memory_info()",
        f"kept = bytearray(b'x') * ({megabytes} * 2**20)",
        f"time.sleep({pause})",
        "return result",
    ]
    ruling = running.run(exercise(), load(body(*lines))["answer"])
    assert (ruling.verdict.outcome, ruling.verdict.message) == judged, ruling


def test_where_it_cannot_be_had_the_plain_server_takes_over(load, monkeypatch):
    running.start()  # with good manners, before they are spoilt
    monkeypatch.setitem(running._MANNERS, "KERAS_BACKEND", "of no such name")
    broken = running._Server(tensorflow=True)
    monkeypatch.setattr(running, "_tensorflow_server", broken)
    answer, tried = load(body("return 2 * x"))["answer"], []
    for _ in range(3):
        assert running.run(exercise(), answer).verdict.outcome == "right"
        tried.append(broken.process)
    assert tried[0] is not tried[1], "a server that died may come up the next time"
    assert tried[2] is tried[1], "after two failures it is not asked again"


@pytest.fixture
def unstarted(monkeypatch):
    """A server with TensorFlow of the test's own, which nobody has started."""
    server = running._Server(tensorflow=True)
    monkeypatch.setattr(running, "_tensorflow_server", server)
    yield server
    server.stop()


def test_only_a_lesson_that_wants_it_starts_it(unstarted, monkeypatch):
    deep, shallow = exercise(), registry.exercises()["00.causal"]
    monkeypatch.setattr(running.registry, "exercises", lambda: {"77.deep": deep, "00": shallow})
    running.expect("00")
    assert unstarted.process is None
    running.expect("77")
    assert unstarted.process.poll() is None


def test_a_plain_exercise_does_not_start_it(unstarted, load):
    answer = load(body("return 2 * x"))["answer"]
    assert running.run(exercise(tensorflow=False), answer).verdict.outcome == "right"
    assert unstarted.process is None


def test_a_server_that_nobody_has_asked_holds_up_no_farewell(unstarted):
    unstarted.start()
    process = unstarted.process
    unstarted.stop()
    assert process.returncode == -signal.SIGKILL
    assert not os.path.exists(f"/proc/{process.pid}")
