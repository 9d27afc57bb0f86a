"""Whatever an answer does, its check ends in a precise sentence and harms nothing."""

import functools
import os
import random
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from utils.exercises import calling, checking, messages, running, showing
from utils.exercises.exercise import Exercise, Verdict, not_yet, right

TWICE = "def answer(x):\n    return 2 * x\n"


def judge_double(answer):
    """Right if the answer doubles an array of four numbers."""
    x = np.arange(4.0)
    given = calling.as_array(calling.call(answer, x), "the result", (4,))
    return right() if np.array_equal(given, 2 * x) else not_yet("other", first=given[0])


def exercise(judge=judge_double, seconds=20.0):
    texts = {"other": "The first value is {first:g}. It matters. Look at it."}
    return Exercise("77.double", "Double it.", judge, texts, ("a", "b", "c"), {}, "Yes.", seconds)


def body(*lines):
    return "def answer(x):\n" + "".join(f"    {line}\n" for line in lines)


HOSTILE = {  # name: (source, message id, a part of its text)
    "raises": (body("raise ValueError('no luck')"), "raised", "ValueError: no luck"),
    "raises_in_a_helper": (
        "def half(v):\n    return v / None\n" + body("return half(x)"),
        "raised",
        "in line 2 of its cell",
    ),
    "SystemExit": (body("raise SystemExit(3)"), "raised", "SystemExit: 3"),
    "KeyboardInterrupt": (body("raise KeyboardInterrupt"), "raised", "KeyboardInterrupt"),
    "recursion": (body("return answer(x)"), "raised", "RecursionError"),
    "text_that_raises": (
        "class Odd(Exception):\n    def __str__(self):\n        raise KeyError\n"
        + body("raise Odd"),
        "raised",
        "Odd: (its own text could not be made)",
    ),
    "coloured_text": (
        body(r"raise ValueError('\x1b[1mNo luck\x1b[0m at all.')"),
        "raised",
        "ValueError: No luck at all, in line",
    ),
    "colours_while_packed": (
        "class Odd:\n    def __reduce__(self):\n        raise TypeError('\x1b[1mstuck\x1b[0m')\n"
        "odd = Odd()\n" + body("return odd"),
        "unpicklable",
        "TypeError: stuck",
    ),
    "enormous_text": (body("raise ValueError('x' * 10**7)"), "raised", "xxx …"),
    "verdict_from_within": (
        "from utils.exercises.exercise import NotYet, right\n"
        "class Pass(NotYet):\n    def __init__(self):\n        self.verdict = right()\n"
        + body("raise Pass"),
        "raised",
        "Pass",
    ),
    "leaves": (body("import os", "os._exit(0)"), "died", "exit status 0"),
    "kills_itself": (body("import os", "os.kill(os.getpid(), 9)"), "died", "SIGKILL"),
    "segfault": (body("import ctypes", "ctypes.string_at(0)"), "died", "SIGSEGV"),
    "kills_its_warden": (
        body("import os, time", "os.kill(os.getppid(), 9)", "time.sleep(600)"),
        "died",
        "vanished",
    ),
    "closes_everything": (body("import os", "os.closerange(0, 999)", "return 2 * x"), "died", ""),
    "touches_too_much": (
        body("import numpy as np", "a = np.zeros(10**9)", "while True: a += 1"),
        "memory",
        "gigabytes",
    ),
    "swallows_MemoryError": (
        body(
            "kept = []",
            "while True:",
            "    try:",
            "        kept.append(bytearray(10**9))",
            "    except MemoryError:",
            "        pass",
        ),
        "memory",
        "gigabytes",
    ),
    "replaces_the_verdict_s_birth": (
        body(
            "from utils.exercises.exercise import Verdict",
            "born = Verdict.__init__",
            "Verdict.__init__ = lambda self, *a, **k: born(self, 'right')",
            "return x",
        ),
        "changed_library",
        "utils.exercises.exercise.Verdict.__init__",
    ),
    "lone_surrogates": (body(r"raise ValueError('\udc80\ud800')"), "raised", "ValueError"),
    "fills_every_descriptor": (
        body(
            "import os",
            "for descriptor in range(3, 64):",
            "    try:",
            "        os.write(descriptor, b'garbage' * 99 + b'\\n{\"import\": \"os\"}\\n{')",
            "    except OSError:",
            "        pass",
            "return x",
        ),
        "other",
        "The first value",
    ),
    "fills_all_descriptors": (
        body(
            "import os",
            "for descriptor in range(3, 1024):",
            "    try:",
            "        os.write(descriptor, b'garbage' * 99 + b'\\n{\"import\": \"os\"}\\n{')",
            "    except OSError:",
            "        pass",
            "return x",
        ),
        "other",
        "The first value",
    ),
    "absurd_array": (body("import numpy as np", "return np.ones(10**12)"), "memory", "gigabytes"),
    "forks_for_ever": (body("import os", "while True:", "    os.fork()"), "processes", "dozens"),
    "threads_for_ever": (
        body(
            "import threading, time",
            "while True:",
            "    threading.Thread(target=time.sleep, args=(60,)).start()",
        ),
        "processes",
        "threads",
    ),
    "nothing": (body("2 * x"), "returned_none", "returned None"),
    "wrong_type": (body("return 'abcd'"), "wrong_type", "the text 'abcd'"),
    "a_dict": (body("return {0: x}"), "wrong_type", "a dict of 1"),
    "ragged": (body("return [[1], [2, 3]]"), "wrong_type", "the same shape"),
    "generator": (body("yield from x"), "wrong_type", "`yield`"),
    "coroutine": ("async " + TWICE, "wrong_type", "`async`"),
    "wrong_shape": (body("return x[:, None]"), "wrong_shape", "(4, 1)"),
    "NaN": (body("return x / x"), "not_finite", "1 of 4, the first at [0]"),
    "changes_its_argument": (body("x *= 2", "return x"), "changed_arguments", "`x`"),
    "replaces_numpy": (
        body("import numpy", "numpy.array_equal = lambda *a: True", "return x"),
        "changed_library",
        "numpy.array_equal",
    ),
    "replaces_random": (
        body("import random", "random.random = lambda: 0.5", "return x"),
        "changed_library",
        "random.random",
    ),
    "replaces_the_judge": (
        body("import utils.exercises.calling as c", "c.as_array = lambda *a: 2 * x", "return x"),
        "changed_library",
        "utils.exercises.calling.as_array",
    ),
    "lying_array": (
        "class Odd:\n    def __array__(self, *a, **k):\n        raise OSError('no')\n"
        "    def __len__(self):\n        return -1\n" + body("return Odd()"),
        "raised",
        "OSError",
    ),
    "lying_equality": (
        "class Odd:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\n"
        + body("return Odd()"),
        "wrong_type",
        "an Odd",
    ),
    "array_that_never_comes": (
        "class Odd:\n    def __array__(self, *a, **k):\n        import os\n        os._exit(4)\n"
        + body("return Odd()"),
        "died",
        "exit status 4",
    ),
    "class": ("class answer:\n    pass\n", "not_callable", "the class answer"),
    "number": ("answer = 3\n", "not_callable", "the number 3"),
    "no_parameter": ("def answer():\n    return 1\n", "wrong_signature", "`()`"),
    "two_parameters": ("def answer(x, y):\n    return x\n", "wrong_signature", "`(x, y)`"),
    "asks": (body("return float(input('?')) * x"), "raised", "nobody does"),
    "reads_a_file": (body("return open('data.txt')"), "raised", "an empty folder of its own"),
    "lock": (
        "import threading\nlock = threading.Lock()\n" + body("return lock"),
        "unpicklable",
        "",
    ),
    "open_file": (
        "import os\nlog = open(os.devnull, 'w')\n" + body("return log"),
        "unpicklable",
        "",
    ),
    "packs_for_ever": (
        "class Odd:\n    def __reduce__(self):\n        while True: pass\nodd = Odd()\n"
        + body("return odd"),
        "unpicklable",
        "not done after 0.5 seconds",
    ),
    "leaves_while_packed": (
        "class Odd:\n    def __reduce__(self):\n        raise SystemExit\nodd = Odd()\n"
        + body("return odd"),
        "unpicklable",
        "SystemExit",
    ),
    "closes_while_packed": (
        "class Odd:\n    def __reduce__(self):\n        raise GeneratorExit\nodd = Odd()\n"
        + body("return odd"),
        "unpicklable",
        "GeneratorExit",
    ),
    "too_much": (
        "import numpy\nbig = numpy.ones(40_000_000)\n" + body("return big[:4] * x"),
        "unpicklable",
        "305 MB",
    ),
}
HARMLESS = {  # these are right, whatever they do besides
    "plain": TWICE,
    "lambda": "answer = lambda x: 2 * x\n",
    "partial": "import functools, operator\nanswer = functools.partial(operator.mul, 2)\n",
    "callable_object": (
        "class Twice:\n    def __call__(self, x):\n        return x + x\nanswer = Twice()\n"
    ),
    "bound_method": (
        "class Twice:\n    def of(self, x):\n        return x + x\nanswer = Twice().of\n"
    ),
    "builtin": "import numpy\nanswer = numpy.array([2.0] * 4).__mul__\n",
    "notebook_globals": "factor = 2\ndef by(x):\n    return factor * x\n" + body("return by(x)"),
    "list": body("return [2 * float(value) for value in x]"),
    "float32": body("return (2 * x).astype('float32')"),
    "prints": body("print('hello')", "return 2 * x"),
    "seeds": body("import numpy", "numpy.random.seed(1)", "return 2 * x"),
    "globals": "count = 0\n" + body("global count", "count += 1", "return 2 * x"),
    "error_state": body("import numpy", "numpy.seterr(all='raise')", "return 2 * x"),
    "warnings": body("import warnings", "warnings.simplefilter('error')", "return 2 * x"),
    "recursion_limit": body("import sys", "sys.setrecursionlimit(90)", "return 2 * x"),
    "reads_stdin": body("import sys", "sys.stdin.read()", "return 2 * x"),
    "deletes_files": body("import shutil", "shutil.rmtree('.', True)", "return 2 * x"),
    "signals": body("import signal", "signal.signal(2, signal.SIG_IGN)", "return 2 * x"),
    "cached_helper": (
        "import functools\n@functools.cache\ndef twice(v):\n    return 2 * v\n"
        "@functools.lru_cache(maxsize=3)\ndef steps(n):\n    return n and 1 + steps(n - 1)\n"
        + body("assert steps.cache_info().maxsize == 3", "return x * twice(1) * steps(4) / 4")
    ),
    "cached_answer": (
        "import functools\n@functools.lru_cache\ndef double(v):\n    return 2 * v\n"
        "times = functools.cache(functools.partial(double))\n"
        "answer = lambda x: [times(v) for v in x.tolist()]\n"
    ),
    "cached_in_a_class": (
        "import functools\nclass Doubling:\n    factor = 2\n"
        "    @functools.cached_property\n    def two(self):\n        return self.factor\n"
        "    @functools.cache\n    def of(self, v):\n        return self.two * v\n"
        "one = Doubling()\n" + body("return [one.of(v) for v in x.tolist()]")
    ),
    "cached_elsewhere": (
        "from utils.exercises.registry import exercises\n"
        + body("exercises.cache_info()", "return 2 * x")
    ),
    "leaves_a_child": body(
        "import os, time",
        "if os.fork() == 0:",
        "    os.setsid()",
        "    time.sleep(600)",
        "return 2 * x",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_gets_a_precise_sentence(name, load, monkeypatch):
    monkeypatch.setattr(running, "PACKING", 0.5 if name == "packs_for_ever" else 60.0)
    source, message, part = HOSTILE[name]
    seconds = 4.0 if message == "memory" else 20.0
    ruling = running.run(exercise(seconds=seconds), load(source)["answer"])
    assert not ruling.fault
    assert (ruling.verdict.outcome, ruling.verdict.message) == ("not_yet", message)
    text = messages.words(exercise(), ruling.verdict)
    assert part in text
    assert len(text) < 1_200
    note = showing.Note("not_yet", "A title", (text,))
    assert (showing.as_text(note) + showing.as_html(note)).encode("utf-8")


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_but_right_answer_passes(name, load):
    ruling = running.run(exercise(), load(HARMLESS[name])["answer"])
    assert ruling.verdict == Verdict("right"), ruling


@pytest.mark.parametrize(
    "lines",
    [
        ["while True:", "    pass"],
        ["while True:", "    try:", "        1 / 0", "    except BaseException:", "        pass"],
        ["import time", "time.sleep(10**6)"],
        ["import signal", "signal.pthread_sigmask(0, range(1, 32))", "while True: pass"],
    ],
    ids=["loop", "loop_that_catches_all", "sleep", "signals_blocked"],
)
def test_what_never_ends_is_stopped(lines, load):
    ruling = running.run(exercise(seconds=0.5), load(body(*lines))["answer"])
    assert ruling.verdict.message == "timeout"
    assert "0.5 seconds" in messages.words(exercise(seconds=0.5), ruling.verdict)


def test_printing_for_ever_fills_nothing(load):
    answer = load(body("while True:", "    print('again' * 1000)"))["answer"]
    ruling = running.run(exercise(seconds=1), answer)
    assert ruling.verdict.message == "timeout"
    assert ruling.printed > 100_000
    assert len(ruling.output) <= 4_000


def test_a_growing_list_is_stopped(load, monkeypatch):
    monkeypatch.setattr(running, "MEMORY", 300 * 2**20)
    lines = ["kept = []", "while True:", "    kept.append(bytearray(b'x') * 10**7)"]
    ruling = running.run(exercise(), load(body(*lines))["answer"])
    assert ruling.verdict.message == "memory"


def test_output_is_caught_also_when_it_bypasses_python(load):
    lines = ["import os, sys", "print('one')", "os.write(2, b'two')", "return 2 * x"]
    ruling = running.run(exercise(), load(body(*lines))["answer"])
    assert (ruling.output, ruling.printed) == ("one\ntwo", 7)


def test_nothing_is_left_behind(load):
    answer = load(HARMLESS["leaves_a_child"])["answer"]
    running.run(exercise(), answer)
    left = [p for p in psutil.Process().children(recursive=True) if p.status() != "zombie"]
    deadline = time.monotonic() + 20  # the warden takes its leave by itself
    servers = [server.process for server in (running._server, running._tensorflow_server)]
    expected = {server.pid for server in servers if server is not None}
    while len(left) > len(expected) and time.monotonic() < deadline:
        time.sleep(0.05)
        left = psutil.Process().children(recursive=True)
    assert {process.pid for process in left} == expected


def test_what_an_answer_leaves_that_kills_its_warden_is_swept(load, tmp_path):
    where = tmp_path / "pid"
    lines = [
        "import os, time",
        "if os.fork() == 0:",
        "    os.setsid()",
        f"    open({str(where)!r}, 'w').write(str(os.getpid()))",
        "    time.sleep(600)",
        "    os._exit(0)",
        f"while not os.path.exists({str(where)!r}) or not os.path.getsize({str(where)!r}):",
        "    time.sleep(0.01)",
        "os.kill(os.getppid(), 9)",
        "time.sleep(600)",
    ]
    assert running.run(exercise(), load(body(*lines))["answer"]).verdict.message == "died"
    pid = int(where.read_text())
    deadline = time.monotonic() + 20
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)
    assert running.run(exercise(), load(TWICE)["answer"]).verdict.outcome == "right"


def test_an_interrupt_while_an_answer_is_packed_is_the_learner_s(load):
    source = "class Odd:\n    def __reduce__(self):\n        raise KeyboardInterrupt\nodd = Odd()\n"
    with pytest.raises(KeyboardInterrupt):
        running.run(exercise(), load(source + body("return odd"))["answer"])


def test_the_notebook_s_own_state_is_untouched(load, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("kept.txt").write_text("mine")
    state, python_state = np.random.get_state()[1].copy(), random.getstate()
    for name in ("seeds", "globals", "error_state", "deletes_files", "prints"):
        running.run(exercise(), load(HARMLESS[name])["answer"])
    assert (np.random.get_state()[1] == state).all()
    assert random.getstate() == python_state
    assert np.geterr()["divide"] == "warn"
    assert os.listdir() == ["kept.txt"]


def test_no_folder_is_left_even_by_an_answer_that_kills_its_warden(load, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    server = running._Server()
    monkeypatch.setattr(running, "_server", server)
    for name in ("kills_its_warden", "kills_itself"):
        running.run(exercise(), load(HOSTILE[name][0])["answer"])
    server.stop()
    assert list(tmp_path.glob("answer-*")) == []


def test_a_module_beside_the_notebook_is_found(tmp_path, monkeypatch, load):
    (tmp_path / "beside_the_notebook.py").write_text("def twice(x):\n    return 2 * x\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    names = load("import beside_the_notebook\n" + body("return beside_the_notebook.twice(x)"))
    assert running.run(exercise(), names["answer"]).verdict.outcome == "right"
    twice = names["beside_the_notebook"].twice
    assert running.run(exercise(), twice).verdict.outcome == "right"


def test_the_time_to_import_does_not_count(tmp_path, monkeypatch, load):
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(1.5)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    answer = load(body("import slow_to_import", "return 2 * x"))["answer"]
    ruling = running.run(exercise(seconds=1.0), answer)
    assert ruling.verdict.outcome == "right"
    assert ruling.imports["slow_to_import"] > 1


def test_an_answer_may_use_tensorflow_and_the_learner_waits_for_it_once(load):
    lines = ["import tensorflow", "import keras", "return keras.ops.add(tensorflow.constant(x), x)"]
    ruling = running.run(exercise(seconds=3.0), load(body(*lines))["answer"])
    assert ruling.verdict.outcome == "right", ruling
    assert ruling.imports["tensorflow"] > 0
    assert ruling.output == "", "what TensorFlow says of itself is not what the answer printed"


def test_what_a_talkative_library_said_before_it_failed_is_shown(load, tmp_path, monkeypatch):
    (tmp_path / "keras.py").write_text("import os\nos.write(2, b'no backend')\nraise ImportError\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    ruling = running.run(exercise(), load(body("import keras"))["answer"])
    assert (ruling.verdict.message, ruling.output) == ("raised", "no backend")


def judge_that_breaks(answer):
    calling.call(answer, np.arange(4.0))
    return {}["nothing"]


def judge_that_returns_nothing(answer):
    calling.call(answer, np.arange(4.0))


def judge_that_forgets_a_fact(answer):
    return not_yet("other")


@pytest.mark.parametrize(
    ("judge", "part"),
    [
        (judge_that_breaks, "KeyError: 'nothing'"),
        (judge_that_returns_nothing, "returned None"),
        (judge_that_forgets_a_fact, "'first'"),
    ],
)
def test_a_fault_of_the_judge_is_not_the_learner_s(judge, part, load, monkeypatch, capsys):
    broken = exercise(judge)
    monkeypatch.setattr(checking.registry, "exercises", lambda: {broken.id: broken})
    checking.check(broken.id, load(TWICE)["answer"])
    shown = capsys.readouterr().out
    assert "This is the course's fault" in shown
    assert part in shown
    assert "not yet" not in shown


def judge_without_care(answer):
    return right() if answer(np.arange(4.0))[0] == 0 else not_yet("other", first=0)


def test_an_error_of_the_learner_is_not_the_judge_s(load):
    ruling = running.run(exercise(judge_without_care), load(body("return 1 / 0"))["answer"])
    assert (ruling.fault, ruling.verdict.message) == ("", "raised")


def test_a_server_that_was_killed_is_replaced(load):
    answer = load(TWICE)["answer"]
    assert running.run(exercise(), answer).verdict.outcome == "right"
    running._server.process.kill()
    running._server.process.wait()
    assert running.run(exercise(), answer).verdict.outcome == "right"


def test_two_threads_may_check_at_once(load):
    answers, outcomes = [load(TWICE)["answer"], load(body("return x"))["answer"]] * 3, {}

    def judge(number):
        outcomes[number] = running.run(exercise(), answers[number]).verdict.outcome

    threads = [threading.Thread(target=judge, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcomes[n] for n in range(6)] == ["right", "not_yet"] * 3


def test_the_server_loads_every_judge_but_neither_tensorflow_nor_widgets():
    def modules(x):
        import sys

        heavy = {"tensorflow", "keras", "ipywidgets", "matplotlib", "IPython"} & set(sys.modules)
        judges = [name for name in sys.modules if name.startswith("utils.exercises.checks.")]
        raise LookupError(f"{sorted(heavy)} {len(judges) > 1}")

    ruling = running.run(exercise(), functools.partial(modules))
    assert ruling.verdict.facts["text"] == "[] True"
